package org.bitloom.hdl.cost;

/**
 * What a piece of hardware takes, or a device has.
 *
 * @param lut        LUTs of the family's size (six inputs on Xilinx, ALUT halves on Cyclone V, else four), those that
 *                   serve as memory included
 * @param ff         flip-flops
 * @param bram       block memories of the family's smallest kind: 18 Kb on Xilinx (a RAMB36 is two), ECP5 and Gowin,
 *                   10 Kb on Cyclone V, 4 Kb on iCE40
 * @param dsp        multipliers of the family's kind
 * @param logicDepth LUTs and carry chains one behind the other on the longest path between registers
 */
public record Resources(int lut, int ff, int bram, int dsp, int logicDepth) {
    public static final Resources NONE = new Resources(0, 0, 0, 0, 0);

    public static Resources luts(int lut) {
        return new Resources(lut, 0, 0, 0, 0);
    }

    public static Resources flipFlops(int ff) {
        return new Resources(0, ff, 0, 0, 0);
    }

    /** Both, side by side: the deeper one decides the depth. */
    public Resources plus(Resources other) {
        return new Resources(
                saturated((long) lut + other.lut),
                saturated((long) ff + other.ff),
                saturated((long) bram + other.bram),
                saturated((long) dsp + other.dsp),
                Math.max(logicDepth, other.logicDepth));
    }

    /** So many of it, side by side. */
    public Resources times(int count) {
        return count == 0
                ? NONE
                : new Resources(
                        saturated((long) lut * count),
                        saturated((long) ff * count),
                        saturated((long) bram * count),
                        saturated((long) dsp * count),
                        logicDepth);
    }

    /** More than any device has, however much more. */
    private static int saturated(long amount) {
        return (int) Math.min(Integer.MAX_VALUE, amount);
    }

    /** The same with another depth. */
    public Resources withDepth(int depth) {
        return new Resources(lut, ff, bram, dsp, depth);
    }
}
