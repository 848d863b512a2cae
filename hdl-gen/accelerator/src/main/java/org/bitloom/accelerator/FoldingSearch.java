package org.bitloom.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.bitloom.accelerator.board.Board;
import org.bitloom.accelerator.board.Fit;
import org.bitloom.accelerator.dataflow.Dataflow;
import org.bitloom.network.integer.IntegerNetwork;

/**
 * Chooses PE and SIMD of each matrix layer: for the least area that reaches a frame rate, or as fast as a device allows.
 * What cannot be is refused with the layer, the resource, by how much, and the nearest folding or rate that can be. The
 * same network and target give the same folding.
 */
public final class FoldingSearch {
    /** How much slower a folding may become before its FIFOs fit too. */
    private static final double SLOWER = 1.25;

    /** How many foldings may turn out slower than each of their stages. */
    private static final int ATTEMPTS = 128;

    private final IntegerNetwork network;
    private final Target target;
    private final Budget budget;
    private final CheapestFolding cheapest;

    /** With a share of the board's LUTs, from 0 to 1, that may be taken. */
    public FoldingSearch(IntegerNetwork network, Target target, double lutShare) {
        if (!(lutShare > 0 && lutShare <= 1)) {
            throw new AcceleratorException("a share of " + lutShare + " of the LUTs: give one above 0 and up to 1");
        }
        this.network = network;
        this.target = target;
        this.budget = new Budget(target.board(), lutShare);
        this.cheapest = new CheapestFolding(network, target, budget);
    }

    /** With 80 % of the board's LUTs: what is fuller is hard to route. */
    public FoldingSearch(IntegerNetwork network, Target target) {
        this(network, target, Budget.ROUTABLE);
    }

    /**
     * The folding of least area that takes at least so many frames a second.
     *
     * @throws AcceleratorException where none is so fast, or what is does not fit
     */
    public Accelerator reaching(double framesPerSecond) {
        if (!(framesPerSecond > 0) || framesPerSecond > 1e12) {
            throw new AcceleratorException(
                    "a rate of " + framesPerSecond + " frames a second: give one above 0, as in --fps 1000");
        }
        if (!target.hasClock()) {
            throw new AcceleratorException("a rate in frames a second needs a clock: give --board, or --clock MHz");
        }
        long cycles = (long) Math.floor(target.megahertz() * 1e6 / framesPerSecond);
        requireReachable(cycles, framesPerSecond);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<DataflowOutline> found = cheapest.within(cycles);
            if (found.isEmpty()) {
                throw unreachable(framesPerSecond, cycles);
            }
            // The search knows outlines; the memories' real contents decide.
            Accelerator accelerator = built(found.get().foldings());
            if (accelerator.intervalCycles() <= cycles) {
                if (!fits(accelerator)) {
                    throw doesNotFit(accelerator, rate(framesPerSecond), cycles);
                }
                return accelerator;
            }
            // Stages that wait for each other: rare, and no stage alone shows it.
            cheapest.learn(accelerator.foldings(), accelerator.intervalCycles());
        }
        throw new AcceleratorException(("network %s: no folding was found that takes %s: in each of the %d tried, stages "
                + "wait for each other; ask for a lower --fps, or give --folding yourself")
                        .formatted(network.name(), rate(framesPerSecond), ATTEMPTS));
    }

    /**
     * The folding of least area among those of the least interval that fit the board.
     *
     * @throws AcceleratorException where not even the slowest folding fits
     */
    public Accelerator asFastAsFits() {
        return fastest(1).orElseThrow(this::nothingFits);
    }

    /**
     * The accelerator of a given folding, which may fill the target's board, if it has one, to the last LUT.
     *
     * @throws AcceleratorException where it does not fit, with the nearest folding that fits
     */
    public static Accelerator given(IntegerNetwork network, List<Folding> foldings, Target target) {
        Accelerator accelerator = built(network, foldings, target, built -> fitsWhole(built, target));
        if (!fitsWhole(accelerator, target)) {
            throw new FoldingSearch(network, target).doesNotFit(
                    accelerator, "folding " + Folding.text(foldings), accelerator.intervalCycles());
        }
        return accelerator;
    }

    private static boolean fitsWhole(Accelerator accelerator, Target target) {
        Board board = target.board();
        return board == null || Prediction.of(accelerator, target.family()).on(board).fits();
    }

    private Accelerator built(List<Folding> foldings) {
        return built(network, foldings, target, this::fits);
    }

    /**
     * With FIFOs of the depths that it needs; or, where it does not even fit with the least ones, with those: their
     * depths take time to find, and mostly they do not decide.
     */
    private static Accelerator built(
            IntegerNetwork network, List<Folding> foldings, Target target, Predicate<Accelerator> fits) {
        Accelerator least = Accelerator.withLeastQueues(network, foldings, target.pipelining());
        return fits.test(least) ? Accelerator.of(network, foldings, target.pipelining()) : least;
    }

    /** The fastest that fits and takes at least so many cycles a frame. */
    private Optional<Accelerator> fastest(long least) {
        List<Long> intervals = intervals(least);
        int tooFast = -1;
        int fits = intervals.size();
        while (fits - tooFast > 1) {
            int between = (fits + tooFast) >>> 1;
            if (cheapest.fits(intervals.get(between))) {
                fits = between;
            } else {
                tooFast = between;
            }
        }
        if (fits == intervals.size()) {
            return Optional.empty();
        }
        // The FIFOs' depths are known only now.
        for (double slower = 1; slower <= SLOWER; slower *= 1.02) {
            Optional<Accelerator> accelerator = cheapest.within((long) Math.ceil(intervals.get(fits) * slower))
                    .map(outline -> built(outline.foldings()))
                    .filter(this::fits);
            if (accelerator.isPresent()) {
                return accelerator;
            }
        }
        return Optional.empty();
    }

    /** Intervals from the least on that foldings of some layer have. */
    private List<Long> intervals(long least) {
        long reachable = Math.max(least, leastCycles());
        SortedSet<Long> all = new TreeSet<>(List.of(reachable));
        cheapest.options().forEach(options -> all.addAll(options.cycles()));
        return new ArrayList<>(all.tailSet(reachable));
    }

    /** Of a frame where no area is spared. */
    private long leastCycles() {
        return fullyUnfolded().cycles();
    }

    private DataflowOutline fullyUnfolded() {
        return cheapest.outline(
                cheapest.options().stream().map(FoldingOptions::largest).toList());
    }

    private void requireReachable(long cycles, double framesPerSecond) {
        if (cycles < leastCycles()) {
            throw unreachable(framesPerSecond, cycles);
        }
    }

    private boolean fits(Accelerator accelerator) {
        return budget.holds(Prediction.of(accelerator, target.family()).total());
    }

    private AcceleratorException unreachable(double framesPerSecond, long cycles) {
        DataflowOutline fastest = fullyUnfolded();
        Dataflow dataflow = Mapper.map(network, fastest.foldings(), new MatrixOutlines(), Pipelining.LEAST);
        return new AcceleratorException("network %s: %s are not reached by any folding: at %s MHz a frame may take %,d cycles, and layer %s takes %,d;"
                .formatted(network.name(), rate(framesPerSecond), target.clockText(), cycles,
                        DataflowOutline.slowest(dataflow).stage().name(), fastest.cycles())
                + " ask for up to --fps " + wholeRate(fastest.cycles()) + ", or for a faster --clock");
    }

    private AcceleratorException nothingFits() {
        List<Folding> smallest = cheapest.within(intervals(1).getLast()).orElseThrow().foldings();
        Fit fit = limited(built(smallest));
        return new AcceleratorException("network " + network.name() + ": even with the smallest folding, " + Folding.text(smallest)
                + ", " + fit.message() + "; choose a larger board (./bitloom boards), or fewer bits");
    }

    private AcceleratorException doesNotFit(Accelerator accelerator, String what, long cycles) {
        Fit fit = limited(accelerator);
        String remedy = fastest(cycles)
                .map(nearest -> "the nearest that fits is --folding " + Folding.text(nearest.foldings()) + ", "
                        + cyclesAndRate(nearest.intervalCycles()))
                .orElse("no folding of it fits; choose a larger board (./bitloom boards)");
        return new AcceleratorException(
                "network " + network.name() + " with " + what + ": " + fit.message() + "; " + remedy);
    }

    /** Against what may be taken of the board. */
    private Fit limited(Accelerator accelerator) {
        Board board = Objects.requireNonNull(budget.board());
        return Prediction.of(accelerator, target.family()).on(board, budget.lutShare());
    }

    private String cyclesAndRate(long cycles) {
        return "%,d cycles a frame".formatted(cycles)
                + (target.hasClock() ? " or %,d frames a second".formatted(wholeRate(cycles)) : "");
    }

    private long wholeRate(long cycles) {
        return (long) (target.megahertz() * 1e6 / cycles);
    }

    private static String rate(double framesPerSecond) {
        return String.format(Locale.ROOT, "%,.0f frames a second", framesPerSecond);
    }
}
