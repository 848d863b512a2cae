package org.bitloom.hdl.sim;

import org.bitloom.hdl.ir.Design;

class InterpreterOperatorTest extends OperatorContract {
    @Override
    Simulation start(Design design, long seed) {
        return new Interpreter(design, seed);
    }
}
