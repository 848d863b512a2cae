package org.bitloom.sim;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.network.integer.GoldenModel;
import org.jspecify.annotations.Nullable;

/** Runs a generated design on frames and compares every output value with the golden model. */
public final class DesignRun {
    private final GeneratedDesign design;
    private final RtlDesign rtl;

    public DesignRun(GeneratedDesign design) {
        this.design = design;
        Accelerator accelerator = design.accelerator();
        this.rtl = new RtlDesign(
                design.rtl(),
                design.manifest().top(),
                design.manifest().sources(),
                new StreamPort("in", accelerator.input().wordBits(), accelerator.input().words()),
                new StreamPort("out", accelerator.output().wordBits(), accelerator.output().words()));
    }

    /**
     * @param frames input vectors of the network
     * @param stall  probability that a word is withheld, at the input and at the output
     * @throws SimulationException where the built-in simulator is asked to run Verilog that was changed by hand
     */
    public SimulationResult run(
            SimulatorBackend backend,
            List<long[]> frames,
            double stall,
            long seed,
            @Nullable Path vcd,
            Progress progress) {
        if (backend instanceof BuiltInBackend && !design.changedFiles().isEmpty()) {
            throw new SimulationException(design.folder() + ": rtl/" + design.changedFiles().getFirst()
                    + " is not as it was generated; the built-in simulator runs what the generator made: "
                    + "use --simulator verilator or icarus, or compile the model again");
        }
        Accelerator accelerator = design.accelerator();
        Stimulus stimulus = new Stimulus(
                words(accelerator.input(), frames), frames.size(), stall, seed, quietCycles(accelerator), vcd);
        Trace trace = backend.run(rtl, stimulus, progress);
        GoldenModel golden = new GoldenModel(accelerator.network());
        List<long[]> expected = IntStream.range(0, frames.size())
                .parallel()
                .mapToObj(i -> golden.run(frames.get(i)))
                .toList();
        return SimulationResult.compare(
                trace, stimulus, accelerator.output(), expected, accelerator.intervalCycles(), accelerator.latencyCycles());
    }

    /** A design that is fed and emptied moves a word at least once in this many cycles. */
    private static long quietCycles(Accelerator accelerator) {
        return accelerator.latencyCycles() + accelerator.intervalCycles() + 100;
    }

    private static WordStream words(FrameFormat format, List<long[]> frames) {
        int size = WordStream.limbsFor(format.wordBits());
        long[] limbs = new long[Math.multiplyExact(size, Math.multiplyExact(frames.size(), format.words()))];
        int at = 0;
        for (long[] frame : frames) {
            for (BitVector word : format.pack(frame)) {
                for (int i = 0; i < size; i++) {
                    limbs[at++] = word.limb(i);
                }
            }
        }
        return new WordStream(format.wordBits(), limbs);
    }
}
