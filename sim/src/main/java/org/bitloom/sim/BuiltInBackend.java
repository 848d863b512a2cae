package org.bitloom.sim;

import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.sim.CheckFailedException;
import org.bitloom.hdl.sim.CompiledSimulator;

/** The built-in simulator: runs the netlist from which the Verilog is written, compiled to bytecode, with no other tool. */
public final class BuiltInBackend implements SimulatorBackend {
    private final Design design;

    public BuiltInBackend(Design design) {
        this.design = design;
    }

    @Override
    public String name() {
        return "built-in";
    }

    @Override
    public Trace run(RtlDesign rtl, Stimulus stimulus, Progress progress) {
        try {
            return StreamDriver.run(
                    rtl,
                    new BuiltInSimulation(CompiledSimulator.compile(design, stimulus.seed()), rtl),
                    stimulus,
                    progress);
        } catch (CheckFailedException e) {
            throw new SimulationException("design " + rtl.top() + ": " + e.getMessage());
        }
    }
}
