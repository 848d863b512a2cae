package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.stream.Proof;
import org.bitloom.hdl.stream.Proof.Verdict;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Small blocks are proved right, for all inputs and all time, and mistakes in them are found the same way. */
class ProofTest {
    @BeforeEach
    void toolsAreHere() throws InterruptedException {
        if (!Proof.isPossible()) {
            System.out.println("NOT PROVED: yosys or yosys-abc is missing; install with: sudo apt-get install yosys");
            Assumptions.abort("yosys or yosys-abc is missing");
        }
    }

    /** Frames, folds, kernel, stride, dilation, and words more than the least capacity. */
    @ParameterizedTest
    @CsvSource({
        "1, 4, 1, 1, 2, 1, 1, 1, 1, 0", "2, 2, 1, 2, 2, 1, 1, 1, 1, 0", "2, 3, 1, 2, 2, 1, 1, 1, 1, 0",
        "1, 5, 1, 1, 1, 1, 3, 1, 1, 0", "3, 1, 1, 2, 1, 1, 1, 1, 1, 2", "2, 2, 2, 1, 1, 1, 2, 1, 1, 0",
        "1, 5, 1, 1, 2, 1, 1, 1, 2, 0"
    })
    void windowsHaveTheWordsThatStandThere(
            int height, int width, int folds, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth,
            int dilationHeight, int dilationWidth, int more) throws Exception {
        WindowShape shape = new WindowShape(
                height, width, folds, kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight,
                dilationWidth);
        SlidingWindow.Config config = new SlidingWindow.Config(1, shape, shape.span() + 1 + more);
        for (boolean ahead : new boolean[] {false, true}) {
            assertThat(Proof.of(window(config.withAhead(ahead)))).isEqualTo(Verdict.PROVED);
        }
    }

    /** Frames, folds, kernel, stride, dilation. */
    @ParameterizedTest
    @CsvSource({
        "2, 3, 1, 2, 2, 1, 1, 1, 1", "3, 3, 1, 2, 2, 1, 1, 1, 1", "3, 4, 1, 2, 2, 1, 2, 1, 1", "1, 4, 2, 1, 2, 1, 1, 1, 2"
    })
    void parallelWindowsHaveEveryTapInItsPlace(
            int height, int width, int folds, int kernelHeight, int kernelWidth, int strideHeight, int strideWidth,
            int dilationHeight, int dilationWidth) throws Exception {
        WindowShape shape = new WindowShape(
                height, width, folds, kernelHeight, kernelWidth, strideHeight, strideWidth, dilationHeight,
                dilationWidth);
        assertThat(Proof.of(parallel(shape))).isEqualTo(Verdict.PROVED);
    }

    /** Size, folds, the four sides, and the padding's value. */
    @ParameterizedTest
    @CsvSource({"2, 2, 1, 1, 1, 1, 1, 2", "2, 1, 2, 0, 0, 1, 2, 1", "1, 3, 1, 2, 0, 0, 0, 0", "2, 2, 1, 0, 1, 0, 1, 3"})
    void paddedFramesHaveTheirWordsInTheMiddle(
            int height, int width, int folds, int top, int left, int bottom, int right, int pad) throws Exception {
        assertThat(Proof.of(padding(new PaddingUnit.Config(
                        height, width, folds, top, left, bottom, right, BitVector.of(2, pad)))))
                .isEqualTo(Verdict.PROVED);
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 3", "3, 2"})
    void poolsGiveTheGreatestOfAllTaps(int folds, int taps) throws Exception {
        assertThat(Proof.of(pool(folds, taps))).isEqualTo(Verdict.PROVED);
    }

    @Test
    void slicesConcatenationsAndSumsKeepTheOrder() throws Exception {
        assertThat(Proof.of(branches())).isEqualTo(Verdict.PROVED);
    }

    static Stream<Arguments> mistakes() {
        Design window = window(SlidingWindow.Config.smallest(1, new WindowShape(1, 4, 1, 1, 2, 1, 1, 1, 1)));
        Design padding = padding(new PaddingUnit.Config(2, 2, 1, 1, 1, 1, 1, BitVector.of(2, 2)));
        Design parallel = parallel(new WindowShape(3, 4, 1, 2, 2, 1, 2, 1, 1));
        Design pool = pool(2, 3);
        Design branches = branches();
        String windowModule = "sliding_window_h1_w4_k1_2";
        String paddingModule = "padding_unit_h2_w2_t1_l1_b1_r1";
        String poolModule = "pool_unit_max_l1_t3_b";
        return Stream.of(
                Arguments.of(window, windowModule, "step_0 = last_1 ? 2'd3 : 2'd0", "step_0 = 2'd0"),
                Arguments.of(window, windowModule, "!round_0 || last_1", "!round_0"),
                Arguments.of(window, windowModule, "filled <= 2'd2", "filled <= 2'd1"),
                Arguments.of(window, windowModule, "reads = go && readable", "reads = readable"),
                Arguments.of(window, windowModule, "round_1 == 2'd2", "round_1 == 2'd1"),
                Arguments.of(padding, paddingModule, "behind == 4'd4", "behind == 4'd3"),
                Arguments.of(padding, paddingModule, "run ? 4'd9", "run ? 4'd8"),
                Arguments.of(padding, paddingModule, "padding ? 2'd2 : in_data", "in_data"),
                Arguments.of(padding, paddingModule, "in_ready = go && !padding", "in_ready = go"),
                Arguments.of(parallel, "parallel_window_h3_w4_k2_2", "row >= 2'd1", "row >= 2'd2"),
                Arguments.of(parallel, "parallel_window_h3_w4_k2_2", "!phase && begun_1", "begun_1"),
                Arguments.of(parallel, "parallel_window_h3_w4_k2_2", "tap_2 <= tap_1", "tap_2 <= tap_0"),
                Arguments.of(pool, poolModule, "tap != 2'd0 && partial", "partial"),
                Arguments.of(pool, poolModule, "in_valid && tap == 2'd2", "in_valid && tap == 2'd1"),
                Arguments.of(pool, poolModule, "partial <= result", "partial <= in_data"),
                Arguments.of(branches, "slice_unit_w1_1_2of4", "place < 2'd3", "place <= 2'd3"),
                Arguments.of(branches, "slice_unit_w1_1_2of4", "!keep || go", "1'b1"),
                Arguments.of(branches, "concat_unit_w1_x3", "2'd1: lasts = 2'd0", "2'd1: lasts = 2'd1"),
                Arguments.of(branches, "concat_unit_w1_x3", "go && turn == 2'd1", "go"),
                Arguments.of(branches, "add_unit_l1_s2u2", "first_ready = go && second_valid", "first_ready = go"),
                Arguments.of(branches, "add_unit_l1_s2u2", "{2{first_data[1]}}", "2'd0"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesAreFound(Design design, String module, String right, String wrong) throws Exception {
        assertThat(Proof.of(Proof.planted(design, "proved_" + module, right, wrong))).isEqualTo(Verdict.BROKEN);
    }

    private static Design window(SlidingWindow.Config config) {
        return Elaborator.elaborate("proved", WindowInOrder::new, config);
    }

    private static Design parallel(WindowShape shape) {
        return Elaborator.elaborate("proved", ParallelInOrder::new, shape);
    }

    private static Design padding(PaddingUnit.Config config) {
        return Elaborator.elaborate("proved", PaddingInOrder::new, config);
    }

    private static Design pool(int folds, int taps) {
        PoolUnit.Config config =
                new PoolUnit.Config(new Format.Bipolar(), 1, folds, taps, PoolUnit.Operation.MAX, 1, 0);
        return Elaborator.elaborate("proved", PooledInOrder::new, config);
    }

    private static Design branches() {
        BranchesInOrder.Config config = new BranchesInOrder.Config(
                new SliceUnit.Config(1, 4, 1, 2),
                new ConcatUnit.Config(1, List.of(2, 1, 3)),
                new AddUnit.Config(new Format.Signed(2), new Format.Unsigned(2), 1, 4, 0));
        return Elaborator.elaborate("proved", BranchesInOrder::new, config);
    }
}
