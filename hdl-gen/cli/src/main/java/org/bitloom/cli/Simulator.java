package org.bitloom.cli;

import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.sim.BuiltInBackend;
import org.bitloom.sim.IcarusBackend;
import org.bitloom.sim.SimulatorBackend;
import org.bitloom.sim.VerilatorBackend;

/** The names that {@code --simulator} takes. */
enum Simulator {
    BUILT_IN("built-in"),
    VERILATOR("verilator"),
    ICARUS("icarus");

    private final String text;

    Simulator(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    static Simulator of(String text) {
        for (Simulator simulator : values()) {
            if (simulator.text.equalsIgnoreCase(text)) {
                return simulator;
            }
        }
        throw CommandException.badInput(
                "--simulator %s: there is built-in, verilator and icarus.".formatted(text));
    }

    SimulatorBackend backend(GeneratedDesign design) {
        return switch (this) {
            case BUILT_IN -> new BuiltInBackend(design.hardware());
            case VERILATOR -> new VerilatorBackend();
            case ICARUS -> new IcarusBackend();
        };
    }
}
