package org.bitloom.hdl.sim;

import org.bitloom.hdl.ir.Design;

class InterpreterStateTest extends StateContract {
    @Override
    Simulation start(Design design, long seed) {
        return new Interpreter(design, seed);
    }
}
