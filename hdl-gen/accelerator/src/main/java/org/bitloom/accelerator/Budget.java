package org.bitloom.accelerator;

import java.util.List;
import java.util.function.ToIntFunction;
import org.bitloom.accelerator.board.Board;
import org.bitloom.hdl.cost.Resources;
import org.jspecify.annotations.Nullable;

/**
 * What a search for foldings may take, and what counts as area: the sum over LUTs, flip-flops, block memories and
 * multipliers of the share that is taken of a device.
 *
 * @param board the device that it must fit; null where there is no limit
 * @param lutShare share of its LUTs that may be taken; of a fuller device the wires become scarce
 */
record Budget(@Nullable Board board, double lutShare) {
    /** Vivado's and Quartus' users take 80 % as what is placed and routed without care. */
    static final double ROUTABLE = 0.8;

    /** Where no board is given, areas are measured in a device of middle size: an XC7Z020. */
    private static final Resources MIDDLE = new Resources(53_200, 106_400, 280, 220, 0);

    private static final List<ToIntFunction<Resources>> KINDS =
            List.of(Resources::lut, Resources::ff, Resources::bram, Resources::dsp);

    /** How much a share of each kind counts. */
    record Weights(double lut, double ff, double bram, double dsp) {
        static final Weights EQUAL = new Weights(1, 1, 1, 1);

        private double of(int kind) {
            return switch (kind) {
                case 0 -> lut;
                case 1 -> ff;
                case 2 -> bram;
                default -> dsp;
            };
        }

        /** What is exceeded counts more. */
        Weights raised(Budget budget, Resources taken) {
            double[] factors = new double[KINDS.size()];
            for (int kind = 0; kind < factors.length; kind++) {
                double use = budget.use(kind, taken);
                factors[kind] = of(kind) * (use > 1 ? Math.min(4, 1.5 * use) : 1);
            }
            return new Weights(factors[0], factors[1], factors[2], factors[3]);
        }
    }

    private Resources device() {
        return board == null ? MIDDLE : board.capacity();
    }

    double area(Resources taken) {
        return area(taken, Weights.EQUAL);
    }

    double area(Resources taken, Weights weights) {
        double area = 0;
        for (int kind = 0; kind < KINDS.size(); kind++) {
            area += weights.of(kind) * share(kind, taken);
        }
        return area;
    }

    private double share(int kind, Resources taken) {
        return (double) KINDS.get(kind).applyAsInt(taken) / Math.max(1, KINDS.get(kind).applyAsInt(device()));
    }

    /** The share of what may be taken. */
    private double use(int kind, Resources taken) {
        return kind == 0 ? share(kind, taken) / lutShare : share(kind, taken);
    }

    boolean holds(Resources taken) {
        return board == null || excess(taken) == 0;
    }

    /** By how much more than everything is taken, as a sum of shares; 0 where it fits. */
    double excess(Resources taken) {
        double excess = 0;
        for (int kind = 0; kind < KINDS.size() && board != null; kind++) {
            excess += Math.max(0, use(kind, taken) - 1);
        }
        return excess;
    }

    /** What may be taken of the board. */
    Resources limit() {
        Resources all = device();
        return new Resources((int) (all.lut() * lutShare), all.ff(), all.bram(), all.dsp(), 0);
    }
}
