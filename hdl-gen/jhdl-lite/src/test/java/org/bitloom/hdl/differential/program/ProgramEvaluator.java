package org.bitloom.hdl.differential.program;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.bitloom.hdl.differential.program.Program.InstanceDeclaration;
import org.bitloom.hdl.differential.program.Program.MemoryDeclaration;
import org.bitloom.hdl.differential.program.Program.Role;
import org.bitloom.hdl.differential.program.Program.Source;
import org.bitloom.hdl.differential.program.Program.Target;
import org.bitloom.hdl.differential.program.Program.Variable;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;

/**
 * Runs a program: a wire is found by running all statements and keeping its last assignment, at a clock edge each
 * register likewise. Values are integers, signed ones negative. State that nothing defines starts as 0.
 */
final class ProgramEvaluator {
    private final Program program;
    /** The value of an input, by its variable. */
    private final IntFunction<BigInteger> inputs;
    private final List<ProgramEvaluator> children = new ArrayList<>();
    private final BigInteger[] registers;
    private final BigInteger[][] words;
    /** For each variable that is delayed or a clocked word what it holds, the newest first. */
    private final Map<Integer, List<BigInteger>> held = new HashMap<>();
    private final Map<Integer, BigInteger> known = new HashMap<>();
    private final ExpressionEvaluator expressions = new ExpressionEvaluator(this::variable);

    ProgramEvaluator(Program program, List<MemoryContents> external, IntFunction<BigInteger> inputs) {
        this.program = program;
        this.inputs = inputs;
        registers = new BigInteger[program.targets().size()];
        for (int i = 0; i < registers.length; i++) {
            Target target = program.targets().get(i);
            registers[i] = target.role() instanceof Role.Register r && r.reset().isPresent()
                    ? number(target.kind(), Program.resetValue(target.width(), r.reset().get()))
                    : BigInteger.ZERO;
        }
        words = new BigInteger[program.memories().size()][];
        int nextExternal = 0;
        for (int m = 0; m < words.length; m++) {
            MemoryDeclaration memory = program.memories().get(m);
            MemoryContents contents =
                    memory.contents().isPresent() ? memory.contents().get() : external.get(nextExternal++);
            words[m] = new BigInteger[memory.depth()];
            for (int address = 0; address < memory.depth(); address++) {
                words[m][address] = number(memory.kind(), contents.word(address));
            }
        }
        for (int v = 0; v < program.variables().size(); v++) {
            switch (program.variables().get(v).source()) {
                case Source.Delayed d -> held.put(
                        v, new ArrayList<>(Collections.nCopies(d.cycles(), BigInteger.ZERO)));
                case Source.Word w when w.enable().isPresent() ->
                    held.put(v, new ArrayList<>(List.of(BigInteger.ZERO)));
                default -> {}
            }
        }
        for (int i = 0; i < program.instances().size(); i++) {
            int instance = i;
            InstanceDeclaration declaration = program.instances().get(i);
            children.add(new ProgramEvaluator(
                    declaration.child(), declaration.contents(), port -> target(instanceInput(instance, port))));
        }
    }

    /** The number that bits are. */
    static BigInteger number(Kind kind, BitVector bits) {
        return kind == Kind.SINT ? bits.toSigned() : bits.toUnsigned();
    }

    /** What an output port shows now. */
    BitVector output(int port) {
        BigInteger bits = BigInteger.ZERO;
        int width = 0;
        for (int variable : program.outputs().get(port)) {
            int own = program.variables().get(variable).width();
            bits = bits.shiftLeft(own).or(BitVector.of(own, variable(variable)).toUnsigned());
            width += own;
        }
        return BitVector.of(width, bits);
    }

    /** The inputs have changed. */
    void forget() {
        known.clear();
        children.forEach(ProgramEvaluator::forget);
    }

    void clock(boolean reset) {
        List<Runnable> changes = new ArrayList<>();
        edge(reset, changes);
        changes.forEach(Runnable::run);
        forget();
    }

    private void edge(boolean reset, List<Runnable> changes) {
        children.forEach(child -> child.edge(reset, changes));
        for (int i = 0; i < registers.length; i++) {
            int index = i;
            Target target = program.targets().get(i);
            if (target.role() instanceof Role.Register register) {
                BigInteger next = reset && register.reset().isPresent()
                        ? number(target.kind(), Program.resetValue(target.width(), register.reset().get()))
                        : assigned(program.body(), i, registers[i]);
                changes.add(() -> registers[index] = next);
            }
        }
        for (Map.Entry<Integer, List<BigInteger>> entry : held.entrySet()) {
            List<BigInteger> line = entry.getValue();
            switch (program.variables().get(entry.getKey()).source()) {
                case Source.Delayed d when isTrue(d.enable()) -> shift(line, expressions.of(d.value()), changes);
                case Source.Word w when isTrue(w.enable().orElseThrow()) -> shift(line, word(w), changes);
                default -> {}
            }
        }
        writes(program.body(), changes);
    }

    private static void shift(List<BigInteger> line, BigInteger newest, List<Runnable> changes) {
        changes.add(() -> {
            line.removeLast();
            line.addFirst(newest);
        });
    }

    private BigInteger variable(int index) {
        BigInteger value = known.get(index);
        if (value == null) {
            value = compute(index, program.variables().get(index));
            known.put(index, value);
        }
        return value;
    }

    private BigInteger compute(int index, Variable variable) {
        return switch (variable.source()) {
            case Source.Input _ -> inputs.apply(index);
            case Source.OfTarget t -> program.targets().get(t.target()).role() instanceof Role.Register
                    ? registers[t.target()]
                    : target(t.target());
            case Source.OfInstance o -> number(variable.kind(), children.get(o.instance()).output(o.port()));
            case Source.Delayed _ -> held.get(index).getLast();
            case Source.Word w -> w.enable().isPresent() ? held.get(index).getLast() : word(w);
        };
    }

    private BigInteger word(Source.Word word) {
        return words[word.memory()][expressions.of(word.address()).intValueExact()];
    }

    private int instanceInput(int instance, int port) {
        for (int i = 0; i < program.targets().size(); i++) {
            if (program.targets().get(i).role().equals(new Role.InstanceInput(instance, port))) {
                return i;
            }
        }
        throw new IllegalStateException("input " + port + " of instance " + instance + " is nowhere");
    }

    private BigInteger target(int target) {
        return assigned(program.body(), target, BigInteger.ZERO);
    }

    /** What a target is after these statements, if it was {@code before}. */
    private BigInteger assigned(List<Statement> statements, int target, BigInteger before) {
        BigInteger value = before;
        for (Statement statement : statements) {
            if (statement.assigns(target)) {
                value = statement instanceof Statement.Assign assign
                        ? expressions.of(assign.value())
                        : assigned(chosen(statement), target, value);
            }
        }
        return value;
    }

    /** The statements of the branch that runs. */
    private List<Statement> chosen(Statement statement) {
        int branch = 0;
        switch (statement) {
            case Statement.When when -> {
                while (branch < when.conditions().size() && !isTrue(when.conditions().get(branch))) {
                    branch++;
                }
            }
            case Statement.Select select -> {
                BigInteger index = expressions.of(select.index());
                while (branch < select.labels().size()
                        && !index.equals(BigInteger.valueOf(select.labels().get(branch)))) {
                    branch++;
                }
            }
            case Statement.Assign _, Statement.Write _, Statement.Claim _ -> throw new IllegalStateException();
        }
        return branch < statement.branches().size() ? statement.branches().get(branch) : List.of();
    }

    private void writes(List<Statement> statements, List<Runnable> changes) {
        for (Statement statement : statements) {
            if (statement instanceof Statement.Write write) {
                BigInteger data = expressions.of(write.data());
                int address = expressions.of(write.address()).intValueExact();
                changes.add(() -> words[write.memory()][address] = data);
            } else if (!statement.branches().isEmpty()) {
                writes(chosen(statement), changes);
            }
        }
    }

    private boolean isTrue(Expression condition) {
        return expressions.of(condition).signum() != 0;
    }
}
