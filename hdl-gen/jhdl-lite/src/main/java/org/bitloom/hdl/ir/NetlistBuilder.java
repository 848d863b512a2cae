package org.bitloom.hdl.ir;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.hdl.ir.Netlist.Check;
import org.bitloom.hdl.ir.Netlist.Collision;
import org.bitloom.hdl.ir.Netlist.DelayDefinition;
import org.bitloom.hdl.ir.Netlist.InputPort;
import org.bitloom.hdl.ir.Netlist.InstanceDefinition;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.ir.Netlist.OutputPort;
import org.bitloom.hdl.ir.Netlist.ReadPort;
import org.bitloom.hdl.ir.Netlist.RegisterDefinition;
import org.bitloom.hdl.ir.Netlist.WritePort;
import org.jspecify.annotations.Nullable;

/**
 * Builds one {@link Netlist}, node by node. Equal nodes are one node; operators on constants are constants; what is the
 * identity is not built. Widths must fit exactly, a mistake here is a mistake of the caller and an
 * {@link IllegalArgumentException}.
 */
public final class NetlistBuilder {
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Node, Integer> ids = new HashMap<>();
    private final List<@Nullable String> names = new ArrayList<>();
    private final List<InputPort> inputs = new ArrayList<>();
    private final List<OutputPort> outputs = new ArrayList<>();
    private final List<Integer> wireDrivers = new ArrayList<>();
    private final List<@Nullable RegisterDefinition> registers = new ArrayList<>();
    private final List<OpenMemory> memories = new ArrayList<>();
    private final List<@Nullable DelayDefinition> delays = new ArrayList<>();
    private final List<@Nullable InstanceDefinition> instances = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();

    /** A memory whose ports are still being added. */
    private record OpenMemory(
            String name,
            int wordWidth,
            int depth,
            MemoryStyle style,
            Collision collision,
            Optional<MemoryContents> contents,
            boolean external,
            List<@Nullable ReadPort> reads,
            List<WritePort> writes) {}

    public Node node(int id) {
        return nodes.get(id);
    }

    public int width(int id) {
        return nodes.get(id).width();
    }

    public int size() {
        return nodes.size();
    }

    /** The constant's value, if the node is one. */
    public Optional<BitVector> constantValue(int id) {
        return nodes.get(id) instanceof Node.Constant c ? Optional.of(c.value()) : Optional.empty();
    }

    public @Nullable String name(int id) {
        return names.get(id);
    }

    public void setName(int id, String name) {
        names.set(id, name);
    }

    // ---- leaves

    public int constant(BitVector value) {
        return add(new Node.Constant(value));
    }

    public int input(String name, int width) {
        int id = add(new Node.Input(inputs.size(), width));
        inputs.add(new InputPort(name, width, id));
        return id;
    }

    /** Gives an input port another name. */
    public void renameInput(int port, String name) {
        InputPort before = inputs.get(port);
        inputs.set(port, new InputPort(name, before.width(), before.node()));
    }

    /** Declares an output; {@code driver} may be a wire that is driven later. */
    public int output(String name, int driver) {
        outputs.add(new OutputPort(name, width(driver), driver));
        return outputs.size() - 1;
    }

    /** A wire that waits for {@link #driveWire}. */
    public int wire(int width) {
        int id = add(new Node.Wire(wireDrivers.size(), width));
        wireDrivers.add(-1);
        return id;
    }

    public void driveWire(int wire, int driver) {
        Node.Wire node = (Node.Wire) nodes.get(wire);
        same(node.width(), width(driver), "wire and driver");
        wireDrivers.set(node.index(), driver);
    }

    /** A register that waits for {@link #defineRegister}. */
    public int register(int width) {
        int id = add(new Node.Register(registers.size(), width));
        registers.add(null);
        return id;
    }

    public void defineRegister(int register, String name, int next, int enable, Optional<BitVector> reset) {
        Node.Register node = (Node.Register) nodes.get(register);
        same(node.width(), width(next), "register and next value");
        registers.set(node.index(), new RegisterDefinition(name, node.width(), register, next, enable, reset));
        names.set(register, name);
    }

    /** A delay line that waits for {@link #defineDelay}. */
    public int delay(int width) {
        int id = add(new Node.Delayed(delays.size(), width));
        delays.add(null);
        return id;
    }

    public void defineDelay(int delay, String name, int input, int enable, int cycles) {
        Node.Delayed node = (Node.Delayed) nodes.get(delay);
        same(node.width(), width(input), "delay line and input");
        delays.set(node.index(), new DelayDefinition(name, node.width(), delay, input, enable, cycles));
        names.set(delay, name);
    }

    /** Returns the index of the memory. */
    public int memory(
            String name,
            int wordWidth,
            int depth,
            MemoryStyle style,
            Collision collision,
            Optional<MemoryContents> contents,
            boolean external) {
        memories.add(new OpenMemory(
                name, wordWidth, depth, style, collision, contents, external, new ArrayList<>(), new ArrayList<>()));
        return memories.size() - 1;
    }

    /** Gives a memory the name, style and contents that only became known after its ports were made. */
    public void describeMemory(
            int memory,
            String name,
            MemoryStyle style,
            Collision collision,
            Optional<MemoryContents> contents,
            boolean external) {
        OpenMemory open = memories.get(memory);
        memories.set(
                memory,
                new OpenMemory(
                        name,
                        open.wordWidth,
                        open.depth,
                        style,
                        collision,
                        contents,
                        external,
                        open.reads,
                        open.writes));
    }

    /** The node that shows the word of a new read port, which waits for {@link #defineRead}. */
    public int memoryRead(int memory) {
        OpenMemory open = memories.get(memory);
        int id = add(new Node.MemoryRead(memory, open.reads.size(), open.wordWidth));
        open.reads.add(null);
        return id;
    }

    public void defineRead(int read, int address, boolean clocked, int enable) {
        Node.MemoryRead node = (Node.MemoryRead) nodes.get(read);
        memories.get(node.memory()).reads.set(node.port(), new ReadPort(read, address, clocked, enable));
    }

    public void memoryWrite(int memory, int address, int data, int enable) {
        same(memories.get(memory).wordWidth, width(data), "memory word and data");
        memories.get(memory).writes.add(new WritePort(address, data, enable));
    }

    /** Reserves an instance; its inputs follow with {@link #defineInstance}. Returns its index. */
    public int instance() {
        instances.add(null);
        return instances.size() - 1;
    }

    public void defineInstance(int instance, String name, Netlist module, List<Integer> drivers) {
        instances.set(instance, new InstanceDefinition(name, module, drivers));
    }

    public int instanceOutput(int instance, int port, int width) {
        return add(new Node.InstanceOutput(instance, port, width));
    }

    public void check(Check check) {
        checks.add(check);
    }

    // ---- operators

    public int not(int operand) {
        return nodes.get(operand) instanceof Node.Not inner ? inner.operand() : fold(new Node.Not(width(operand), operand));
    }

    public int bitwise(Node.BitOperator operator, int left, int right) {
        same(width(left), width(right), operator.name());
        int width = width(left);
        Optional<BitVector> l = constantValue(left);
        Optional<BitVector> r = constantValue(right);
        if (operator == Node.BitOperator.AND) {
            if (left == right || r.filter(BitVector::isAllOnes).isPresent() || l.filter(BitVector::isZero).isPresent()) {
                return left;
            }
            if (l.filter(BitVector::isAllOnes).isPresent() || r.filter(BitVector::isZero).isPresent()) {
                return right;
            }
        } else if (operator == Node.BitOperator.OR) {
            if (left == right || r.filter(BitVector::isZero).isPresent() || l.filter(BitVector::isAllOnes).isPresent()) {
                return left;
            }
            if (l.filter(BitVector::isZero).isPresent() || r.filter(BitVector::isAllOnes).isPresent()) {
                return right;
            }
        }
        return fold(new Node.Bitwise(operator, width, left, right));
    }

    public int reduce(Node.Reduction reduction, int operand) {
        return width(operand) == 1 ? operand : fold(new Node.Reduce(reduction, operand));
    }

    public int add(int left, int right) {
        same(width(left), width(right), "sum");
        return fold(new Node.Add(width(left), left, right));
    }

    public int subtract(int left, int right) {
        same(width(left), width(right), "difference");
        return fold(new Node.Subtract(width(left), left, right));
    }

    public int multiply(boolean signed, int left, int right) {
        return fold(new Node.Multiply(signed, width(left) + width(right), left, right));
    }

    public int equal(int left, int right) {
        same(width(left), width(right), "comparison");
        return left == right ? constant(BitVector.of(1, 1L)) : fold(new Node.Equal(left, right));
    }

    public int less(boolean signed, int left, int right) {
        same(width(left), width(right), "comparison");
        return left == right ? constant(BitVector.zero(1)) : fold(new Node.Less(signed, left, right));
    }

    public int mux(int condition, int whenTrue, int whenFalse) {
        same(1, width(condition), "condition");
        same(width(whenTrue), width(whenFalse), "alternatives");
        if (whenTrue == whenFalse) {
            return whenTrue;
        }
        Optional<BitVector> known = constantValue(condition);
        return known.isPresent()
                ? known.get().bit(0) ? whenTrue : whenFalse
                : add(new Node.Mux(width(whenTrue), condition, whenTrue, whenFalse));
    }

    /** A shift by a known amount is a choice of bits; Verilator refuses amounts of more than 32 bits that it knows. */
    public int shift(Node.ShiftKind kind, int operand, int amount) {
        Optional<BitVector> known = constantValue(amount);
        return known.isPresent()
                ? shiftBy(kind, operand, known.get().toUnsigned().min(BigInteger.valueOf(width(operand))).intValue())
                : add(new Node.Shift(kind, width(operand), operand, amount));
    }

    private int shiftBy(Node.ShiftKind kind, int operand, int amount) {
        int width = width(operand);
        boolean arithmetic = kind == Node.ShiftKind.RIGHT_ARITHMETIC;
        if (amount == 0) {
            return operand;
        }
        if (amount == width && !arithmetic) {
            return constant(BitVector.zero(width));
        }
        return kind == Node.ShiftKind.LEFT
                ? concat(List.of(slice(operand, width - 1 - amount, 0), constant(BitVector.zero(amount))))
                : extend(arithmetic, slice(operand, width - 1, Math.min(amount, width - 1)), width);
    }

    public int slice(int operand, int high, int low) {
        int width = width(operand);
        if (low < 0 || high < low || high >= width) {
            throw new IllegalArgumentException("bits " + high + ".." + low + " of " + width);
        }
        if (low == 0 && high == width - 1) {
            return operand;
        }
        return nodes.get(operand) instanceof Node.Slice inner
                ? slice(inner.operand(), high + inner.low(), low + inner.low())
                : fold(new Node.Slice(operand, high, low));
    }

    /** The most significant part first. */
    public int concat(List<Integer> parts) {
        return parts.size() == 1
                ? parts.getFirst()
                : fold(new Node.Concat(parts.stream().mapToInt(this::width).sum(), parts));
    }

    public int extend(boolean signed, int operand, int width) {
        if (width < width(operand)) {
            throw new IllegalArgumentException("extension of " + width(operand) + " bits to " + width);
        }
        if (width == width(operand)) {
            return operand;
        }
        // What is filled up with zeros is not negative; what is filled up with its sign keeps it.
        if (nodes.get(operand) instanceof Node.Extend inner && (!inner.signed() || signed)) {
            return extend(inner.signed(), inner.operand(), width);
        }
        return fold(new Node.Extend(signed, width, operand));
    }

    public int popCount(int operand) {
        int width = 32 - Integer.numberOfLeadingZeros(width(operand));
        return width(operand) == 1 ? operand : fold(new Node.PopCount(width, operand));
    }

    public int sum(boolean signed, int width, List<Integer> terms) {
        terms.forEach(term -> same(width(terms.getFirst()), width(term), "terms"));
        return terms.size() == 1
                ? extend(signed, terms.getFirst(), width)
                : fold(new Node.Sum(signed, width, terms));
    }

    public int select(int index, List<Integer> values) {
        values.forEach(value -> same(width(values.getFirst()), width(value), "selected values"));
        return values.size() == 1
                ? values.getFirst()
                : fold(new Node.Select(width(values.getFirst()), index, values));
    }

    /**
     * The finished netlist.
     *
     * @throws IllegalStateException where something declared was never defined
     */
    public Netlist build(String name, String summary, Object parameters) {
        return new Netlist(
                name,
                summary,
                parameters,
                inputs,
                outputs,
                nodes,
                names,
                wireDrivers.stream().map(d -> d < 0 ? NetlistBuilder.<Integer>undefined("wire") : d).toList(),
                registers.stream().map(r -> r == null ? NetlistBuilder.<RegisterDefinition>undefined("register") : r).toList(),
                memories.stream().map(NetlistBuilder::close).toList(),
                delays.stream().map(d -> d == null ? NetlistBuilder.<DelayDefinition>undefined("delay line") : d).toList(),
                instances.stream().map(i -> i == null ? NetlistBuilder.<InstanceDefinition>undefined("instance") : i).toList(),
                checks);
    }

    private static MemoryDefinition close(OpenMemory m) {
        List<ReadPort> reads = m.reads.stream()
                .map(r -> r == null ? NetlistBuilder.<ReadPort>undefined("read port of " + m.name) : r)
                .toList();
        return new MemoryDefinition(
                m.name, m.wordWidth, m.depth, m.style, m.collision, m.contents, m.external, reads, m.writes);
    }

    private static <T> T undefined(String what) {
        throw new IllegalStateException(what + " declared but never defined");
    }

    /** A constant where all operands are constants, else the node. */
    private int fold(Node node) {
        return node.operands().stream().allMatch(id -> nodes.get(id) instanceof Node.Constant)
                ? constant(Semantics.evaluate(node, id -> ((Node.Constant) nodes.get(id)).value()))
                : add(node);
    }

    private int add(Node node) {
        Integer known = ids.putIfAbsent(node, nodes.size());
        if (known != null) {
            return known;
        }
        nodes.add(node);
        names.add(null);
        return nodes.size() - 1;
    }

    private static void same(int expected, int actual, String what) {
        if (expected != actual) {
            throw new IllegalArgumentException(what + ": " + expected + " and " + actual + " bits");
        }
    }
}
