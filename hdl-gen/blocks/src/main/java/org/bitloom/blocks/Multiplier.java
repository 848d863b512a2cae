package org.bitloom.blocks;

/** What products of numbers are made of. */
public enum Multiplier {
    /** A row of the other operand for each bit of the weight, added up by carry chains: logic, whatever the device has. */
    LUT,
    /** One product, for the device's multipliers where it has any. */
    DSP
}
