package org.bitloom.sim;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.accelerator.LayerStream;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.verilog.EmittedPort;
import org.bitloom.network.integer.GoldenModel;
import org.jspecify.annotations.Nullable;

/** Runs a generated design on frames and compares every output value with the golden model. */
public final class DesignRun {
    private final GeneratedDesign design;
    private final RtlDesign rtl;

    public DesignRun(GeneratedDesign design) {
        this.design = design;
        this.rtl = RtlDesign.of(design);
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
        requireUnchanged(backend);
        return run(backend, frames, stall, seed, vcd, Watch.NOTHING, progress);
    }

    /**
     * The same with each layer's values compared as they pass, in the Verilog as it is.
     *
     * @throws SimulationException also names the first layer that differs, where the run breaks off
     */
    public PerLayerResult runPerLayer(
            SimulatorBackend backend,
            List<long[]> frames,
            double stall,
            long seed,
            @Nullable Path vcd,
            Progress progress) {
        requireUnchanged(backend);
        Accelerator accelerator = design.accelerator();
        LayerComparison comparison = new LayerComparison(accelerator.network(), frames);
        Map<Integer, String> notes = new HashMap<>();
        for (int i = 0; i < accelerator.network().layers().size(); i++) {
            notes.put(i, "inside a unit: no stream of its own");
        }
        List<EmittedPort> ports =
                EmittedPort.ofTop(design.hardware(), design.manifest().family());
        List<InnerStream> streams = new ArrayList<>();
        for (LayerStream layer : LayerStream.of(accelerator.dataflow())) {
            Optional<InnerStream> stream = InnerStream.find(ports, layer.instance(), LayerStream.STREAM);
            if (stream.isPresent()) {
                comparison.add(layer, stream.get());
                streams.add(stream.get());
                notes.remove(layer.layer());
            } else {
                notes.put(layer.layer(), "the Verilog has no stream of instance " + layer.instance());
            }
        }
        try {
            SimulationResult run =
                    run(backend, frames, stall, seed, vcd, new Watch(streams, comparison), progress);
            return new PerLayerResult(run, comparison.results(notes));
        } catch (SimulationException e) {
            throw comparison.results(notes).stream()
                    .filter(layer -> layer.first() != null)
                    .findFirst()
                    .map(layer -> e.with("The first layer that differs is " + layer.name() + ": " + layer.first()))
                    .orElse(e);
        }
    }

    private void requireUnchanged(SimulatorBackend backend) {
        if (backend instanceof BuiltInBackend && !design.changedFiles().isEmpty()) {
            throw new SimulationException(design.folder() + ": rtl/" + design.changedFiles().getFirst()
                    + " is not as it was generated; the built-in simulator runs what the generator made: "
                    + "use --simulator verilator or icarus, or compile the model again");
        }
    }

    private SimulationResult run(
            SimulatorBackend backend, List<long[]> frames, double stall, long seed, @Nullable Path vcd, Watch watch,
            Progress progress) {
        Accelerator accelerator = design.accelerator();
        GoldenModel golden = new GoldenModel(accelerator.network());
        frames.forEach(golden::requireInput);
        Stimulus stimulus = new Stimulus(
                words(accelerator.input(), frames), frames.size(), stall, seed, Stimulus.quietCycles(accelerator), vcd);
        Trace trace = backend.run(rtl, stimulus, watch, progress);
        List<long[]> expected = IntStream.range(0, frames.size())
                .parallel()
                .mapToObj(i -> golden.run(frames.get(i)))
                .toList();
        return SimulationResult.compare(
                trace, stimulus, accelerator.output(), expected, accelerator.intervalCycles(), accelerator.latencyCycles());
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
