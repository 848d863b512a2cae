package org.bitloom.endtoend;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.bitloom.accelerator.RandomNetworks;
import org.bitloom.sim.IcarusBackend;
import org.bitloom.sim.VerilatorBackend;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random networks of every operand type, folding and depth, as Verilog. */
class RandomNetworksTest {
    private static final int NETWORKS = Integer.getInteger("bitloom.random.networks", 20);
    private static final int EVERY = 4;

    @TempDir
    Path folder;

    static IntStream seeds() {
        return IntStream.range(0, NETWORKS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theVerilogEqualsTheGoldenModel(int seed) {
        RandomNetworks.Sample sample = new RandomNetworks(1000 + seed).next();
        Checked design = Checked.compile(sample.network(), sample.foldings(), folder.resolve("design"));
        double stall = seed % 3 * 0.4;
        design.isExact(design.builtIn(), sample.frames(), stall);
        design.isExact(new IcarusBackend(), sample.frames(), stall);
        design.isCleanInSimulators();
        if (seed % EVERY == 0) {
            design.isExact(new VerilatorBackend(), sample.frames(), stall);
        }
    }
}
