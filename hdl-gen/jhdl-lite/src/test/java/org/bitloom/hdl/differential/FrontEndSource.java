package org.bitloom.hdl.differential;

import org.bitloom.hdl.differential.program.ProgramSource;
import org.bitloom.hdl.differential.program.ProgramSource.Elaborated;

/** Components that follow a random program; the evaluator of the program says what shall come out. */
final class FrontEndSource implements Differential.Source {
    private static final int CYCLES = 60;

    @Override
    public String name() {
        return "frontend";
    }

    @Override
    public Trial trial(Choices choices, Profile profile, String top, long seed) {
        Elaborated elaborated = ProgramSource.generate(choices, profile, top);
        return Trial.of(elaborated.design(), seed, CYCLES, elaborated::run, elaborated::text);
    }
}
