package org.bitloom.hdl.ir;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One elaborated module. Immutable. Nodes are referred to by their index in {@link #nodes()}; each signal has one
 * driver; the only cycles lead through registers, memories with a clocked read, or delay lines (checked before a netlist
 * is made). Modules have an implicit clock and, where a register asks for it, an implicit synchronous reset.
 *
 * @param name        name of the module, unique in its design, a legal identifier
 * @param summary     first sentence of the component's class comment, or empty
 * @param parameters  the configuration it was elaborated for, whose text stands in the Verilog; empty text where none is
 * @param inputs      input ports, in the order in which they were declared
 * @param outputs     output ports, likewise
 * @param nodes       all nodes; operands other than wires come before their users
 * @param names       for each node its name, unique in the module, or null where nobody named it
 * @param wireDrivers for each wire the node that drives it
 */
public record Netlist(
        String name,
        String summary,
        Object parameters,
        List<InputPort> inputs,
        List<OutputPort> outputs,
        List<Node> nodes,
        List<@Nullable String> names,
        List<Integer> wireDrivers,
        List<RegisterDefinition> registers,
        List<MemoryDefinition> memories,
        List<DelayDefinition> delays,
        List<InstanceDefinition> instances,
        List<Check> checks) {

    /** "Always enabled", as the id of an enable. */
    public static final int ALWAYS = -1;

    public Netlist {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        nodes = List.copyOf(nodes);
        names = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(names));
        wireDrivers = List.copyOf(wireDrivers);
        registers = List.copyOf(registers);
        memories = List.copyOf(memories);
        delays = List.copyOf(delays);
        instances = List.copyOf(instances);
        checks = List.copyOf(checks);
    }

    /** @param node id of the port's {@link Node.Input} */
    public record InputPort(String name, int width, int node) {}

    /** @param driver id of the node that drives the port */
    public record OutputPort(String name, int width, int driver) {}

    /**
     * At a rising clock edge: under reset the initial value, if there is one; otherwise, where enabled, the next value.
     *
     * @param node   id of the {@link Node.Register}
     * @param next   id of the next value
     * @param enable id of a bit, or {@link #ALWAYS}
     * @param reset  value under reset; absent: the register is not reset and starts with an unknown value
     */
    public record RegisterDefinition(String name, int width, int node, int next, int enable, Optional<BitVector> reset) {}

    /** How a memory shall be built. AUTOMATIC leaves it to the synthesizer. */
    public enum MemoryStyle {
        AUTOMATIC,
        BLOCK,
        DISTRIBUTED,
        REGISTERS,
        LARGE
    }

    /** What a clocked read shows when the same word is written at the same edge. */
    public enum Collision {
        /** The word before the write. */
        READ_OLD,
        /** Does not happen: the simulators report it, synthesis need not care. */
        NEVER
    }

    /**
     * A memory. An address beyond the depth is a mistake that the simulators report.
     *
     * @param contents initial words, known in the module; empty when there are none or they come with the instance
     * @param external the initial words belong to each occurrence, see {@link Occurrence#contents()}
     */
    public record MemoryDefinition(
            String name,
            int wordWidth,
            int depth,
            MemoryStyle style,
            Collision collision,
            Optional<MemoryContents> contents,
            boolean external,
            List<ReadPort> reads,
            List<WritePort> writes) {
        public MemoryDefinition {
            reads = List.copyOf(reads);
            writes = List.copyOf(writes);
        }

        public boolean isRom() {
            return writes.isEmpty();
        }
    }

    /**
     * @param node    id of the {@link Node.MemoryRead} that shows the word
     * @param clocked true: the word is taken at a clock edge where enabled and held otherwise; false: shown at once
     * @param enable  id of a bit or {@link #ALWAYS}; {@code ALWAYS} for a read that is not clocked
     */
    public record ReadPort(int node, int address, boolean clocked, int enable) {}

    /** A clocked write; later ports win over earlier ones. */
    public record WritePort(int address, int data, int enable) {}

    /**
     * The input of {@code cycles} enabled clock edges ago; no reset.
     *
     * @param cycles at least 1
     */
    public record DelayDefinition(String name, int width, int node, int input, int enable, int cycles) {}

    /** @param inputs for each input port of the module the id of the node that drives it */
    public record InstanceDefinition(String name, Netlist module, List<Integer> inputs) {
        public InstanceDefinition {
            inputs = List.copyOf(inputs);
        }
    }

    public enum CheckKind {
        /** Must hold at each rising clock edge outside reset. */
        ASSERT,
        /** The environment is bound to make it hold; simulators treat it like an assertion. */
        ASSUME
    }

    /** @param condition id of a bit that must be 1 at each rising clock edge while reset is not active */
    public record Check(CheckKind kind, int condition, String message, @Nullable SourceLocation location) {}

    public Node node(int id) {
        return nodes.get(id);
    }

    public int wireDriver(int wire) {
        return wireDrivers.get(wire);
    }

    /** Whether anything in here or below is clocked. */
    public boolean usesClock() {
        return !registers.isEmpty()
                || !delays.isEmpty()
                || memories.stream().anyMatch(m -> !m.writes().isEmpty() || m.reads().stream().anyMatch(ReadPort::clocked))
                || instances.stream().anyMatch(i -> i.module().usesClock());
    }

    /** Whether anything in here or below is reset. */
    public boolean usesReset() {
        return registers.stream().anyMatch(r -> r.reset().isPresent())
                || instances.stream().anyMatch(i -> i.module().usesReset());
    }
}
