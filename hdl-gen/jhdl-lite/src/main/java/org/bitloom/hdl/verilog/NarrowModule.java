package org.bitloom.hdl.verilog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Check;
import org.bitloom.hdl.ir.Netlist.DelayDefinition;
import org.bitloom.hdl.ir.Netlist.InstanceDefinition;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Netlist.ReadPort;
import org.bitloom.hdl.ir.Netlist.RegisterDefinition;
import org.bitloom.hdl.ir.Netlist.WritePort;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node;

/**
 * One module, rebuilt with only what is needed. Each needed old node has a new node and the old bit that is the new
 * node's bit 0; a reader asks for old bits.
 */
final class NarrowModule {
    private static final int NONE = -1;

    private final Demand.Module need;
    private final Netlist old;
    private final Narrow narrow;
    private final Bits b = new Bits(new NetlistBuilder());
    private final int[] newIds;
    private final int[] bases;
    private final int[] outputIndex;
    private final int[] instanceIndex;
    private final int[] memoryIndex;
    private final List<Netlist> counters = new ArrayList<>();
    private final List<Integer> keptInputs = new ArrayList<>();
    private final Netlist netlist;

    NarrowModule(Demand.Module need, Narrow narrow) {
        this.need = need;
        this.old = need.netlist;
        this.narrow = narrow;
        newIds = filled(old.nodes().size());
        bases = new int[old.nodes().size()];
        outputIndex = filled(old.outputs().size());
        instanceIndex = filled(old.instances().size());
        memoryIndex = filled(old.memories().size());
        netlist = build();
    }

    Netlist netlist() {
        return netlist;
    }

    /** The counting modules that were instantiated, behind all instances of the module itself. */
    List<Netlist> counters() {
        return counters;
    }

    private static int[] filled(int size) {
        int[] all = new int[size];
        Arrays.fill(all, NONE);
        return all;
    }

    private Netlist build() {
        declare();
        for (int id = 0; id < newIds.length; id++) {
            if (need.isLive(id)) {
                visit(id);
            }
        }
        define();
        NetlistBuilder builder = b.builder();
        return builder.build(old.name(), old.summary(), old.parameters());
    }

    private void declare() {
        NetlistBuilder builder = b.builder();
        for (int i = 0; i < old.inputs().size(); i++) {
            Netlist.InputPort port = old.inputs().get(i);
            if (need.isLive(port.node())) {
                bases[port.node()] = need.low(port.node());
                newIds[port.node()] = builder.input(port.name(), width(port.node()));
                keptInputs.add(i);
            }
        }
        for (int i = 0; i < old.memories().size(); i++) {
            if (need.isMemoryLive(i)) {
                MemoryDefinition m = old.memories().get(i);
                int high = need.wordHigh(i);
                int low = need.wordLow(i);
                memoryIndex[i] = builder.memory(
                        m.name(), high - low + 1, m.depth(), m.style(), m.collision(),
                        m.contents().map(words -> narrow.cut(words, high, low)), m.external());
            }
        }
        for (int i = 0; i < old.instances().size(); i++) {
            if (need.isInstanceLive(i)) {
                instanceIndex[i] = builder.instance();
            }
        }
    }

    private int width(int node) {
        return need.high(node) - need.low(node) + 1;
    }

    /** Builds a node after its operands, without recursion: wires may lead far ahead. */
    private void visit(int root) {
        if (newIds[root] != NONE) {
            return;
        }
        ArrayDeque<Integer> stack = new ArrayDeque<>();
        stack.push(root);
        while (!stack.isEmpty()) {
            int id = stack.peek();
            if (newIds[id] != NONE) {
                stack.pop();
                continue;
            }
            int waiting = stack.size();
            Node node = old.node(id);
            if (node instanceof Node.Wire wire) {
                awaitOperand(old.wireDriver(wire.index()), stack);
            } else {
                for (int operand : node.operands()) {
                    awaitOperand(operand, stack);
                }
            }
            if (stack.size() == waiting) {
                stack.pop();
                rebuild(id, node);
                String name = old.names().get(id);
                if (name != null) {
                    b.nameOnce(newIds[id], name);
                }
            }
        }
    }

    private void awaitOperand(int operand, ArrayDeque<Integer> stack) {
        if (need.isLive(operand) && newIds[operand] == NONE) {
            if (stack.size() > newIds.length) {
                throw new IllegalArgumentException("module " + old.name() + " has a combinational loop");
            }
            stack.push(operand);
        }
    }

    /** Old bits {@code high} down to {@code low} of an old node. */
    private int bits(int id, int high, int low) {
        return b.slice(newIds[id], high - bases[id], low - bases[id]);
    }

    private int all(int id) {
        return bits(id, old.node(id).width() - 1, 0);
    }

    /** The lowest bits of a node, at most as many as it has. */
    private int lowest(int id, int count) {
        return bits(id, Math.min(count, old.node(id).width()) - 1, 0);
    }

    private int enable(int id) {
        return id == Netlist.ALWAYS ? Netlist.ALWAYS : all(id);
    }

    private void set(int id, int newId, int base) {
        newIds[id] = newId;
        bases[id] = base;
    }

    private void rebuild(int id, Node node) {
        NetlistBuilder builder = b.builder();
        int low = need.low(id);
        int high = need.high(id);
        switch (node) {
            case Node.Input _ -> throw new IllegalStateException("input declared before");
            case Node.Constant n -> set(id, builder.constant(n.value().slice(high, low)), low);
            case Node.Wire n -> {
                int driver = old.wireDriver(n.index());
                set(id, newIds[driver], bases[driver]);
            }
            case Node.Register _ -> set(id, builder.register(high - low + 1), low);
            case Node.Delayed _ -> set(id, builder.delay(high - low + 1), low);
            case Node.MemoryRead n -> set(id, builder.memoryRead(memoryIndex[n.memory()]), need.wordLow(n.memory()));
            case Node.InstanceOutput n -> {
                NarrowModule child = narrow.module(old.instances().get(n.instance()).module());
                int port = child.outputIndex[n.port()];
                int width = child.netlist.outputs().get(port).width();
                set(id, builder.instanceOutput(instanceIndex[n.instance()], port, width), child.need.outputLow(n.port()));
            }
            case Node.Not n -> set(id, builder.not(bits(n.operand(), high, low)), low);
            case Node.Bitwise n ->
                set(id, b.bitwise(n.operator(), bits(n.left(), high, low), bits(n.right(), high, low)), low);
            case Node.Mux n ->
                set(id, b.mux(all(n.condition()), bits(n.whenTrue(), high, low), bits(n.whenFalse(), high, low)), low);
            case Node.Select n -> {
                List<Integer> values = new ArrayList<>(n.values().size());
                n.values().forEach(value -> values.add(bits(value, high, low)));
                set(id, b.select(all(n.index()), values), low);
            }
            case Node.Slice n -> set(id, bits(n.operand(), n.low() + high, n.low() + low), low);
            case Node.Concat n -> set(id, concat(n, high, low), low);
            case Node.Extend n -> set(id, extend(n, high, low), low);
            case Node.Add n -> set(id, b.add(bits(n.left(), high, 0), bits(n.right(), high, 0)), 0);
            case Node.Subtract n -> set(id, b.subtract(bits(n.left(), high, 0), bits(n.right(), high, 0)), 0);
            case Node.Multiply n -> set(id, multiply(n, high), 0);
            case Node.Sum n -> {
                List<Integer> terms = new ArrayList<>(n.terms().size());
                n.terms().forEach(term -> terms.add(lowest(term, high + 1)));
                set(id, builder.sum(n.signed(), high + 1, terms), 0);
            }
            case Node.Shift n -> {
                boolean left = n.kind() == Node.ShiftKind.LEFT;
                int operand = left ? bits(n.operand(), high, 0) : all(n.operand());
                set(id, builder.shift(n.kind(), operand, all(n.amount())), 0);
            }
            case Node.Reduce n -> set(id, builder.reduce(n.reduction(), all(n.operand())), 0);
            case Node.Equal n -> set(id, b.equal(all(n.left()), all(n.right())), 0);
            case Node.Less n -> set(id, builder.less(n.signed(), all(n.left()), all(n.right())), 0);
            case Node.PopCount n -> set(id, narrow.counts().count(b, all(n.operand()), counters), 0);
        }
    }

    /** The product's low bits depend on the operands' low bits alone. */
    private int multiply(Node.Multiply node, int high) {
        int left = lowest(node.left(), high + 1);
        int right = lowest(node.right(), high + 1);
        return b.builder().multiply(node.signed(), left, right);
    }

    private int concat(Node.Concat node, int high, int low) {
        List<Integer> parts = new ArrayList<>(node.parts().size());
        int base = node.width();
        for (int part : node.parts()) {
            int width = old.node(part).width();
            base -= width;
            int partHigh = Math.min(high - base, width - 1);
            int partLow = Math.max(low - base, 0);
            if (partHigh >= partLow) {
                parts.add(bits(part, partHigh, partLow));
            }
        }
        return b.concat(parts);
    }

    private int extend(Node.Extend node, int high, int low) {
        int top = old.node(node.operand()).width() - 1;
        int width = high - low + 1;
        if (low > top && !node.signed()) {
            return b.builder().constant(BitVector.zero(width));
        }
        int kept = bits(node.operand(), Math.min(high, top), Math.min(low, top));
        return b.builder().extend(node.signed(), kept, width);
    }

    private void define() {
        NetlistBuilder builder = b.builder();
        for (RegisterDefinition r : old.registers()) {
            if (need.isLive(r.node())) {
                int high = need.high(r.node());
                int low = need.low(r.node());
                Optional<BitVector> reset = r.reset().map(value -> value.slice(high, low));
                builder.defineRegister(
                        newIds[r.node()], r.name(), bits(r.next(), high, low), enable(r.enable()), reset);
            }
        }
        for (DelayDefinition d : old.delays()) {
            if (need.isLive(d.node())) {
                int input = bits(d.input(), need.high(d.node()), need.low(d.node()));
                builder.defineDelay(newIds[d.node()], d.name(), input, enable(d.enable()), d.cycles());
            }
        }
        for (int i = 0; i < old.memories().size(); i++) {
            if (need.isMemoryLive(i)) {
                defineMemory(i, old.memories().get(i));
            }
        }
        for (int i = 0; i < old.instances().size(); i++) {
            if (need.isInstanceLive(i)) {
                InstanceDefinition instance = old.instances().get(i);
                builder.defineInstance(
                        instanceIndex[i], instance.name(), narrow.module(instance.module()).netlist, drivers(instance));
            }
        }
        for (int i = 0; i < old.outputs().size(); i++) {
            if (need.isOutputLive(i)) {
                Netlist.OutputPort port = old.outputs().get(i);
                int driver = bits(port.driver(), need.outputHigh(i), need.outputLow(i));
                outputIndex[i] = builder.output(port.name(), driver);
            }
        }
        for (Check check : old.checks()) {
            builder.check(new Check(check.kind(), all(check.condition()), check.message(), check.location()));
        }
    }

    private void defineMemory(int index, MemoryDefinition memory) {
        NetlistBuilder builder = b.builder();
        for (ReadPort read : memory.reads()) {
            if (need.isLive(read.node())) {
                builder.defineRead(newIds[read.node()], all(read.address()), read.clocked(), enable(read.enable()));
            }
        }
        for (WritePort write : memory.writes()) {
            int data = bits(write.data(), need.wordHigh(index), need.wordLow(index));
            builder.memoryWrite(memoryIndex[index], all(write.address()), data, enable(write.enable()));
        }
    }

    private List<Integer> drivers(InstanceDefinition instance) {
        NarrowModule child = narrow.module(instance.module());
        List<Integer> drivers = new ArrayList<>();
        for (int port : child.keptInputs) {
            int node = child.old.inputs().get(port).node();
            drivers.add(bits(instance.inputs().get(port), child.need.high(node), child.need.low(node)));
        }
        return drivers;
    }
}
