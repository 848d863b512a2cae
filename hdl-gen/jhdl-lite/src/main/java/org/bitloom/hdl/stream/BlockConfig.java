package org.bitloom.hdl.stream;

import java.util.List;
import org.bitloom.hdl.Labelled;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;

/** Configuration of a block whose ports are streams, with what is known of the block before it is built. */
public interface BlockConfig extends Labelled {
    /** Its control, at rest. */
    Timing timing();

    /** What it takes of a device. */
    Resources cost(Family family);

    /** Its paths between registers, at least one: of each part the longest. */
    default List<LogicPath> paths(Family family) {
        return List.of(LogicPath.of("control", cost(family).logicDepth(), 0));
    }

    /** What stands between its last register and its output. */
    default LogicPath output(Family family) {
        return LogicPath.REGISTER;
    }
}
