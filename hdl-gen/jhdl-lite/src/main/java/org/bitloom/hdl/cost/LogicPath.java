package org.bitloom.hdl.cost;

/**
 * What a signal passes between two registers, as far as its delay depends on it. Not modelled is how many inputs it
 * drives on its way: a wire to many takes as long as one to few.
 *
 * @param part      where in a block it is, in a few words
 * @param luts      LUTs one behind the other; a LUT in front of a carry chain is one
 * @param carryBits bits of carry chains that it runs along, all together
 * @param memories  block memories that it comes out of: 1 or 0
 * @param fromInput whether it begins at the block's input: what stands before the block belongs to it
 */
public record LogicPath(String part, int luts, int carryBits, int memories, boolean fromInput) {
    /** Out of a register, through nothing. */
    public static final LogicPath REGISTER = of("output", 0, 0);

    public static LogicPath of(String part, int luts, int carryBits) {
        return new LogicPath(part, luts, carryBits, 0, false);
    }

    /** The same out of a block memory. */
    public LogicPath outOfMemory(boolean memory) {
        return new LogicPath(part, luts, carryBits, memory ? 1 : 0, fromInput);
    }

    /** The same from the block's input on. */
    public LogicPath fromTheInput() {
        return new LogicPath(part, luts, carryBits, memories, true);
    }

    /** This one behind another's end. */
    public LogicPath behind(LogicPath before) {
        return new LogicPath(
                part, luts + before.luts, carryBits + before.carryBits, Math.max(memories, before.memories), false);
    }
}
