package org.bitloom.accelerator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.accelerator.board.Board;
import org.bitloom.accelerator.board.Fit;
import org.bitloom.accelerator.dataflow.Dataflow;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;
import org.jspecify.annotations.Nullable;

/**
 * What an accelerator will take of a device and how fast its clock can be, before any synthesis.
 *
 * @param layers in order; what prepares a layer's input, and the FIFOs before it, count to it
 * @param total  of all stages
 * @param critical the path that takes longest, and the stage in which it ends
 */
public record Prediction(Family family, List<Layer> layers, Resources total, CriticalPath critical) {
    /**
     * @param folding of a matrix layer, else null
     * @param cycles  of a frame in its slowest stage
     */
    public record Layer(String name, @Nullable Folding folding, long cycles, Resources cost) {}

    public Prediction {
        layers = List.copyOf(layers);
    }

    public static Prediction of(Accelerator accelerator, Family family) {
        Dataflow dataflow = accelerator.dataflow();
        int[] owners = owners(dataflow);
        Map<Integer, Layer> layers = new LinkedHashMap<>();
        Resources total = Resources.NONE;
        for (int i = 0; i < owners.length; i++) {
            Node node = dataflow.nodes().get(i);
            Resources cost = node.stage().cost(family);
            total = total.plus(cost);
            Stage owner = dataflow.nodes().get(owners[i]).stage();
            Folding folding = owner instanceof Stage.Matrix matrix
                    ? new Folding(matrix.config().pe(), matrix.config().simd())
                    : null;
            Layer own = new Layer(owner.name(), folding, DataflowOutline.cycles(dataflow, node), cost);
            layers.merge(owners[i], own, (a, b) ->
                    new Layer(a.name(), folding, Math.max(a.cycles(), b.cycles()), a.cost().plus(b.cost())));
        }
        return new Prediction(
                family, new ArrayList<>(layers.values()), total, CriticalPath.of(dataflow, family));
    }

    /** For each node the one that gives the values of a layer for which it is there: the next one, or the last before. */
    private static int[] owners(Dataflow dataflow) {
        int nodes = dataflow.nodes().size();
        int[] owners = new int[nodes];
        Map<Integer, Integer> reader = new HashMap<>();
        for (int i = nodes - 1; i >= 0; i--) {
            Node node = dataflow.nodes().get(i);
            owners[i] = node.layer() != Node.NO_LAYER ? i : reader.getOrDefault(i, -1);
            for (Dataflow.Port port : node.inputs()) {
                reader.put(port.node(), owners[i]);
            }
        }
        for (int i = 0; i < nodes; i++) {
            if (owners[i] < 0) {
                int before = dataflow.nodes().get(i).inputs().getFirst().node();
                owners[i] = before < 0 ? i : owners[before];
            }
        }
        return owners;
    }

    /** The fastest clock that the critical path allows. */
    public double megahertz() {
        return critical.megahertz(family);
    }

    /** Whether all of it fits a board's device. */
    public Fit on(Board board) {
        return on(board, 1);
    }

    /** Whether all of it fits a board's device of whose LUTs a share may be taken. */
    Fit on(Board board, double lutShare) {
        return Fit.of(board, lutShare, layers.stream().map(layer -> new Fit.Part(layer.name(), layer.cost())).toList());
    }
}
