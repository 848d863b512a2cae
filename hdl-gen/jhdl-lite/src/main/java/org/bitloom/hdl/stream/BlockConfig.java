package org.bitloom.hdl.stream;

import org.bitloom.hdl.Labelled;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;

/** Configuration of a block whose ports are streams, with what is known of the block before it is built. */
public interface BlockConfig extends Labelled {
    /** Its control, at rest. */
    Timing timing();

    /** What it takes of a device. */
    Resources cost(Family family);
}
