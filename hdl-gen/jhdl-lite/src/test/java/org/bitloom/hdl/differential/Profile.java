package org.bitloom.hdl.differential;

/**
 * How large random designs are.
 *
 * @param statements   most statements of a module
 * @param width        most bits of a value
 * @param multiplier   most bits of a factor
 * @param depth        most words of a memory
 * @param synthesis    only what an iCE40 has: no distributed memory that is written, one write port
 */
public record Profile(int statements, int width, int multiplier, int depth, boolean synthesis) {
    /** For simulators. */
    static final Profile SIMULATION = new Profile(40, 200, 100, 70, false);

    /** For synthesis of a netlist and its simulation, gate by gate. */
    static final Profile SYNTHESIS = new Profile(14, 24, 6, 12, true);

    /** A width of 1 to {@link #width}, often at a border of 32 or 64 bits. */
    public int width(Choices choices) {
        int drawn = switch (choices.weighted(30, 40, 20, 10)) {
            case 0 -> choices.between(1, 8);
            case 1 -> choices.between(1, 24);
            case 2 -> 32 * choices.between(1, 6) + choices.between(0, 3) - 1;
            default -> choices.between(1, width);
        };
        return Math.min(drawn, width);
    }
}
