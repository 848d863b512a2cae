package org.bitloom.hdl.verilog;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.InstanceDefinition;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Netlist.ReadPort;
import org.bitloom.hdl.ir.Netlist.WritePort;
import org.bitloom.hdl.ir.Node;

/**
 * Which bits of which values reach an output of the top module or a check, over all modules of a design: for each node
 * the smallest range of bits that holds all of them. What has no range is dead. A module has one answer for all its
 * occurrences, the union of what each of them needs.
 */
final class Demand {
    private final List<Module> modules = new ArrayList<>();
    private final Map<Netlist, Module> byNetlist = new IdentityHashMap<>();
    private final ArrayDeque<Module> busy = new ArrayDeque<>();

    /** A place where a module is instantiated. */
    private record Use(Module parent, InstanceDefinition instance) {}

    /** The answer for one module. */
    static final class Module {
        final Netlist netlist;
        private final int[] low;
        private final int[] high;
        private final int[] outputLow;
        private final int[] outputHigh;
        private final int[] wordLow;
        private final int[] wordHigh;
        private final boolean[] liveInstances;
        private final List<Use> uses = new ArrayList<>();
        private final boolean checked;
        private final int[] queue;
        private final boolean[] queued;
        private int queueSize;

        private Module(Netlist netlist, boolean checked) {
            this.netlist = netlist;
            this.checked = checked;
            int size = netlist.nodes().size();
            low = new int[size];
            high = filled(size);
            outputLow = new int[netlist.outputs().size()];
            outputHigh = filled(netlist.outputs().size());
            wordLow = new int[netlist.memories().size()];
            wordHigh = filled(netlist.memories().size());
            liveInstances = new boolean[netlist.instances().size()];
            queue = new int[size];
            queued = new boolean[size];
        }

        private static int[] filled(int size) {
            int[] all = new int[size];
            Arrays.fill(all, -1);
            return all;
        }

        boolean isLive(int node) {
            return high[node] >= 0;
        }

        int low(int node) {
            return low[node];
        }

        int high(int node) {
            return high[node];
        }

        boolean isOutputLive(int port) {
            return outputHigh[port] >= 0;
        }

        int outputLow(int port) {
            return outputLow[port];
        }

        int outputHigh(int port) {
            return outputHigh[port];
        }

        boolean isMemoryLive(int memory) {
            return wordHigh[memory] >= 0;
        }

        int wordLow(int memory) {
            return wordLow[memory];
        }

        int wordHigh(int memory) {
            return wordHigh[memory];
        }

        boolean isInstanceLive(int instance) {
            return liveInstances[instance];
        }
    }

    Demand(Design design) {
        for (Netlist netlist : design.modules()) {
            boolean checked = !netlist.checks().isEmpty()
                    || netlist.instances().stream().anyMatch(i -> module(i.module()).checked);
            Module module = new Module(netlist, checked);
            modules.add(module);
            byNetlist.put(netlist, module);
            for (int i = 0; i < netlist.instances().size(); i++) {
                InstanceDefinition instance = netlist.instances().get(i);
                module(instance.module()).uses.add(new Use(module, instance));
                module.liveInstances[i] = module(instance.module()).checked;
            }
        }
        Module top = modules.getLast();
        for (int i = 0; i < top.outputHigh.length; i++) {
            requireOutput(top, i, top.netlist.outputs().get(i).width() - 1, 0);
        }
        for (Module module : modules) {
            module.netlist.checks().forEach(check -> require(module, check.condition(), 0, 0));
        }
        while (!busy.isEmpty()) {
            Module module = busy.pop();
            while (module.queueSize > 0) {
                int node = module.queue[--module.queueSize];
                module.queued[node] = false;
                propagate(module, node);
            }
        }
        // The ports of the top are its contract: they keep their width.
        top.netlist.inputs().forEach(port -> {
            top.low[port.node()] = 0;
            top.high[port.node()] = port.width() - 1;
        });
    }

    /** Children first. */
    List<Module> modules() {
        return modules;
    }

    Module module(Netlist netlist) {
        Module module = byNetlist.get(netlist);
        if (module == null) {
            throw new IllegalArgumentException("module " + netlist.name() + " is not of this design");
        }
        return module;
    }

    private void require(Module module, int node, int high, int low) {
        if (module.high[node] < 0) {
            module.low[node] = low;
            module.high[node] = high;
        } else if (low >= module.low[node] && high <= module.high[node]) {
            return;
        } else {
            module.low[node] = Math.min(low, module.low[node]);
            module.high[node] = Math.max(high, module.high[node]);
        }
        if (!module.queued[node]) {
            module.queued[node] = true;
            if (module.queueSize == 0) {
                busy.push(module);
            }
            module.queue[module.queueSize++] = node;
        }
    }

    private void requireAll(Module module, int node) {
        require(module, node, module.netlist.node(node).width() - 1, 0);
    }

    private void requireBit(Module module, int enable) {
        if (enable != Netlist.ALWAYS) {
            require(module, enable, 0, 0);
        }
    }

    private void requireOutput(Module module, int port, int high, int low) {
        if (module.outputHigh[port] < 0) {
            module.outputLow[port] = low;
            module.outputHigh[port] = high;
        } else {
            module.outputLow[port] = Math.min(low, module.outputLow[port]);
            module.outputHigh[port] = Math.max(high, module.outputHigh[port]);
        }
        require(module, module.netlist.outputs().get(port).driver(), high, low);
    }

    private void propagate(Module module, int id) {
        Netlist netlist = module.netlist;
        int low = module.low[id];
        int high = module.high[id];
        Node node = netlist.node(id);
        switch (node) {
            case Node.Constant _ -> {}
            case Node.Input n -> module.uses.forEach(
                    use -> require(use.parent(), use.instance().inputs().get(n.port()), high, low));
            case Node.Wire n -> require(module, netlist.wireDriver(n.index()), high, low);
            case Node.Register n -> {
                require(module, netlist.registers().get(n.index()).next(), high, low);
                requireBit(module, netlist.registers().get(n.index()).enable());
            }
            case Node.MemoryRead n -> propagateRead(module, n, high, low);
            case Node.Delayed n -> {
                require(module, netlist.delays().get(n.index()).input(), high, low);
                requireBit(module, netlist.delays().get(n.index()).enable());
            }
            case Node.InstanceOutput n -> {
                module.liveInstances[n.instance()] = true;
                requireOutput(module(netlist.instances().get(n.instance()).module()), n.port(), high, low);
            }
            case Node.Not n -> require(module, n.operand(), high, low);
            case Node.Bitwise n -> {
                require(module, n.left(), high, low);
                require(module, n.right(), high, low);
            }
            case Node.Mux n -> {
                requireBit(module, n.condition());
                require(module, n.whenTrue(), high, low);
                require(module, n.whenFalse(), high, low);
            }
            case Node.Select n -> {
                requireAll(module, n.index());
                n.values().forEach(value -> require(module, value, high, low));
            }
            case Node.Slice n -> require(module, n.operand(), n.low() + high, n.low() + low);
            case Node.Concat n -> propagateConcat(module, n, high, low);
            case Node.Extend n -> {
                int top = netlist.node(n.operand()).width() - 1;
                if (low <= top || n.signed()) {
                    require(module, n.operand(), Math.min(high, top), Math.min(low, top));
                }
            }
            // Carries run upwards only.
            case Node.Add n -> {
                require(module, n.left(), high, 0);
                require(module, n.right(), high, 0);
            }
            case Node.Subtract n -> {
                require(module, n.left(), high, 0);
                require(module, n.right(), high, 0);
            }
            case Node.Multiply n -> {
                requireLow(module, n.left(), high);
                requireLow(module, n.right(), high);
            }
            case Node.Sum n -> n.terms().forEach(term -> requireLow(module, term, high));
            case Node.Shift n -> {
                requireAll(module, n.amount());
                if (n.kind() == Node.ShiftKind.LEFT) {
                    require(module, n.operand(), high, 0);
                } else {
                    requireAll(module, n.operand());
                }
            }
            case Node.Reduce _, Node.Equal _, Node.Less _, Node.PopCount _ ->
                node.operands().forEach(operand -> requireAll(module, operand));
        }
    }

    private void requireLow(Module module, int node, int high) {
        require(module, node, Math.min(high, module.netlist.node(node).width() - 1), 0);
    }

    private void propagateConcat(Module module, Node.Concat concat, int high, int low) {
        int base = concat.width();
        for (int part : concat.parts()) {
            int width = module.netlist.node(part).width();
            base -= width;
            int partHigh = Math.min(high - base, width - 1);
            int partLow = Math.max(low - base, 0);
            if (partHigh >= partLow) {
                require(module, part, partHigh, partLow);
            }
        }
    }

    private void propagateRead(Module module, Node.MemoryRead read, int high, int low) {
        int index = read.memory();
        MemoryDefinition memory = module.netlist.memories().get(index);
        ReadPort port = memory.reads().get(read.port());
        requireAll(module, port.address());
        requireBit(module, port.enable());
        if (module.wordHigh[index] < 0) {
            module.wordLow[index] = low;
            module.wordHigh[index] = high;
        } else {
            module.wordLow[index] = Math.min(low, module.wordLow[index]);
            module.wordHigh[index] = Math.max(high, module.wordHigh[index]);
        }
        for (WritePort write : memory.writes()) {
            requireAll(module, write.address());
            requireBit(module, write.enable());
            require(module, write.data(), module.wordHigh[index], module.wordLow[index]);
        }
    }
}
