package org.bitloom.readme;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.sim.CompiledSimulator;
import org.bitloom.hdl.sim.Simulation;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.hdl.verilog.VerilogWriter;

final class NeuronExample {
    private NeuronExample() {}

    static Design run(Path folder, PrintStream out) throws IOException {
        // example
        var config = new XnorNeuron.Config(8, List.of(0b1011_0010, 0b0110_1101, 0b1111_1111), 20);
        Design design = Elaborator.elaborate("neuron", XnorNeuron::new, config);
        VerilogWriter.write(design, Family.XILINX7).writeTo(folder);

        Simulation neuron = CompiledSimulator.compile(design, 1);
        neuron.reset(true);
        neuron.clock();
        neuron.reset(false);
        neuron.set(0, 1); // activations_valid
        neuron.set(2, 1); // fires_ready
        for (int word : List.of(0b1011_0010, 0b0110_1101, 0b1111_0000)) {
            neuron.set(1, word); // activations_data: 8, 8 and 4 inputs agree
            neuron.clock();
        }
        out.println("valid " + neuron.get(1) + ", fires " + neuron.get(2) + " after cycle " + neuron.cycle());
        // end of example
        return design;
    }
}
