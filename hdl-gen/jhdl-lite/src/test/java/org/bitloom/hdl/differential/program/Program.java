package org.bitloom.hdl.differential.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;

/**
 * A component as data. Variables are what expressions read: inputs, wires, registers, outputs of instances, delayed
 * values and words of memories, in the order of their declaration. Targets are what statements assign to.
 *
 * @param name    tells programs apart
 * @param outputs for each output port the variables that it shows, side by side
 */
record Program(
        String name,
        List<Variable> variables,
        List<Target> targets,
        List<MemoryDeclaration> memories,
        List<InstanceDeclaration> instances,
        List<Statement> body,
        List<List<Integer>> outputs) {
    Program {
        variables = List.copyOf(variables);
        targets = List.copyOf(targets);
        memories = List.copyOf(memories);
        instances = List.copyOf(instances);
        body = List.copyOf(body);
        outputs = List.copyOf(outputs);
    }

    /** @param level a target of the same cycle may be computed from it where the target's rank is at least this */
    record Variable(Source source, Kind kind, int width, int level) {}

    sealed interface Source {
        record Input() implements Source {}

        /** The value of a wire, the present value of a register. */
        record OfTarget(int target) implements Source {}

        record OfInstance(int instance, int port) implements Source {}

        record Delayed(Expression value, int cycles, Expression enable) implements Source {}

        /** @param enable absent: the word of the same cycle */
        record Word(int memory, Expression address, Optional<Expression> enable) implements Source {}
    }

    /** @param rank of a wire or instance input: its place in an order of computation; of a register meaningless */
    record Target(Role role, Kind kind, int width, int rank) {}

    sealed interface Role {
        record Wire() implements Role {}

        /** @param reset absent: not reset */
        record Register(Optional<Integer> reset) implements Role {}

        record InstanceInput(int instance, int port) implements Role {}
    }

    /** @param contents absent: they come with each instance */
    record MemoryDeclaration(boolean rom, Kind kind, int width, int depth, Optional<MemoryContents> contents) {}

    /** @param contents for each memory of the child without contents its words here */
    record InstanceDeclaration(Program child, List<MemoryContents> contents) {
        InstanceDeclaration {
            contents = List.copyOf(contents);
        }
    }

    List<Variable> inputs() {
        return variables.stream().filter(v -> v.source() instanceof Source.Input).toList();
    }

    /** The value of a register under reset. */
    static BitVector resetValue(int width, int number) {
        return BitVector.of(width, (long) number);
    }

    /** Short, for it becomes a comment in the Verilog. */
    @Override
    public String toString() {
        return name;
    }

    /** As lines of something like Java, those of the children first. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        instances.stream().map(InstanceDeclaration::child).distinct().forEach(child -> lines.addAll(child.lines()));
        lines.add("component " + name);
        for (int i = 0; i < targets.size(); i++) {
            lines.add("  t" + i + ": " + targets.get(i));
        }
        for (int i = 0; i < memories.size(); i++) {
            MemoryDeclaration memory = memories.get(i);
            lines.add("  m" + i + ": " + (memory.rom ? "rom " : "ram ") + memory.depth + " x " + memory.width);
        }
        for (int i = 0; i < variables.size(); i++) {
            lines.add("  v" + i + ": " + variables.get(i));
        }
        lines.addAll(Statement.lines(body, "  "));
        lines.add("  outputs " + outputs);
        return lines;
    }
}
