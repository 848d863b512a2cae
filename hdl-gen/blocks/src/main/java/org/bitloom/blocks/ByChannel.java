package org.bitloom.blocks;

import org.bitloom.hdl.Component;

/** A number that goes with each channel. */
public sealed interface ByChannel {
    /** Bits of the signed number that holds it. */
    int bits();

    /** The same for all channels. */
    record Common(long value) implements ByChannel {
        @Override
        public int bits() {
            return Component.bitsFor(value < 0 ? ~value : value) + 1;
        }
    }

    /** One for each channel, in a memory of signed numbers. */
    record Table(int bits) implements ByChannel {
        public Table {
            if (bits < 1 || bits > 63) {
                throw new IllegalArgumentException("numbers of a table have 1 to 63 bits, not " + bits);
            }
        }
    }
}
