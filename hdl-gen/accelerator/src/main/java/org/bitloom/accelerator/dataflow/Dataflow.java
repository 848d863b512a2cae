package org.bitloom.accelerator.dataflow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bitloom.hdl.verilog.Family;

/**
 * The stages of an accelerator and the streams between them, in the direction of the data: a stage's inputs come from
 * earlier stages or from outside. Each stream has one end at either side; the last stage's one output is the
 * accelerator's.
 *
 * @param input format of the frames that come in
 * @param nodes at least one
 */
public record Dataflow(FrameFormat input, List<Node> nodes) {
    /**
     * A place that a stream comes from.
     *
     * @param node   index of a node, or −1 for the accelerator's input
     * @param output which of its outputs
     */
    public record Port(int node, int output) {
        /** What comes in from outside. */
        public static final Port INPUT = new Port(-1, 0);
    }

    /**
     * A stage in its place.
     *
     * @param layer   index of the network's layer whose values it gives, or {@link #NO_LAYER}
     * @param inputs  where its inputs come from
     * @param outputs formats of the frames that it gives, one for each output
     */
    public record Node(Stage stage, int layer, List<Port> inputs, List<FrameFormat> outputs) {
        /** The values that come out are not all of a layer's, or are those of a stage before. */
        public static final int NO_LAYER = -1;

        public Node {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }

        Node withStage(Stage other) {
            return new Node(other, layer, inputs, outputs);
        }
    }

    public Dataflow {
        nodes = List.copyOf(nodes);
        Set<Port> open = new HashSet<>(Set.of(Port.INPUT));
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            for (Port port : node.inputs()) {
                if (!open.remove(port)) {
                    throw new IllegalArgumentException(node.stage().name() + " reads " + port + ", which is no stream");
                }
            }
            for (int output = 0; output < node.outputs().size(); output++) {
                open.add(new Port(i, output));
            }
        }
        if (!open.equals(Set.of(new Port(nodes.size() - 1, 0)))) {
            throw new IllegalArgumentException("there must be one open stream, the last stage's, not " + open);
        }
    }

    /** What leaves. */
    public FrameFormat output() {
        return nodes.getLast().outputs().getFirst();
    }

    public FrameFormat format(Port port) {
        return port.node() < 0 ? input : nodes.get(port.node()).outputs().get(port.output());
    }

    /** As it is built on a family, see {@link Stage#on}. */
    public Dataflow on(Family family) {
        return new Dataflow(
                input, nodes.stream().map(node -> node.withStage(node.stage().on(family))).toList());
    }

    public List<Stage> stages() {
        return nodes.stream().map(Node::stage).toList();
    }

    /** Without the FIFOs of depth 0. */
    Dataflow withoutEmptyQueues() {
        List<Node> kept = new ArrayList<>();
        List<Integer> places = new ArrayList<>();
        List<Port> replaced = new ArrayList<>();
        for (Node node : nodes) {
            List<Port> inputs = node.inputs().stream()
                    .map(port -> port.node() < 0
                            ? port
                            : places.get(port.node()) < 0
                                    ? replaced.get(port.node())
                                    : new Port(places.get(port.node()), port.output()))
                    .toList();
            boolean goes = node.stage() instanceof Stage.Queue queue && queue.depth() == 0;
            places.add(goes ? -1 : kept.size());
            replaced.add(inputs.getFirst());
            if (!goes) {
                kept.add(new Node(node.stage(), node.layer(), inputs, node.outputs()));
            }
        }
        return new Dataflow(input, kept);
    }
}
