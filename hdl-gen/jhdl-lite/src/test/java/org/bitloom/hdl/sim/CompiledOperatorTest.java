package org.bitloom.hdl.sim;

import org.bitloom.hdl.ir.Design;

class CompiledOperatorTest extends OperatorContract {
    @Override
    Simulation start(Design design, long seed) {
        return CompiledSimulator.compile(design, seed);
    }
}
