package org.bitloom.accelerator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.accelerator.Budget.Weights;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.network.integer.IntegerNetwork;
import org.jspecify.annotations.Nullable;

/**
 * The folding of least area that takes no more than so many cycles a frame. Each layer begins with the folding of least
 * area of its own; then what lies between the layers is counted too, and layers change, one by one and in pairs, as long
 * as the area of the whole dataflow becomes less. Where a device's resource is exceeded, it counts more, and again.
 */
final class CheapestFolding {
    /** Foldings of a layer that are tried in the whole, and in pairs with another layer's. */
    private static final int TRIED = 24;

    private static final int TRIED_IN_PAIRS = 8;

    private static final int ROUNDS = 8;

    /** Up to so many combinations of foldings are tried one and all. */
    private static final int ALL = 4096;

    /** Also faster foldings may be where the way to the least area begins. */
    private static final List<Double> STARTS = List.of(1.0, 0.75, 0.5, 0.25);

    private final IntegerNetwork network;
    private final Family family;
    private final Pipelining pipelining;
    private final Budget budget;
    private final List<FoldingOptions> options;
    private final MatrixOutlines units = new MatrixOutlines();
    private final Map<List<Folding>, DataflowOutline> outlines = new HashMap<>();
    private final List<Map<Folding, Resources>> costs = new ArrayList<>();

    CheapestFolding(IntegerNetwork network, Family family, Budget budget) {
        this(network, Target.of(family), budget);
    }

    CheapestFolding(IntegerNetwork network, Target target, Budget budget) {
        this.network = network;
        this.family = target.family();
        this.pipelining = target.pipelining();
        this.budget = budget;
        this.options = MatrixLayer.of(network).stream().map(FoldingOptions::of).toList();
        options.forEach(_ -> costs.add(new HashMap<>()));
        // Every layer is mapped once as a whole, so that its unit is known in any folding.
        outline(options.stream().map(_ -> new Folding(1, 1)).toList());
    }

    List<FoldingOptions> options() {
        return options;
    }

    DataflowOutline outline(List<Folding> foldings) {
        DataflowOutline known = outlines.get(foldings);
        if (known == null) {
            known = DataflowOutline.of(foldings, Mapper.map(network, foldings, units, pipelining), family);
            outlines.put(List.copyOf(foldings), known);
        }
        return known;
    }

    /** What the exact interval of a folding turned out to be, where stages wait for each other. */
    void learn(List<Folding> foldings, long cycles) {
        outlines.put(List.copyOf(foldings), new DataflowOutline(foldings, cycles, outline(foldings).total()));
    }

    /** Of those that fit the one of least area, or where none fits the one that exceeds least; none where none is so fast. */
    Optional<DataflowOutline> within(long cycles) {
        return within(cycles, STARTS);
    }

    /** Whether one that fits is found soon. */
    boolean fits(long cycles) {
        return within(cycles, STARTS.subList(0, 1)).filter(found -> budget.holds(found.total())).isPresent();
    }

    private Optional<DataflowOutline> within(long cycles, List<Double> starts) {
        List<List<Folding>> candidates =
                options.stream().map(each -> each.within(cycles)).toList();
        if (candidates.stream().anyMatch(List::isEmpty)) {
            return Optional.empty();
        }
        DataflowOutline best = null;
        for (double start : starts) {
            Weights weights = Weights.EQUAL;
            for (int round = 0; round < ROUNDS; round++) {
                Descent descent = new Descent(cycles, weights, candidates, (long) (cycles * start));
                DataflowOutline found = descent.run();
                best = best == null || rank(cycles, Weights.EQUAL).compare(found, best) < 0 ? found : best;
                if (budget.holds(found.total()) || descent.isComplete || isHopeless(candidates)) {
                    break;
                }
                weights = weights.raised(budget, found.total());
            }
        }
        return Optional.ofNullable(best).filter(found -> found.cycles() <= cycles);
    }

    /** Whether the units alone exceed a resource, however little of it each takes. */
    private boolean isHopeless(List<List<Folding>> candidates) {
        int lut = 0;
        int ff = 0;
        int bram = 0;
        int dsp = 0;
        for (int layer = 0; layer < candidates.size(); layer++) {
            int of = layer;
            List<Resources> each = candidates.get(layer).stream().map(folding -> cost(of, folding)).toList();
            lut += each.stream().mapToInt(Resources::lut).min().orElseThrow();
            ff += each.stream().mapToInt(Resources::ff).min().orElseThrow();
            bram += each.stream().mapToInt(Resources::bram).min().orElseThrow();
            dsp += each.stream().mapToInt(Resources::dsp).min().orElseThrow();
        }
        return !budget.holds(new Resources(lut, ff, bram, dsp, 0));
    }

    private Resources cost(int layer, Folding folding) {
        return costs.get(layer).computeIfAbsent(
                folding, _ -> units.config(options.get(layer).layer(), folding).cost(family));
    }

    /** What is in time before what is not, what fits before what does not, then by area. */
    private Comparator<DataflowOutline> rank(long cycles, Weights weights) {
        return Comparator.<DataflowOutline>comparingLong(outline -> Math.max(cycles, outline.cycles()))
                .thenComparingDouble(outline -> weights.equals(Weights.EQUAL) ? budget.excess(outline.total()) : 0)
                .thenComparingDouble(outline -> budget.area(outline.total(), weights));
    }

    private final class Descent {
        private final Comparator<DataflowOutline> rank;
        private final List<List<Folding>> tried = new ArrayList<>();

        /** Whether all there is is tried. */
        private final boolean isComplete;

        private DataflowOutline best;

        Descent(long cycles, Weights weights, List<List<Folding>> candidates, long start) {
            this.rank = rank(cycles, weights);
            double combinations = 1;
            for (List<Folding> each : candidates) {
                combinations *= each.size();
            }
            isComplete = combinations <= ALL;
            List<Folding> first = new ArrayList<>();
            for (int layer = 0; layer < candidates.size(); layer++) {
                int of = layer;
                List<Folding> sorted = candidates.get(layer).stream()
                        .sorted(Comparator.comparingDouble((Folding folding) -> budget.area(cost(of, folding), weights)))
                        .toList();
                first.add(sorted.stream()
                        .filter(folding -> options.get(of).layer().cycles(folding) <= start)
                        .findFirst()
                        .orElse(sorted.getFirst()));
                tried.add(isComplete ? sorted : sorted.subList(0, Math.min(TRIED, sorted.size())));
            }
            best = outline(first);
        }

        DataflowOutline run() {
            if (isComplete) {
                everything(new ArrayList<>());
                return best;
            }
            DataflowOutline before;
            do {
                before = best;
                for (int layer = 0; layer < tried.size(); layer++) {
                    for (Folding folding : tried.get(layer)) {
                        take(layer, folding, null);
                    }
                }
                for (int layer = 0; layer + 1 < tried.size(); layer++) {
                    for (Folding folding : few(layer)) {
                        for (Folding next : few(layer + 1)) {
                            take(layer, folding, next);
                        }
                    }
                }
            } while (before != best);
            return best;
        }

        private void everything(List<Folding> chosen) {
            if (chosen.size() == tried.size()) {
                take(chosen);
                return;
            }
            for (Folding folding : tried.get(chosen.size())) {
                chosen.add(folding);
                everything(chosen);
                chosen.removeLast();
            }
        }

        private List<Folding> few(int layer) {
            List<Folding> all = tried.get(layer);
            return all.subList(0, Math.min(TRIED_IN_PAIRS, all.size()));
        }

        private void take(int layer, Folding folding, @Nullable Folding next) {
            List<Folding> changed = new ArrayList<>(best.foldings());
            changed.set(layer, folding);
            if (next != null) {
                changed.set(layer + 1, next);
            }
            take(changed);
        }

        private void take(List<Folding> foldings) {
            DataflowOutline outline = outline(foldings);
            if (rank.compare(outline, best) < 0) {
                best = outline;
            }
        }
    }
}
