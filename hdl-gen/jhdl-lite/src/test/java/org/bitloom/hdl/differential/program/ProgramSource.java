package org.bitloom.hdl.differential.program;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.differential.Choices;
import org.bitloom.hdl.differential.Profile;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;

/** A random program as a design of the front end, and what the evaluator says that comes out of it. */
public final class ProgramSource {
    private ProgramSource() {}

    /** A program and the design that the front end made of it. */
    public record Elaborated(Program program, Design design) {
        /** The outputs before each clock edge. */
        public List<List<BitVector>> run(List<Boolean> resets, List<List<BitVector>> inputs) {
            int[] cycle = {0};
            ProgramEvaluator evaluator = new ProgramEvaluator(
                    program,
                    List.of(),
                    port -> ProgramEvaluator.number(
                            program.inputs().get(port).kind(), inputs.get(cycle[0]).get(port)));
            List<List<BitVector>> seen = new ArrayList<>();
            for (; cycle[0] < inputs.size(); cycle[0]++) {
                evaluator.forget();
                List<BitVector> values = new ArrayList<>();
                for (int port = 0; port < program.outputs().size(); port++) {
                    values.add(evaluator.output(port));
                }
                seen.add(List.copyOf(values));
                evaluator.clock(resets.get(cycle[0]));
            }
            return List.copyOf(seen);
        }

        public String text() {
            return String.join("\n", program.lines());
        }
    }

    public static Elaborated generate(Choices choices, Profile profile, String name) {
        Program program = ProgramGenerator.generate(choices, profile);
        return new Elaborated(program, Elaborator.elaborate(name, ProgramComponent::new, program));
    }
}
