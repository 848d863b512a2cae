package org.bitloom.accelerator;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.verilog.VerilogWriter;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.Operation;

/**
 * An integer network as hardware: a pipeline of stages with chosen folding and FIFO depths. Immutable. What it computes
 * equals the network's golden model bit for bit, and the cycles are those of the simulation.
 *
 * @param network        what it computes
 * @param foldings       PE and SIMD of each matrix layer
 * @param input          how frames come in, on the stream {@code in}
 * @param output         how results leave, on the stream {@code out}
 * @param stages         blocks in the direction of the data
 * @param intervalCycles cycles from one frame's last output word to the next one's, when nothing stalls
 * @param latencyCycles  cycles from the first frame's first input word to its last output word
 */
public record Accelerator(
        IntegerNetwork network,
        List<Folding> foldings,
        FrameFormat input,
        FrameFormat output,
        List<Stage> stages,
        long intervalCycles,
        long latencyCycles) {
    private static final int LONGEST_TOP = 24;

    public Accelerator {
        foldings = List.copyOf(foldings);
        stages = List.copyOf(stages);
    }

    /**
     * Maps a network with the given folding, PE and SIMD for each matrix layer in order. A matrix that they do not divide
     * is padded.
     *
     * @throws AcceleratorException with the layer that cannot be mapped
     */
    public static Accelerator of(IntegerNetwork network, List<Folding> foldings) {
        Mapper.Mapping mapping = Mapper.map(network, foldings);
        if (mapping.stages().isEmpty()) {
            throw new AcceleratorException("network " + network.name() + " has no layers to map");
        }
        List<Stage> stages = QueueSizing.size(mapping.stages(), mapping.output().words());
        PipelineTiming.Schedule schedule = PipelineTiming.schedule(stages, mapping.output().words());
        return new Accelerator(
                network,
                foldings,
                mapping.input(),
                mapping.output(),
                stages,
                schedule.intervalCycles(),
                schedule.latencyCycles());
    }

    /** A folding that fits every network: the greatest divisors up to 16 rows and 64 columns at a time. */
    public static List<Folding> defaultFoldings(IntegerNetwork network) {
        List<Folding> foldings = new ArrayList<>();
        for (Layer layer : Mapper.matrixLayers(network)) {
            Operation.Dense dense = (Operation.Dense) layer.operation();
            foldings.add(new Folding(
                    greatestDivisor(dense.weights().rows(), 16), greatestDivisor(dense.weights().columns(), 64)));
        }
        return foldings;
    }

    private static int greatestDivisor(int of, int limit) {
        int divisor = Math.min(of, limit);
        while (of % divisor != 0) {
            divisor--;
        }
        return divisor;
    }

    /** The hardware. The top module has the network's name (its first 24 characters) and the streams {@code in} and {@code out}. */
    public Design design() {
        String description = "network " + network.name() + ", folding " + Folding.text(foldings);
        return Elaborator.elaborate(topName(), Pipeline::new, new Pipeline.Config(description, stages));
    }

    /** One stage alone, with streams {@code in} and {@code out}: what its synthesis gives can be held against its cost. */
    public static Design design(Stage stage) {
        return Elaborator.elaborate("stage", Pipeline::new, new Pipeline.Config(stage.name(), List.of(stage)));
    }

    /** The network's name as far as it is the name of a Verilog module and leaves room for the names of its parts. */
    private String topName() {
        String name = network.name().replaceAll("_+", "_");
        String cut = name.substring(0, Math.min(name.length(), LONGEST_TOP)).replaceAll("_$", "");
        return VerilogWriter.isKeyword(cut) ? cut + "_top" : cut;
    }
}
