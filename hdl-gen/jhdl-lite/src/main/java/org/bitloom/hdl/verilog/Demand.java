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
import org.bitloom.hdl.ir.Netlist.RegisterDefinition;
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
        /** What anything needs. */
        final Ranges ranges;
        /** What is needed for more than checks; inputs and state in {@link #ranges} all the same. */
        final Ranges design;
        /** What the checks need. */
        final Ranges checks;
        private final int[] outputLow;
        private final int[] outputHigh;
        private final int[] wordLow;
        private final int[] wordHigh;
        private final boolean[] liveInstances;
        private final List<Use> uses = new ArrayList<>();
        private final boolean checked;

        private Module(Demand demand, Netlist netlist, boolean checked) {
            this.netlist = netlist;
            this.checked = checked;
            ranges = new Ranges(netlist, (node, high, low) -> demand.reached(this, node, high, low));
            design = new Ranges(netlist, (node, high, low) -> reachedByDesign(this, node));
            checks = new Ranges(netlist, (node, high, low) -> reachedByChecks(this, node));
            outputLow = new int[netlist.outputs().size()];
            outputHigh = filled(netlist.outputs().size());
            wordLow = new int[netlist.memories().size()];
            wordHigh = filled(netlist.memories().size());
            liveInstances = new boolean[netlist.instances().size()];
        }

        private static int[] filled(int size) {
            int[] all = new int[size];
            Arrays.fill(all, -1);
            return all;
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
            Module module = new Module(this, netlist, checked);
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
            module.ranges.settle();
        }
        // The ports of the top are its contract: they keep their width.
        top.netlist.inputs().forEach(port -> top.ranges.requireAll(port.node()));
        top.ranges.settle();
        modules.forEach(this::separate);
    }

    /** What the design needs without its checks, from the same ports and state of the same widths. */
    private void separate(Module module) {
        Netlist netlist = module.netlist;
        Ranges all = module.ranges;
        Ranges design = module.design;
        for (int i = 0; i < netlist.outputs().size(); i++) {
            if (module.isOutputLive(i)) {
                design.require(netlist.outputs().get(i).driver(), module.outputHigh(i), module.outputLow(i));
            }
        }
        netlist.delays().forEach(delay -> {
            if (all.isLive(delay.node())) {
                design.require(delay.input(), all.high(delay.node()), all.low(delay.node()));
                design.requireBit(delay.enable());
            }
        });
        for (int i = 0; i < netlist.memories().size(); i++) {
            if (module.isMemoryLive(i)) {
                separateMemory(module, netlist.memories().get(i), module.wordHigh(i), module.wordLow(i));
            }
        }
        for (int i = 0; i < netlist.instances().size(); i++) {
            InstanceDefinition instance = netlist.instances().get(i);
            Ranges inner = module(instance.module()).ranges;
            for (int port = 0; port < instance.inputs().size() && module.isInstanceLive(i); port++) {
                int node = instance.module().inputs().get(port).node();
                if (inner.isLive(node)) {
                    design.require(instance.inputs().get(port), inner.high(node), inner.low(node));
                }
            }
        }
        design.settle();
        netlist.checks().forEach(check -> module.checks.requireBit(check.condition()));
        module.checks.settle();
    }

    private static void separateMemory(Module module, MemoryDefinition memory, int high, int low) {
        for (ReadPort read : memory.reads()) {
            if (module.ranges.isLive(read.node())) {
                module.design.requireAll(read.address());
                module.design.requireBit(read.enable());
            }
        }
        for (WritePort write : memory.writes()) {
            module.design.requireAll(write.address());
            module.design.requireBit(write.enable());
            module.design.require(write.data(), high, low);
        }
    }

    private static void reachedByDesign(Module module, int id) {
        reachedRegister(module, module.design, id);
    }

    private static void reachedByChecks(Module module, int id) {
        if (!module.design.isLive(id)) {
            reachedRegister(module, module.checks, id);
        }
    }

    /** A register that is read needs its next value at the width that it has. */
    private static void reachedRegister(Module module, Ranges ranges, int id) {
        if (module.netlist.node(id) instanceof Node.Register register) {
            RegisterDefinition definition = module.netlist.registers().get(register.index());
            ranges.require(definition.next(), module.ranges.high(id), module.ranges.low(id));
            ranges.requireBit(definition.enable());
        }
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
        if (module.ranges.isIdle()) {
            busy.push(module);
        }
        module.ranges.require(node, high, low);
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

    private void reached(Module module, int id, int high, int low) {
        Netlist netlist = module.netlist;
        switch (netlist.node(id)) {
            case Node.Input n -> module.uses.forEach(
                    use -> require(use.parent(), use.instance().inputs().get(n.port()), high, low));
            case Node.Register n -> {
                module.ranges.require(netlist.registers().get(n.index()).next(), high, low);
                module.ranges.requireBit(netlist.registers().get(n.index()).enable());
            }
            case Node.Delayed n -> {
                module.ranges.require(netlist.delays().get(n.index()).input(), high, low);
                module.ranges.requireBit(netlist.delays().get(n.index()).enable());
            }
            case Node.MemoryRead n -> reachedRead(module, n, high, low);
            case Node.InstanceOutput n -> {
                module.liveInstances[n.instance()] = true;
                requireOutput(module(netlist.instances().get(n.instance()).module()), n.port(), high, low);
            }
            default -> throw new IllegalStateException("no leaf: " + netlist.node(id));
        }
    }

    private void reachedRead(Module module, Node.MemoryRead read, int high, int low) {
        int index = read.memory();
        MemoryDefinition memory = module.netlist.memories().get(index);
        ReadPort port = memory.reads().get(read.port());
        module.ranges.requireAll(port.address());
        module.ranges.requireBit(port.enable());
        if (module.wordHigh[index] < 0) {
            module.wordLow[index] = low;
            module.wordHigh[index] = high;
        } else {
            module.wordLow[index] = Math.min(low, module.wordLow[index]);
            module.wordHigh[index] = Math.max(high, module.wordHigh[index]);
        }
        for (WritePort write : memory.writes()) {
            module.ranges.requireAll(write.address());
            module.ranges.requireBit(write.enable());
            module.ranges.require(write.data(), module.wordHigh[index], module.wordLow[index]);
        }
    }
}
