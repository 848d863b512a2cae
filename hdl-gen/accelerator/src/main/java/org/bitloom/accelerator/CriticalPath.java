package org.bitloom.accelerator;

import java.util.List;
import org.bitloom.accelerator.board.Speed;
import org.bitloom.accelerator.dataflow.Dataflow;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.bitloom.accelerator.dataflow.Dataflow.Port;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.verilog.Family;

/**
 * The path between registers that is predicted to take longest. Paths of data that begin in one stage and end in another
 * are counted whole.
 *
 * @param stage in which it ends
 */
public record CriticalPath(String stage, LogicPath path) {
    static CriticalPath of(Dataflow dataflow, Family family) {
        Speed speed = Speed.of(family);
        return dataflow.nodes().stream()
                .flatMap(node -> paths(node.stage(), arriving(dataflow.nodes(), node.inputs(), family), family).stream()
                        .map(path -> new CriticalPath(node.stage().name(), path)))
                .reduce((a, b) -> speed.nanoseconds(b.path) > speed.nanoseconds(a.path) ? b : a)
                .orElseGet(() -> new CriticalPath(dataflow.nodes().getFirst().stage().name(), LogicPath.REGISTER));
    }

    /** A stage's paths, with what its input comes through where they begin there. */
    static List<LogicPath> paths(Stage stage, LogicPath arriving, Family family) {
        return stage.paths(family).stream()
                .map(path -> path.fromInput() ? path.behind(arriving) : path)
                .toList();
    }

    /** What the slowest of some streams comes through. */
    static LogicPath arriving(List<Node> nodes, List<Port> inputs, Family family) {
        Speed speed = Speed.of(family);
        LogicPath slowest = LogicPath.REGISTER;
        for (Port port : inputs) {
            LogicPath path = port.node() < 0 ? LogicPath.REGISTER : leaving(nodes, nodes.get(port.node()), family);
            slowest = speed.nanoseconds(path) > speed.nanoseconds(slowest) ? path : slowest;
        }
        return slowest;
    }

    private static LogicPath leaving(List<Node> nodes, Node node, Family family) {
        return node.stage().paths(family).isEmpty()
                ? arriving(nodes, node.inputs(), family)
                : node.stage().output(family);
    }

    double megahertz(Family family) {
        return Speed.of(family).megahertz(path);
    }
}
