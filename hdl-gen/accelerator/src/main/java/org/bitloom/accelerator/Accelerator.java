package org.bitloom.accelerator;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.accelerator.dataflow.Dataflow;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.accelerator.dataflow.Pipeline;
import org.bitloom.accelerator.dataflow.QueueSizing;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.blocks.Depth;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Keywords;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.network.integer.IntegerNetwork;

/**
 * An integer network as hardware: a dataflow of stages with chosen folding and FIFO depths. Immutable. What it computes
 * equals the network's golden model bit for bit, and the cycles are those of the simulation.
 *
 * @param network        what it computes
 * @param foldings       PE and SIMD of each matrix layer
 * @param dataflow       blocks and streams
 * @param intervalCycles cycles from one frame's last output word to the next one's, when nothing stalls
 * @param latencyCycles  cycles from the first frame's first input word to its last output word
 */
public record Accelerator(
        IntegerNetwork network, List<Folding> foldings, Dataflow dataflow, long intervalCycles, long latencyCycles) {
    private static final int LONGEST_TOP = 24;

    /** Registers change the depths of FIFOs, and those what registers are needed behind them: mostly once, if at all. */
    private static final int MOST_ROUNDS = 5;

    public Accelerator {
        foldings = List.copyOf(foldings);
    }

    /**
     * Maps a network with the given folding, PE and SIMD for each matrix layer in order. A matrix that they do not divide
     * is padded.
     *
     * @throws AcceleratorException with the layer that cannot be mapped
     */
    public static Accelerator of(IntegerNetwork network, List<Folding> foldings) {
        return of(network, foldings, Pipelining.LEAST);
    }

    /**
     * The same with registers beyond the least.
     *
     * @throws AcceleratorException with the layer that cannot be mapped
     */
    public static Accelerator of(IntegerNetwork network, List<Folding> foldings, Pipelining pipelining) {
        Accelerator accelerator = sized(network, foldings, Mapper.map(network, foldings, pipelining));
        Pipelining now = pipelining;
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Pipelining better = now.knowing(accelerator.dataflow);
            Dataflow deeper = better == now ? accelerator.dataflow : Mapper.map(network, foldings, better);
            if (depths(deeper).equals(accelerator.depths())) {
                return accelerator;
            }
            accelerator = sized(network, foldings, deeper);
            now = better;
        }
        return accelerator;
    }

    /** With FIFOs of least depth: it takes at least so much, and at least so many cycles a frame; its latency is not known. */
    static Accelerator withLeastQueues(IntegerNetwork network, List<Folding> foldings, Pipelining pipelining) {
        Dataflow dataflow = Mapper.map(network, foldings, pipelining);
        long cycles = DataflowOutline.cycles(dataflow, DataflowOutline.slowest(dataflow));
        return new Accelerator(network, foldings, dataflow, cycles, 0);
    }

    private static Accelerator sized(IntegerNetwork network, List<Folding> foldings, Dataflow dataflow) {
        QueueSizing.Sized sized = QueueSizing.size(dataflow);
        return new Accelerator(network, foldings, sized.dataflow(), sized.intervalCycles(), sized.latencyCycles());
    }

    /** The registers beyond the least of those stages that have some, by name and in order. */
    public Map<String, Depth> depths() {
        return depths(dataflow);
    }

    private static Map<String, Depth> depths(Dataflow dataflow) {
        Map<String, Depth> depths = new LinkedHashMap<>();
        dataflow.stages().forEach(stage -> {
            if (stage instanceof Stage.Pipelined pipelined && !pipelined.depth().isLeast()) {
                depths.put(stage.name(), pipelined.depth());
            }
        });
        return Collections.unmodifiableMap(depths);
    }

    /** A folding that fits every network: the greatest divisors up to 16 rows and 64 columns at a time. */
    public static List<Folding> defaultFoldings(IntegerNetwork network) {
        return MatrixLayer.of(network).stream()
                .map(layer -> new Folding(
                        DataflowBuilder.greatestDivisor(layer.rows(), 16),
                        DataflowBuilder.greatestDivisor(layer.run(), 64)))
                .toList();
    }

    /** How frames come in, on the stream {@code in}. */
    public FrameFormat input() {
        return dataflow.input();
    }

    /** How results leave, on the stream {@code out}. */
    public FrameFormat output() {
        return dataflow.output();
    }

    /** The hardware as it is built on a family. The top module has the network's name (its first 24 characters) and the streams {@code in} and {@code out}. */
    public Design design(Family family) {
        String description = "network " + network.name() + ", folding " + Folding.text(foldings);
        return Elaborator.elaborate(topName(), Pipeline::new, new Pipeline.Config(description, dataflow.on(family)));
    }

    /** The network's name as far as it is the name of a Verilog module and leaves room for the names of its parts. */
    private String topName() {
        String name = network.name().replaceAll("_+", "_");
        String cut = name.substring(0, Math.min(name.length(), LONGEST_TOP)).replaceAll("_$", "");
        return Keywords.contains(cut) ? cut + "_top" : cut;
    }
}
