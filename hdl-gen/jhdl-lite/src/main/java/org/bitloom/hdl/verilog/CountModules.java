package org.bitloom.hdl.verilog;

import java.util.List;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.NetlistBuilder;

/** Builds population counts. */
final class CountModules {
    /** A node with the number of ones in {@code operand}; a module that it instantiates is added to {@code counters}. */
    int count(NetlistBuilder b, int operand, List<Netlist> counters) {
        return b.popCount(operand);
    }
}
