package org.bitloom.hdl.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.stream.InOrder.Kind;
import org.bitloom.hdl.stream.Proof.Verdict;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stream library is proved right, for all inputs and all time, and mistakes in it are found the same way. */
class ProofTest {
    @BeforeEach
    void toolsAreHere() throws InterruptedException {
        if (!Proof.isPossible()) {
            System.out.println("NOT PROVED: yosys or yosys-abc is missing; install with: sudo apt-get install yosys");
            Assumptions.abort("yosys or yosys-abc is missing");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SLICE, 2", "DISTRIBUTED, 2", "DISTRIBUTED, 3", "DISTRIBUTED, 4", "DISTRIBUTED, 5", "DISTRIBUTED, 8",
        "BLOCK, 2", "BLOCK, 3", "BLOCK, 4", "BLOCK, 5", "BLOCK, 8"
    })
    void buffersLoseDoubleAndSwapNoWord(Kind kind, int capacity) throws Exception {
        assertThat(Proof.of(buffer(kind, capacity))).isEqualTo(Verdict.PROVED);
    }

    static List<LaneConverter.Config> converters() {
        return List.of(
                new LaneConverter.Config(1, 1, 4, 4),
                new LaneConverter.Config(1, 4, 1, 4),
                new LaneConverter.Config(1, 2, 3, 6),
                new LaneConverter.Config(1, 3, 2, 6),
                new LaneConverter.Config(1, 3, 2, 4),
                new LaneConverter.Config(1, 2, 3, 4),
                new LaneConverter.Config(1, 3, 3, 4),
                new LaneConverter.Config(1, 4, 2, 1));
    }

    @ParameterizedTest
    @MethodSource("converters")
    void convertersKeepEachLaneInItsPlace(LaneConverter.Config config) throws Exception {
        assertThat(Proof.of(converter(config))).isEqualTo(Verdict.PROVED);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void forksAndJoinsGiveEachWordOnce(int copies) throws Exception {
        assertThat(Proof.of(fork(copies))).isEqualTo(Verdict.PROVED);
    }

    static Stream<Arguments> mistakes() {
        Design slice = buffer(Kind.SLICE, 2);
        Design fifo = buffer(Kind.DISTRIBUTED, 5);
        Design block = buffer(Kind.BLOCK, 3);
        Design lanes = converter(new LaneConverter.Config(1, 3, 2, 4));
        Design fork = fork(2);
        return Stream.of(
                Arguments.of(slice, "register_slice_w1", "spilled ? spill", "spilled ? in_data"),
                Arguments.of(slice, "register_slice_w1", "full <= in_valid || spilled", "full <= in_valid"),
                Arguments.of(fifo, "fifo_w1_d5", "count != 3'd5", "count != 3'd6"),
                Arguments.of(fifo, "fifo_w1_d5", "count != 3'd5", "count != 3'd4"),
                Arguments.of(fifo, "fifo_w1_d5", "readAddress == 3'd4", "readAddress == 3'd5"),
                Arguments.of(fifo, "fifo_w1_d5", "readAddress <= 3'd0", "readAddress <= 3'd1"),
                Arguments.of(block, "fifo_w1_d3", "leaves && count == 2'd1", "1'b0"),
                Arguments.of(block, "fifo_w1_d3", "around <= becomesFirst", "around <= 1'b1"),
                Arguments.of(lanes, "lane_converter_l1_3to2", "2'd1 : 2'd3", "2'd3 : 2'd3"),
                Arguments.of(lanes, "lane_converter_l1_3to2", "moved = staying[0]", "moved = !staying[0]"),
                Arguments.of(fork, "fork_w1_x2", "served_0 || out0_ready", "out0_ready"),
                Arguments.of(fork, "join_w1_w1", "second_ready = out_ready && first_valid", "second_ready = out_ready"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistakesAreFound(Design design, String module, String right, String wrong) throws Exception {
        assertThat(Proof.of(Proof.planted(design, "proved_" + module, right, wrong))).isEqualTo(Verdict.BROKEN);
    }

    private static Design buffer(Kind kind, int capacity) {
        return Elaborator.elaborate("proved", InOrder::new, new InOrder.Config(kind, capacity));
    }

    private static Design converter(LaneConverter.Config config) {
        return Elaborator.elaborate("proved", LanesInOrder::new, config);
    }

    private static Design fork(int copies) {
        return Elaborator.elaborate("proved", ForkedAndJoined::new, new ForkedAndJoined.Config(copies));
    }
}
