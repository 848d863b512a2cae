package org.bitloom.accelerator.board;

import java.util.Optional;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;

/**
 * A board with its device.
 *
 * @param id        its folder's name, by which users call it
 * @param name      what its maker calls it
 * @param part      the device, as its tool writes it
 * @param family    the device's family
 * @param toolchain which tool makes a bitstream for it
 * @param capacity  what the device has; block memories in the family's smallest kind, see {@link Resources}
 * @param memory    size of such a block, as in {@code 18 Kb}
 * @param large     large memories without initial contents (URAM, SPRAM)
 * @param clock     the clock that reaches the logic
 */
public record Board(
        String id,
        String name,
        String part,
        Family family,
        Toolchain toolchain,
        Resources capacity,
        String memory,
        Optional<LargeMemory> large,
        Clock clock) {
    /** Who makes the bitstream. */
    public enum Toolchain {
        VIVADO,
        QUARTUS,
        GOWIN,
        /** Yosys and nextpnr. */
        YOSYS
    }

    /** @param kind size of one, as in {@code 288 Kb} */
    public record LargeMemory(String kind, int count) {}

    /**
     * @param megahertz of the oscillator, or what the processor is set to give
     * @param pin       where it enters the device; empty where the processor gives the clock
     */
    public record Clock(double megahertz, Optional<String> pin) {}

    @Override
    public String toString() {
        return name + " (" + part + ")";
    }
}
