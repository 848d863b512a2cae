package org.bitloom.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Check;
import org.bitloom.hdl.ir.Netlist.Collision;
import org.bitloom.hdl.ir.Netlist.DelayDefinition;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Netlist.ReadPort;
import org.bitloom.hdl.ir.Netlist.RegisterDefinition;
import org.bitloom.hdl.ir.Netlist.WritePort;
import org.bitloom.hdl.ir.Node;
import org.bitloom.hdl.ir.Occurrence;
import org.bitloom.hdl.ir.Semantics;
import org.bitloom.hdl.sim.Interpreter.Cell;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence in the {@link Interpreter}: its state, and the values of its nodes as they were computed last. An
 * output of an instance is the value that drives it inside; an input is the value that drives it outside.
 */
final class InterpretedOccurrence {
    private final Netlist module;
    private final String path;
    private final @Nullable InterpretedOccurrence parent;
    private final int indexInParent;
    private final BitVector[] topInputs;
    private final List<InterpretedOccurrence> children = new ArrayList<>();
    private final BitSet ordered = new BitSet();
    private final BitVector[] values;
    private final BitVector[] registers;
    private final BitVector[][] words;
    private final BitVector[][] readWords;
    /** For each delay line what it holds, the newest first. */
    private final BitVector[][] delays;

    InterpretedOccurrence(
            Occurrence occurrence,
            String path,
            @Nullable InterpretedOccurrence parent,
            int indexInParent,
            PowerUp powerUp,
            BitVector[] topInputs) {
        this.module = occurrence.module();
        this.path = path;
        this.parent = parent;
        this.indexInParent = indexInParent;
        this.topInputs = topInputs;
        this.values = new BitVector[module.nodes().size()];
        this.registers = module.registers().stream()
                .map(register -> powerUp.register(path, register))
                .toArray(BitVector[]::new);
        this.words = new BitVector[module.memories().size()][];
        this.readWords = new BitVector[words.length][];
        for (int m = 0; m < words.length; m++) {
            MemoryDefinition memory = module.memories().get(m);
            words[m] = new BitVector[memory.depth()];
            for (int address = 0; address < memory.depth(); address++) {
                words[m][address] = powerUp.word(path, memory, occurrence.contents().get(m), address);
            }
            readWords[m] = new BitVector[memory.reads().size()];
            for (int port = 0; port < readWords[m].length; port++) {
                readWords[m][port] = powerUp.read(path, memory, port);
            }
        }
        this.delays = new BitVector[module.delays().size()][];
        for (int d = 0; d < delays.length; d++) {
            DelayDefinition delay = module.delays().get(d);
            delays[d] = new BitVector[delay.cycles()];
            for (int age = 1; age <= delay.cycles(); age++) {
                delays[d][age - 1] = powerUp.delayed(path, delay, age);
            }
        }
        for (int i = 0; i < module.instances().size(); i++) {
            String childPath = PowerUp.child(path, module.instances().get(i).name());
            children.add(
                    new InterpretedOccurrence(occurrence.children().get(i), childPath, this, i, powerUp, topInputs));
        }
    }

    Netlist module() {
        return module;
    }

    /** This and all below, parents before their children. */
    List<InterpretedOccurrence> withDescendants() {
        List<InterpretedOccurrence> all = new ArrayList<>(List.of(this));
        children.forEach(child -> all.addAll(child.withDescendants()));
        return all;
    }

    boolean isOrdered(int node) {
        return ordered.get(node);
    }

    /** Whether it was not before. */
    boolean setOrdered(int node) {
        boolean first = !ordered.get(node);
        ordered.set(node);
        return first;
    }

    /** What the value of a node is computed from in the same cycle, across the borders of modules. */
    List<Cell> dependencies(int id) {
        return switch (module.node(id)) {
            case Node.Input n -> parent == null ? List.of() : List.of(new Cell(parent, outerDriver(n.port())));
            case Node.Wire n -> List.of(new Cell(this, module.wireDriver(n.index())));
            case Node.MemoryRead n -> {
                ReadPort port = module.memories().get(n.memory()).reads().get(n.port());
                yield port.clocked() ? List.of() : List.of(new Cell(this, port.address()));
            }
            case Node.InstanceOutput n -> {
                InterpretedOccurrence child = children.get(n.instance());
                yield List.of(new Cell(child, child.module.outputs().get(n.port()).driver()));
            }
            case Node node -> node.operands().stream().map(operand -> new Cell(this, operand)).toList();
        };
    }

    void compute(int id) {
        values[id] = switch (module.node(id)) {
            case Node.Input n -> parent == null ? topInputs[n.port()] : parent.values[outerDriver(n.port())];
            case Node.Wire n -> values[module.wireDriver(n.index())];
            case Node.Register n -> registers[n.index()];
            case Node.Delayed n -> delays[n.index()][delays[n.index()].length - 1];
            case Node.MemoryRead n -> {
                ReadPort port = module.memories().get(n.memory()).reads().get(n.port());
                yield port.clocked() ? readWords[n.memory()][n.port()] : word(n.memory(), port.address());
            }
            case Node.InstanceOutput n -> children.get(n.instance()).output(n.port());
            case Node node -> Semantics.evaluate(node, operand -> values[operand]);
        };
    }

    BitVector output(int port) {
        return values[module.outputs().get(port).driver()];
    }

    /** Throws for the first check that fails, here or below, with the values as they are before the edge. */
    void check(long cycle) {
        for (Check check : module.checks()) {
            if (!values[check.condition()].bit(0)) {
                throw CheckFailedException.assertion(path, cycle, check);
            }
        }
        module.memories().forEach(memory -> checkMemory(memory, cycle));
        children.forEach(child -> child.check(cycle));
    }

    /** Collects from the values as they are before the edge how the state changes at the edge, here and below. */
    void edge(boolean resetActive, List<Runnable> changes) {
        for (int i = 0; i < registers.length; i++) {
            int index = i;
            RegisterDefinition register = module.registers().get(i);
            if (resetActive && register.reset().isPresent()) {
                BitVector initial = register.reset().get();
                changes.add(() -> registers[index] = initial);
            } else if (enabled(register.enable())) {
                BitVector next = values[register.next()];
                changes.add(() -> registers[index] = next);
            }
        }
        for (int i = 0; i < delays.length; i++) {
            BitVector[] line = delays[i];
            DelayDefinition delay = module.delays().get(i);
            if (enabled(delay.enable())) {
                BitVector newest = values[delay.input()];
                changes.add(() -> {
                    System.arraycopy(line, 0, line, 1, line.length - 1);
                    line[0] = newest;
                });
            }
        }
        for (int i = 0; i < words.length; i++) {
            memoryEdge(i, changes);
        }
        children.forEach(child -> child.edge(resetActive, changes));
    }

    /** A read takes the word as it was before the edge; of several writes to a word the last one stays. */
    private void memoryEdge(int index, List<Runnable> changes) {
        MemoryDefinition memory = module.memories().get(index);
        for (int i = 0; i < memory.reads().size(); i++) {
            int port = i;
            ReadPort read = memory.reads().get(i);
            if (read.clocked() && enabled(read.enable())) {
                BitVector before = word(index, read.address());
                changes.add(() -> readWords[index][port] = before);
            }
        }
        for (WritePort write : memory.writes()) {
            if (enabled(write.enable()) && !beyond(memory, write.address())) {
                int address = address(write.address()).intValueExact();
                BitVector data = values[write.data()];
                changes.add(() -> words[index][address] = data);
            }
        }
    }

    private void checkMemory(MemoryDefinition memory, long cycle) {
        for (WritePort write : memory.writes()) {
            if (enabled(write.enable()) && beyond(memory, write.address())) {
                throw CheckFailedException.beyondDepth(
                        path, cycle, memory, true, address(write.address()).toString());
            }
        }
        for (ReadPort read : memory.reads()) {
            if (enabled(read.enable()) && beyond(memory, read.address())) {
                throw CheckFailedException.beyondDepth(
                        path, cycle, memory, false, address(read.address()).toString());
            }
        }
        if (memory.collision() == Collision.NEVER) {
            for (ReadPort read : memory.reads()) {
                if (memory.writes().stream().anyMatch(write -> collide(read, write))) {
                    throw CheckFailedException.collision(
                            path, cycle, memory, address(read.address()).toString());
                }
            }
        }
    }

    private boolean collide(ReadPort read, WritePort write) {
        return read.clocked()
                && enabled(read.enable())
                && enabled(write.enable())
                && address(read.address()).equals(address(write.address()));
    }

    /** The word of a memory at the present value of an address node; 0 beyond the depth. */
    private BitVector word(int memory, int address) {
        MemoryDefinition definition = module.memories().get(memory);
        return beyond(definition, address)
                ? BitVector.zero(definition.wordWidth())
                : words[memory][address(address).intValueExact()];
    }

    private boolean beyond(MemoryDefinition memory, int address) {
        return address(address).compareTo(BigInteger.valueOf(memory.depth())) >= 0;
    }

    private BigInteger address(int node) {
        return values[node].toUnsigned();
    }

    private boolean enabled(int enable) {
        return enable == Netlist.ALWAYS || values[enable].bit(0);
    }

    private int outerDriver(int port) {
        if (parent == null) {
            throw new IllegalStateException("the top has no outer drivers");
        }
        return parent.module.instances().get(indexInParent).inputs().get(port);
    }
}
