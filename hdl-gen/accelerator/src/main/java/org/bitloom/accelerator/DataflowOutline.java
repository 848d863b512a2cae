package org.bitloom.accelerator;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitloom.accelerator.dataflow.Dataflow;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;

/**
 * A dataflow as a search sees it: FIFOs have the least depth, and memories random contents.
 *
 * @param foldings of the matrix layers
 * @param cycles   of a frame in the slowest stage: what is no matrix moves a word a cycle
 * @param total    of all stages
 */
record DataflowOutline(List<Folding> foldings, long cycles, Resources total) {
    static DataflowOutline of(List<Folding> foldings, Dataflow dataflow, Family family) {
        long cycles = 0;
        Resources total = Resources.NONE;
        for (Node node : dataflow.nodes()) {
            cycles = Math.max(cycles, cycles(dataflow, node));
            total = total.plus(
                    node.stage() instanceof Stage.Matrix matrix
                            ? matrix.config().cost(family)
                            : node.stage().cost(family));
        }
        return new DataflowOutline(List.copyOf(foldings), cycles, total);
    }

    /** Cycles of a frame in a stage alone. */
    static long cycles(Dataflow dataflow, Node node) {
        long words = Stream.concat(node.inputs().stream().map(dataflow::format), node.outputs().stream())
                .mapToLong(FrameFormat::words)
                .max()
                .orElseThrow();
        return node.stage() instanceof Stage.Matrix matrix
                ? Math.max(words, (long) node.outputs().getFirst().pixels() * matrix.config().weightWords())
                : words;
    }

    /** The slowest stage. */
    static Node slowest(Dataflow dataflow) {
        return IntStream.range(0, dataflow.nodes().size())
                .mapToObj(dataflow.nodes()::get)
                .reduce((a, b) -> cycles(dataflow, b) > cycles(dataflow, a) ? b : a)
                .orElseThrow();
    }
}
