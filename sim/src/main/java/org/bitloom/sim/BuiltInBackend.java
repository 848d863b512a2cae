package org.bitloom.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.sim.CheckFailedException;
import org.bitloom.hdl.sim.CompiledSimulator;
import org.bitloom.hdl.sim.ObservedSimulation;
import org.bitloom.hdl.sim.Simulation;
import org.bitloom.hdl.sim.VcdWriter;

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
    public Trace run(RtlDesign rtl, Stimulus stimulus, Watch watch, Progress progress) {
        try {
            if (stimulus.vcd() == null && watch.isEmpty()) {
                return run(CompiledSimulator.compile(design, stimulus.seed()), rtl, stimulus, progress);
            }
            ObservedSimulation observed = CompiledSimulator.compileObserved(design, stimulus.seed());
            if (stimulus.vcd() == null) {
                return run(observed, observed, rtl, stimulus, watch, progress);
            }
            try (VcdWriter waves = VcdWriter.open(observed, stimulus.vcd())) {
                return run(waves, observed, rtl, stimulus, watch, progress);
            }
        } catch (CheckFailedException e) {
            throw new SimulationException("design " + rtl.top() + ": " + e.getMessage());
        } catch (IOException | UncheckedIOException e) {
            throw new SimulationException(
                    stimulus.vcd() + " cannot be written (" + e.getMessage() + "); choose another file for the waves");
        }
    }

    private static Trace run(Simulation simulation, RtlDesign rtl, Stimulus stimulus, Progress progress) {
        return StreamDriver.run(rtl, new BuiltInSimulation(simulation, rtl), stimulus, progress);
    }

    private static Trace run(
            Simulation simulation, ObservedSimulation inside, RtlDesign rtl, Stimulus stimulus, Watch watch,
            Progress progress) {
        BuiltInSimulation pins = new BuiltInSimulation(simulation, rtl);
        return StreamDriver.run(rtl, new WatchedSimulation(pins, inside, watch), stimulus, progress);
    }
}
