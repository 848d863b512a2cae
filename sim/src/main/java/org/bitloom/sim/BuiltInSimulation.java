package org.bitloom.sim;

import java.util.List;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.sim.Simulation;

/** A running {@link Simulation} as a design that is clocked from Java, by the names of its streams' ports. */
final class BuiltInSimulation implements ClockedDesign {
    private final Simulation simulation;
    private final int inputValid;
    private final int inputData;
    private final int outputReady;
    private final int inputReady;
    private final int outputValid;
    private final int outputData;

    BuiltInSimulation(Simulation simulation, RtlDesign design) {
        this.simulation = simulation;
        Netlist top = simulation.design().top().module();
        List<String> inputs = top.inputs().stream().map(Netlist.InputPort::name).toList();
        List<String> outputs = top.outputs().stream().map(Netlist.OutputPort::name).toList();
        this.inputValid = inputs.indexOf(design.input().valid());
        this.inputData = inputs.indexOf(design.input().data());
        this.outputReady = inputs.indexOf(design.output().ready());
        this.inputReady = outputs.indexOf(design.input().ready());
        this.outputValid = outputs.indexOf(design.output().valid());
        this.outputData = outputs.indexOf(design.output().data());
    }

    @Override
    public void reset(boolean asserted) {
        simulation.reset(asserted);
    }

    @Override
    public void input(boolean valid, long[] limbs, int offset) {
        simulation.set(inputValid, valid ? 1 : 0);
        simulation.set(inputData, limbs, offset);
    }

    @Override
    public void outputReady(boolean ready) {
        simulation.set(outputReady, ready ? 1 : 0);
    }

    @Override
    public void settle() {
        // Outputs follow inputs when they are read.
    }

    @Override
    public boolean inputReady() {
        return simulation.get(inputReady) != 0;
    }

    @Override
    public boolean outputValid() {
        return simulation.get(outputValid) != 0;
    }

    @Override
    public void outputData(long[] limbs, int offset) {
        simulation.get(outputData, limbs, offset);
    }

    @Override
    public void clock() {
        simulation.clock();
    }
}
