package org.bitloom.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.hdl.verilog.VerilogFiles;
import org.bitloom.hdl.verilog.VerilogWriter;
import org.bitloom.sim.RtlDesign;
import org.bitloom.sim.Stimulus;
import org.bitloom.sim.StreamPort;
import org.bitloom.sim.WordStream;

/**
 * A design that is simulated for its speed: with random words, the same for every simulator, never stalled.
 *
 * @param quietCycles cycles that it may take from one word to the next
 */
public record Workload(String name, Design design, RtlDesign rtl, long quietCycles) {
    private static final long SEED = 1;

    public static Workload of(GeneratedDesign generated) {
        return new Workload(
                generated.manifest().top(),
                generated.hardware(),
                RtlDesign.of(generated),
                Stimulus.quietCycles(generated.accelerator()));
    }

    /** The compared unit; its Verilog goes into {@code folder}. */
    public static Workload of(UnitShape shape, String name, Path folder) throws IOException {
        Design design = Mvu.streamed(shape);
        VerilogFiles verilog = VerilogWriter.write(design, Family.XILINX7);
        verilog.writeTo(folder);
        return new Workload(
                name,
                design,
                new RtlDesign(
                        folder,
                        verilog.top(),
                        verilog.sources(),
                        new StreamPort("in", shape.simd(), shape.synapseFolds()),
                        new StreamPort("out", shape.pe(), shape.neuronFolds())),
                100L + 3L * shape.synapseFolds() * shape.neuronFolds());
    }

    public Stimulus stimulus(int frames) {
        int bits = rtl.input().bits();
        int size = BitVector.limbCount(bits);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        long[] limbs = new long[Math.multiplyExact(size, Math.multiplyExact(frames, rtl.input().wordsPerFrame()))];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = random.nextLong();
            if (i % size == size - 1) {
                limbs[i] &= BitVector.topMask(bits);
            }
        }
        return new Stimulus(new WordStream(bits, limbs), frames, 0, SEED, quietCycles, null);
    }
}
