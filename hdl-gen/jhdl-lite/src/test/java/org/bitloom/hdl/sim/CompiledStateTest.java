package org.bitloom.hdl.sim;

import org.bitloom.hdl.ir.Design;

class CompiledStateTest extends StateContract {
    @Override
    Simulation start(Design design, long seed) {
        return CompiledSimulator.compile(design, seed);
    }
}
