package org.bitloom.testbenches;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.hdl.verilog.VerilogFiles;
import org.bitloom.hdl.verilog.VerilogWriter;
import org.bitloom.sim.BuiltInBackend;
import org.bitloom.sim.IcarusBackend;
import org.bitloom.sim.Progress;
import org.bitloom.sim.RtlDesign;
import org.bitloom.sim.SimulatorBackend;
import org.bitloom.sim.Stimulus;
import org.bitloom.sim.StreamPort;
import org.bitloom.sim.Trace;
import org.bitloom.sim.VerilatorBackend;
import org.bitloom.sim.VerilogLint;
import org.bitloom.sim.WordStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Verilog of the stream library and of the blocks does what the built-in simulator does, and no tool objects. */
class StreamDesignTest {
    private static final int FRAMES = 24;

    static List<StreamDesign> designs() {
        return StreamDesign.all();
    }

    @ParameterizedTest
    @MethodSource("designs")
    void verilogGivesTheSameWordsInTheSameCycles(StreamDesign design, @TempDir Path folder) throws IOException {
        RtlDesign rtl = written(design, folder);
        List<SimulatorBackend> backends = List.of(new VerilatorBackend(), new IcarusBackend());
        for (double stall : new double[] {0.0, 0.3, 0.9}) {
            Stimulus stimulus = new Stimulus(words(design), FRAMES, stall, 3, 1_000, null);
            Trace expected = new BuiltInBackend(design.design()).run(rtl, stimulus, Progress.NONE);
            for (SimulatorBackend backend : backends) {
                assertThat(backend.run(rtl, stimulus, Progress.NONE))
                        .as("%s stalled %s", backend.name(), stall)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("designs")
    void noToolObjects(StreamDesign design, @TempDir Path folder) throws IOException {
        RtlDesign rtl = written(design, folder);
        VerilogLint lint = new VerilogLint();
        assertThat(lint.verilator(folder, rtl.top(), rtl.sources())).isEmpty();
        assertThat(lint.icarus(folder, rtl.top(), rtl.sources())).isEmpty();
        assertThat(lint.yosys(folder, rtl.top(), rtl.sources(), "prep")).isEmpty();
    }

    private static RtlDesign written(StreamDesign design, Path folder) throws IOException {
        VerilogFiles files = VerilogWriter.write(design.design(), Family.XILINX7);
        files.writeTo(folder);
        return new RtlDesign(folder, files.top(), files.sources(), new StreamPort("in", design.inBits(), design.inWords()),
                new StreamPort("out", design.outBits(), design.outWords()));
    }

    private static WordStream words(StreamDesign design) {
        List<BitVector> words = StreamDesign.words(design.inBits(), FRAMES * design.inWords());
        long[] limbs = words.stream().flatMapToLong(word -> Arrays.stream(word.limbs())).toArray();
        return new WordStream(design.inBits(), limbs);
    }
}
