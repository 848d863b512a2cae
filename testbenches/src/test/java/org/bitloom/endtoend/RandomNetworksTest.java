package org.bitloom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.accelerator.Pipelining;
import org.bitloom.accelerator.RandomDepths;
import org.bitloom.accelerator.RandomNetworks;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.sim.IcarusBackend;
import org.bitloom.sim.VerilatorBackend;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random networks as Verilog: dense, convolutions, pooling and branches, every operand type, folding and depth. */
class RandomNetworksTest {
    private static final int NETWORKS = Integer.getInteger("bitloom.random.networks", 50);
    private static final int EVERY = 6;

    @TempDir
    Path folder;

    static IntStream seeds() {
        return IntStream.range(0, NETWORKS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theVerilogEqualsTheGoldenModel(int seed) {
        RandomNetworks networks = new RandomNetworks(1000 + seed);
        RandomNetworks.Sample sample = seed % 3 == 0 ? networks.next() : networks.nextImage();
        Pipelining depths = seed % 4 == 0 ? Pipelining.LEAST : new RandomDepths(seed);
        Accelerator accelerator = Accelerator.of(sample.network(), sample.foldings(), depths);
        Checked design = Checked.compile(accelerator, Family.XILINX7, folder.resolve("design"));
        assertThat(GeneratedDesign.open(folder.resolve("design")).accelerator().dataflow()).isEqualTo(accelerator.dataflow());
        double stall = seed % 3 * 0.4;
        design.isExact(design.builtIn(), sample.frames(), stall);
        design.isExact(new IcarusBackend(), sample.frames(), stall);
        design.isCleanInSimulators();
        if (seed % EVERY == 0) {
            design.isExact(new VerilatorBackend(), sample.frames(), stall);
        }
    }
}
