package org.bitloom.accelerator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bitloom.accelerator.board.Board;
import org.bitloom.accelerator.board.Boards;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Classifier;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.OutputScale;
import org.bitloom.network.integer.ThresholdTable;
import org.bitloom.network.integer.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The chosen foldings reach what is asked for, with the least area; what cannot be is refused with the way out. */
class FoldingSearchTest {
    /** Bipolar dense layers of these widths. */
    private static IntegerNetwork network(int... widths) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i + 1 < widths.length; i++) {
            int seed = i;
            Weights weights = Weights.Binary.of(
                    widths[i + 1], widths[i], (row, column) -> (row * 31 + column * 17 + seed) % 5 < 3 ? 1 : -1);
            layers.add(new Layer("fc" + i, new Operation.Dense(weights, List.of()), layers.size() - 1));
            if (i + 2 < widths.length) {
                ThresholdTable zero = new ThresholdTable(new long[][] {{0}}, new boolean[] {false});
                layers.add(new Layer("act" + i, new Operation.Threshold(zero, ValueType.bipolar()), layers.size() - 1));
            }
        }
        return new IntegerNetwork(
                "small", Shape.of(widths[0]), ValueType.bipolar(), layers,
                new Classifier(Classifier.Rule.FIRST_MAXIMUM, widths[widths.length - 1]), OutputScale.NONE);
    }

    private static Target target(Family family) {
        return Target.of(family).withClock(100);
    }

    /** A board whose device has so much. */
    private static Target board(int lut, int bram) {
        Board pynq = Boards.find("pynq-z1");
        return Target.of(new Board(
                "tiny", "Tiny", "tiny-1", pynq.family(), pynq.toolchain(), new Resources(lut, 100_000, bram, 0, 0),
                pynq.memory(), Optional.empty(), new Board.Clock(100, Optional.empty())));
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void noFoldingOfASmallNetworkReachesTheRateWithLessArea(Family family) {
        for (int[] widths : new int[][] {{6, 5}, {8, 6, 4}, {7, 9, 3}, {12, 4, 6}, {4, 4, 4, 3}}) {
            IntegerNetwork network = network(widths);
            Budget budget = new Budget(null, 1);
            CheapestFolding search = new CheapestFolding(network, family, budget);
            List<DataflowOutline> all = new ArrayList<>();
            everyFolding(search, widths, new ArrayList<>(), all);
            for (long cycles : new long[] {1, 2, 3, 5, 8, 12, 20, 40, 100}) {
                Optional<DataflowOutline> found = new CheapestFolding(network, family, budget).within(cycles);
                double least = all.stream()
                        .filter(outline -> outline.cycles() <= cycles)
                        .mapToDouble(outline -> budget.area(outline.total()))
                        .min()
                        .orElseThrow();
                assertThat(found.orElseThrow().cycles()).isLessThanOrEqualTo(cycles);
                assertThat(budget.area(found.orElseThrow().total()))
                        .as("%s, %d cycles, %s", Arrays.toString(widths), cycles, found.orElseThrow().foldings())
                        .isEqualTo(least);
            }
        }
    }

    private static void everyFolding(
            CheapestFolding search, int[] widths, List<Folding> chosen, List<DataflowOutline> all) {
        int layer = chosen.size();
        if (layer + 1 == widths.length) {
            all.add(search.outline(List.copyOf(chosen)));
            return;
        }
        for (int pe = 1; pe <= widths[layer + 1]; pe++) {
            for (int simd = 1; simd <= widths[layer]; simd++) {
                chosen.add(new Folding(pe, simd));
                everyFolding(search, widths, chosen, all);
                chosen.removeLast();
            }
        }
    }

    @Test
    void theRateIsReachedAndNeverCostsLessWhenItIsHigher() {
        for (int[] widths : new int[][] {{64, 32, 10}, {100, 48, 48, 10}}) {
            IntegerNetwork network = network(widths);
            FoldingSearch search = new FoldingSearch(network, target(Family.XILINX7));
            Budget budget = new Budget(null, 1);
            double before = 0;
            for (long cycles : new long[] {4000, 1000, 400, 150, 64, 32, 10, 3, 1}) {
                Accelerator accelerator = search.reaching(100e6 / cycles);
                assertThat(accelerator.intervalCycles()).isLessThanOrEqualTo(cycles);
                double area = budget.area(new CheapestFolding(network, Family.XILINX7, budget)
                        .outline(accelerator.foldings()).total());
                assertThat(area).as("%d cycles", cycles).isGreaterThanOrEqualTo(before);
                before = area;
            }
        }
    }

    @Test
    void randomNetworksReachTheRateOfAnyOfTheirFoldings() {
        RandomNetworks networks = new RandomNetworks(5);
        for (int i = 0; i < 30; i++) {
            RandomNetworks.Sample sample = networks.next();
            long cycles = Accelerator.of(sample.network(), sample.foldings()).intervalCycles();
            Accelerator chosen = new FoldingSearch(sample.network(), target(Family.ECP5)).reaching(100e6 / cycles);
            assertThat(chosen.intervalCycles()).as("network %d", i).isLessThanOrEqualTo(cycles);
        }
    }

    @Test
    void theSearchAlwaysGivesTheSame() {
        IntegerNetwork network = network(100, 48, 48, 10);
        assertThat(new FoldingSearch(network, board(1500, 50)).asFastAsFits())
                .extracting(Accelerator::foldings)
                .isEqualTo(new FoldingSearch(network, board(1500, 50)).asFastAsFits().foldings());
    }

    @Test
    void asFastAsFitsFitsAndASmallerDeviceIsNotFaster() {
        IntegerNetwork network = network(100, 48, 48, 10);
        long before = 0;
        for (int lut : new int[] {100_000, 5000, 2500, 1500, 1000, 700}) {
            Target target = board(lut, 50);
            Accelerator accelerator = new FoldingSearch(network, target).asFastAsFits();
            Resources total = Prediction.of(accelerator, target.family()).total();
            assertThat(total.lut()).isLessThanOrEqualTo(lut * 8 / 10);
            assertThat(total.bram()).isLessThanOrEqualTo(50);
            assertThat(accelerator.intervalCycles()).isGreaterThanOrEqualTo(before);
            before = accelerator.intervalCycles();
        }
        assertThat(before).isGreaterThan(1);
    }

    @Test
    void aRateThatDoesNotFitIsRefusedWithLayerResourceExcessAndTheNearestThatFits() {
        IntegerNetwork network = network(100, 48, 48, 10);
        FoldingSearch search = new FoldingSearch(network, board(1500, 50));
        String message = messageOf(() -> search.reaching(50e6));
        assertThat(message)
                .startsWith("network small with 50,000,000 frames a second: it does not fit Tiny (tiny-1): ")
                .contains(" LUT are needed, ", " more than the 1,200 that may be taken of 1,500; layer fc", " alone takes ")
                .contains("; the nearest that fits is --folding ")
                .doesNotContain("\n");
        String nearest = message.replaceAll(".*--folding ([0-9x,]+), .*", "$1");
        Accelerator fits = FoldingSearch.given(network, Folding.parse(nearest), board(1500, 50));
        assertThat(fits.intervalCycles()).isGreaterThan(2);
    }

    @Test
    void aGivenFoldingThatDoesNotFitIsRefusedTheSameWay() {
        IntegerNetwork network = network(100, 48, 48, 10);
        List<Folding> large = Folding.parse("48x100,48x48,10x48");
        for (Target target : List.of(board(100_000, 50), target(Family.XILINX7))) {
            assertThat(FoldingSearch.given(network, large, target).intervalCycles()).isEqualTo(1);
        }
        assertThat(messageOf(() -> FoldingSearch.given(network, large, board(1500, 50))))
                .startsWith("network small with folding 48x100,48x48,10x48: it does not fit Tiny (tiny-1): ")
                .contains("; the nearest that fits is --folding ");
        assertThat(messageOf(() -> new FoldingSearch(network, board(100, 50)).asFastAsFits()))
                .startsWith("network small: even with the smallest folding, ")
                .contains("LUT are needed", "choose a larger board");
    }

    @Test
    void whatNoFoldingReachesIsRefusedWithTheFastestRate() {
        IntegerNetwork network = network(100, 48, 48, 10);
        FoldingSearch search = new FoldingSearch(network, target(Family.XILINX7));
        assertThat(messageOf(() -> search.reaching(200e6)))
                .contains("are not reached by any folding: at 100 MHz", "ask for up to --fps 100000000");
        assertThat(messageOf(() -> search.reaching(0))).contains("--fps 1000");
        assertThat(messageOf(() -> new FoldingSearch(network, Target.of(Family.ECP5)).reaching(1))).contains("--clock MHz");
    }

    private static String messageOf(ThrowingCallable call) {
        List<String> messages = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOf(AcceleratorException.class).satisfies(e -> messages.add(e.getMessage()));
        return messages.getFirst();
    }
}
