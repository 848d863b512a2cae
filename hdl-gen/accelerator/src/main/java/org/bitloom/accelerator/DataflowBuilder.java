package org.bitloom.accelerator;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bitloom.accelerator.dataflow.Dataflow;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.bitloom.accelerator.dataflow.Dataflow.Port;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.hdl.stream.Fork;
import org.bitloom.hdl.stream.LaneConverter;
import org.bitloom.network.ValueType;

/** Puts stages one behind the other, with converters, forks and FIFOs where they are needed. */
final class DataflowBuilder {
    /** A FIFO that cuts the paths of valid and ready has at least this depth. */
    private static final int CUTTING_DEPTH = 2;

    private final FrameFormat input;
    private final Pipelining pipelining;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    /** A stream that is still to be read. */
    record Link(Port port, FrameFormat format) {}

    DataflowBuilder(FrameFormat input, Pipelining pipelining) {
        this.input = input;
        this.pipelining = pipelining;
    }

    Link input() {
        return new Link(Port.INPUT, input);
    }

    /** Adds a stage of one output that gives a layer's values, or {@link Node#NO_LAYER}. */
    Link add(Stage stage, int layer, List<Link> inputs, FrameFormat output) {
        List<Port> ports = inputs.stream().map(Link::port).toList();
        nodes.add(new Node(pipelining.deepened(stage, nodes, ports), layer, ports, List.of(output)));
        return new Link(new Port(nodes.size() - 1, 0), output);
    }

    Link add(Stage stage, Link input, FrameFormat output) {
        return add(stage, Node.NO_LAYER, List.of(input), output);
    }

    /** Copies of a stream, each behind a FIFO of its own. */
    List<Link> copies(String name, Link link, int copies) {
        if (copies == 1) {
            return List.of(link);
        }
        FrameFormat format = link.format();
        Fork.Config config = new Fork.Config(format.wordBits(), copies);
        List<FrameFormat> outputs = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            outputs.add(format);
        }
        nodes.add(new Node(
                new Stage.Copies(unique(name + "_copies"), config), Node.NO_LAYER, List.of(link.port()), outputs));
        int fork = nodes.size() - 1;
        List<Link> behind = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            behind.add(queue(name + "_copy" + i, new Link(new Port(fork, i), format), CUTTING_DEPTH));
        }
        return behind;
    }

    /** The same frames in words of other lanes; behind a matrix-vector unit through a FIFO. */
    Link regroup(String name, Link link, int lanes) {
        return isBehindMatrix(link) ? regroup(name, link, lanes, CUTTING_DEPTH) : converted(name, link, lanes);
    }

    /**
     * What a matrix-vector unit, or the windows before it, take, in words of their lanes. The unit takes none while it goes
     * over a vector again and again, row by row: a FIFO holds what comes meanwhile, where that matters.
     */
    Link vectors(String name, Link link, int lanes) {
        if (isBehindMatrix(link)) {
            return regroup(name, link, lanes, CUTTING_DEPTH);
        }
        boolean held = link.port().equals(Port.INPUT) || isBehindQueue(link) && link.format().lanes() >= lanes;
        return held ? converted(name, link, lanes) : regroup(name, link, lanes, 0);
    }

    private boolean isBehindQueue(Link link) {
        return link.port().node() >= 0 && nodes.get(link.port().node()).stage() instanceof Stage.Queue;
    }

    private boolean isBehindMatrix(Link link) {
        return link.port().node() >= 0 && nodes.get(link.port().node()).stage() instanceof Stage.Matrix;
    }

    /** Through a FIFO where words are widest. */
    private Link regroup(String name, Link link, int lanes, int least) {
        return link.format().lanes() >= lanes
                ? converted(name, queue(name, link, least), lanes)
                : queue(name, converted(name, link, lanes), least);
    }

    private Link converted(String name, Link link, int lanes) {
        FrameFormat format = link.format();
        LaneConverter.Config config =
                new LaneConverter.Config(format.laneBits(), format.lanes(), lanes, format.channels());
        return config.isIdentity()
                ? link
                : add(new Stage.Lanes(unique(name + "_lanes"), config), link, format.withLanes(lanes));
    }

    /** The same values in lanes of another type, which holds them all. */
    Link recode(String name, Link link, ValueType type) {
        FrameFormat from = link.format();
        FrameFormat to = new FrameFormat(from.pixels(), from.channels(), type, from.lanes());
        return from.laneBits() == to.laneBits()
                ? new Link(link.port(), to)
                : add(new Stage.Recode(unique(name + "_lane"), from, to), link, to);
    }

    /** A frame as one vector; lanes that hold no value are squeezed out. */
    Link flat(String name, Link link) {
        FrameFormat format = link.format();
        if (format.pixels() == 1) {
            return link;
        }
        Link dense = format.isDense() ? link : regroup(name, link, greatestDivisor(format.channels(), format.lanes()));
        FrameFormat vector = new FrameFormat(
                1, format.values(), format.type(), format.laneBits(), dense.format().lanes());
        return new Link(dense.port(), vector);
    }

    Link queue(String name, Link link, int least) {
        FrameFormat format = link.format();
        return add(new Stage.Queue(unique(name + "_queue"), format.wordBits(), least, least), link, format);
    }

    /** A name that no other stage has. */
    String unique(String name) {
        String free = name;
        for (int i = 2; !names.add(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }

    /** All stages so far. */
    List<Stage> stages() {
        return nodes.stream().map(Node::stage).toList();
    }

    Dataflow build() {
        return new Dataflow(input, nodes);
    }

    static int greatestDivisor(int of, int limit) {
        int divisor = Math.min(of, limit);
        while (of % divisor != 0) {
            divisor--;
        }
        return divisor;
    }

    static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
