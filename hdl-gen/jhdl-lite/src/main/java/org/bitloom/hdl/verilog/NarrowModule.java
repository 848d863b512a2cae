package org.bitloom.hdl.verilog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * One module, rebuilt with only what is needed. The design itself and what the checks need beside it are two views of
 * the same ports and state, so that a check of a wide sum does not widen the design.
 */
final class NarrowModule {
    private static final int NONE = -1;

    private final Demand.Module need;
    private final Ranges ranges;
    private final Netlist old;
    private final Narrow narrow;
    private final Bits b = new Bits(new NetlistBuilder());
    private final NarrowView design;
    private final NarrowView checks;
    private final int[] leafIds;
    private final int[] outputIndex;
    private final int[] instanceIndex;
    private final int[] memoryIndex;
    private final List<Netlist> counters = new ArrayList<>();
    private final Map<Integer, Integer> counts = new HashMap<>();
    private final List<Integer> keptInputs = new ArrayList<>();
    private final Netlist netlist;

    NarrowModule(Demand.Module need, Narrow narrow) {
        this.need = need;
        this.old = need.netlist;
        this.narrow = narrow;
        ranges = need.ranges;
        leafIds = filled(old.nodes().size());
        outputIndex = filled(old.outputs().size());
        instanceIndex = filled(old.instances().size());
        memoryIndex = filled(old.memories().size());
        NarrowView.Leaves leaves = leaves();
        design = new NarrowView(old, need.design, NarrowView.nothing(old), leaves, b);
        checks = new NarrowView(old, need.checks, need.design, leaves, b);
        netlist = build();
    }

    Netlist netlist() {
        return netlist;
    }

    /** The counting modules that were instantiated, behind all instances of the module itself. */
    List<Netlist> counters() {
        return counters;
    }

    /** Is told of a port that is there, with the old bits that it has. */
    interface Ports {
        void port(String name, int high, int low);
    }

    void ports(Ports ports) {
        for (int i : keptInputs) {
            Netlist.InputPort port = old.inputs().get(i);
            ports.port(port.name(), ranges.high(port.node()), ranges.low(port.node()));
        }
        for (int i = 0; i < outputIndex.length; i++) {
            if (outputIndex[i] != NONE) {
                ports.port(old.outputs().get(i).name(), need.outputHigh(i), need.outputLow(i));
            }
        }
    }

    /** The place of an instance of the old module in the new one, or −1. */
    int instance(int old) {
        return instanceIndex[old];
    }

    private static int[] filled(int size) {
        int[] all = new int[size];
        Arrays.fill(all, NONE);
        return all;
    }

    private Netlist build() {
        declare();
        design.build();
        checks.build();
        define();
        NetlistBuilder builder = b.builder();
        return builder.build(old.name(), old.summary(), old.parameters());
    }

    private void declare() {
        NetlistBuilder builder = b.builder();
        for (int i = 0; i < old.inputs().size(); i++) {
            Netlist.InputPort port = old.inputs().get(i);
            if (ranges.isLive(port.node())) {
                leafIds[port.node()] = builder.input(port.name(), width(port.node()));
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
        return ranges.high(node) - ranges.low(node) + 1;
    }

    private NarrowView.Leaves leaves() {
        return new NarrowView.Leaves() {
            @Override
            public int node(int id) {
                if (leafIds[id] == NONE) {
                    leafIds[id] = leaf(id);
                }
                return leafIds[id];
            }

            @Override
            public int base(int id) {
                return switch (old.node(id)) {
                    case Node.MemoryRead n -> need.wordLow(n.memory());
                    case Node.InstanceOutput n ->
                        narrow.module(old.instances().get(n.instance()).module()).need.outputLow(n.port());
                    default -> ranges.low(id);
                };
            }

            @Override
            public int count(int operand) {
                return counts.computeIfAbsent(operand, _ -> narrow.counts().count(b, operand, counters));
            }
        };
    }

    private int leaf(int id) {
        NetlistBuilder builder = b.builder();
        return switch (old.node(id)) {
            case Node.Register _ -> builder.register(width(id));
            case Node.Delayed _ -> builder.delay(width(id));
            case Node.MemoryRead n -> builder.memoryRead(memoryIndex[n.memory()]);
            case Node.InstanceOutput n -> {
                NarrowModule child = narrow.module(old.instances().get(n.instance()).module());
                int port = child.outputIndex[n.port()];
                int width = child.netlist.outputs().get(port).width();
                yield builder.instanceOutput(instanceIndex[n.instance()], port, width);
            }
            default -> throw new IllegalStateException("declared before: " + old.node(id));
        };
    }

    private void define() {
        NetlistBuilder builder = b.builder();
        for (RegisterDefinition r : old.registers()) {
            if (leafIds[r.node()] != NONE) {
                int high = ranges.high(r.node());
                int low = ranges.low(r.node());
                NarrowView view = need.design.isLive(r.node()) ? design : checks;
                Optional<BitVector> reset = r.reset().map(value -> value.slice(high, low));
                builder.defineRegister(
                        leafIds[r.node()], r.name(), view.bits(r.next(), high, low), view.enable(r.enable()), reset);
            }
        }
        for (DelayDefinition d : old.delays()) {
            if (leafIds[d.node()] != NONE) {
                int input = design.bits(d.input(), ranges.high(d.node()), ranges.low(d.node()));
                builder.defineDelay(leafIds[d.node()], d.name(), input, design.enable(d.enable()), d.cycles());
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
                int driver = design.bits(port.driver(), need.outputHigh(i), need.outputLow(i));
                outputIndex[i] = builder.output(port.name(), driver);
            }
        }
        for (Check check : old.checks()) {
            builder.check(new Check(check.kind(), checks.all(check.condition()), check.message(), check.location()));
        }
    }

    private void defineMemory(int index, MemoryDefinition memory) {
        NetlistBuilder builder = b.builder();
        for (ReadPort read : memory.reads()) {
            if (leafIds[read.node()] != NONE) {
                builder.defineRead(
                        leafIds[read.node()],
                        design.all(read.address()),
                        read.clocked(),
                        design.enable(read.enable()));
            }
        }
        for (WritePort write : memory.writes()) {
            int data = design.bits(write.data(), need.wordHigh(index), need.wordLow(index));
            builder.memoryWrite(memoryIndex[index], design.all(write.address()), data, design.enable(write.enable()));
        }
    }

    private List<Integer> drivers(InstanceDefinition instance) {
        NarrowModule child = narrow.module(instance.module());
        List<Integer> drivers = new ArrayList<>();
        for (int port : child.keptInputs) {
            int node = child.old.inputs().get(port).node();
            drivers.add(design.bits(instance.inputs().get(port), child.ranges.high(node), child.ranges.low(node)));
        }
        return drivers;
    }
}
