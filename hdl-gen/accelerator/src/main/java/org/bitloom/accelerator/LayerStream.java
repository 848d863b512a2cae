package org.bitloom.accelerator;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.accelerator.dataflow.Dataflow;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.bitloom.accelerator.dataflow.Dataflow.Port;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.accelerator.dataflow.Stage;

/**
 * Where a layer's values pass in the top module: on the stream {@value #STREAM} of an instance, a word whenever valid and
 * ready are both 1.
 *
 * @param layer    index of the network's layer
 * @param instance the instance that gives them
 * @param format   how its frames stand in the words; value i of a frame is value i of the layer's output
 */
public record LayerStream(int layer, String instance, FrameFormat format) {
    /** What every block calls the stream that it gives. */
    public static final String STREAM = "out";

    /**
     * The layers whose values are seen, in their order. An accumulator that goes straight into thresholds has no stream,
     * nor has the input.
     */
    public static List<LayerStream> of(Dataflow dataflow) {
        List<LayerStream> streams = new ArrayList<>();
        for (Node node : dataflow.nodes()) {
            if (node.layer() != Node.NO_LAYER) {
                Node giver = node;
                while (giver.stage() instanceof Stage.Recode || giver.stage() instanceof Stage.Copies) {
                    Port before = giver.inputs().getFirst(); // the same values, on other wires
                    if (before.equals(Port.INPUT)) {
                        break;
                    }
                    giver = dataflow.nodes().get(before.node());
                }
                streams.add(new LayerStream(
                        node.layer(), giver.stage().name(), giver.outputs().getFirst()));
            }
        }
        streams.sort((left, right) -> Integer.compare(left.layer(), right.layer()));
        return List.copyOf(streams);
    }
}
