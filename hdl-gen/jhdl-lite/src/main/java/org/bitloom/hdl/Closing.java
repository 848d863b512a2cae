package org.bitloom.hdl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bitloom.hdl.Elaboration.Port;
import org.bitloom.hdl.Elaboration.Target;
import org.bitloom.hdl.Elaboration.TargetKind;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Keywords;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Ends the elaboration of one component: conditions become multiplexers and enables, names become identifiers, and what
 * can be said of the component as a whole is checked.
 */
final class Closing {
    private final Elaboration elaboration;
    private final NetlistBuilder builder;

    Closing(Elaboration elaboration) {
        this.elaboration = elaboration;
        this.builder = elaboration.builder();
    }

    /** A further component of a known class and configuration: nothing of it is kept but its ports and children. */
    void closeRepetition() {
        elaboration.close();
    }

    Netlist close(Object config) {
        Map<Integer, String> registerNames = new HashMap<>();
        List<String> memoryNames = new ArrayList<>();
        List<String> instanceNames = new ArrayList<>();
        name(registerNames, memoryNames, instanceNames);
        for (Target target : List.copyOf(elaboration.targets.values())) {
            define(target, registerNames);
        }
        for (Elaboration.OpenDelay delay : elaboration.delays) {
            String name = Objects.requireNonNull(registerNames.get(delay.node()));
            builder.defineDelay(delay.node(), name, delay.input(), delay.enable(), delay.cycles());
        }
        for (OpenMemory memory : elaboration.memories) {
            describe(memory, memoryNames.get(memory.index));
        }
        for (Elaboration child : elaboration.children) {
            builder.defineInstance(
                    child.instanceIndex,
                    instanceNames.get(child.instanceIndex),
                    elaboration.session.netlist(child),
                    child.inputWires);
        }
        for (Port port : elaboration.outputs) {
            builder.output(port.name(), elaboration.outputNodes.get(port.index()));
        }
        elaboration.checks.forEach(builder::check);
        elaboration.close();
        Netlist netlist = builder.build(
                elaboration.session.moduleName(elaboration, config), SourceText.summary(elaboration.type), config);
        if (elaboration.session.problems().size() == elaboration.problemsBefore) {
            new ModuleChecks(elaboration, netlist).run();
        }
        return netlist;
    }

    private void name(Map<Integer, String> registers, List<String> memories, List<String> instances) {
        List<String> fixed = new ArrayList<>(List.of("clk", "reset"));
        requirePortNames(elaboration.inputs, fixed);
        requirePortNames(elaboration.outputs, fixed);
        Map<Integer, String> byNode = new TreeMap<>(elaboration.names);
        elaboration.targets.values().stream()
                .filter(target -> target.kind() == TargetKind.REGISTER)
                .forEach(target -> byNode.putIfAbsent(target.node(), "state"));
        elaboration.delays.forEach(delay -> byNode.putIfAbsent(delay.node(), "delayed"));
        List<String> wishes = new ArrayList<>(byNode.values());
        elaboration.memories.forEach(memory -> wishes.add(memory.name == null ? "memory" : memory.name));
        elaboration.children.forEach(child -> wishes.add(
                child.instanceName == null ? Names.snake(child.type.getSimpleName()) : child.instanceName));
        List<String> unique = Names.unique(fixed, wishes);
        int i = 0;
        for (int node : byNode.keySet()) {
            String name = unique.get(i++);
            builder.setName(node, name);
            registers.put(node, name);
        }
        for (int m = 0; m < elaboration.memories.size(); m++) {
            memories.add(unique.get(i++));
        }
        for (int c = 0; c < elaboration.children.size(); c++) {
            instances.add(unique.get(i++));
        }
    }

    private void requirePortNames(List<Port> ports, List<String> fixed) {
        for (Port port : ports) {
            if (port.name().isEmpty()) {
                elaboration.problem(
                        port.site(),
                        "",
                        "this port has no name",
                        "assign it to a field or variable, or name it with .named(\"…\")");
            } else if (!port.name().equals(Names.legal(port.name()))) {
                elaboration.problem(
                        port.site(),
                        "",
                        "port name '" + port.name() + "' is no identifier of Verilog",
                        "use letters, digits and single underscores, a letter first, at most 48 characters");
            } else if (Keywords.contains(port.name())) {
                elaboration.problem(
                        port.site(),
                        "",
                        "port name '" + port.name() + "' is a keyword of Verilog, SystemVerilog or VHDL",
                        "give the variable another name, or the port one of its own with .named(\"…\")");
            } else if (fixed.stream().anyMatch(port.name()::equalsIgnoreCase)) {
                elaboration.problem(
                        port.site(),
                        "",
                        "name clash: there is already a port '" + port.name() + "'",
                        "give one of them another name; clk and reset are there by themselves");
            }
            fixed.add(port.name());
        }
    }

    private void define(Target target, Map<Integer, String> registerNames) {
        Assignments assignments = target.assignments();
        boolean register = target.kind() == TargetKind.REGISTER;
        int value;
        int enable = Netlist.ALWAYS;
        if (assignments.isEmpty()) {
            undriven(target);
            value = builder.constant(BitVector.zero(builder.width(target.node())));
        } else {
            Assignments.Outcome outcome = assignments.outcome((earlier, later) -> elaboration.problem(
                    later.site(),
                    target.kind().verb == Elaboration.Verb.DRIVE ? "drive" : "next",
                    noun(target) + " is given a value twice: this one always overrides the one before",
                    "remove one of them, or put this one under a condition",
                    List.of(new Problem.Related(
                            "the value before is given here", earlier.site().location()))));
            value = Assignments.value(outcome, builder);
            if (register) {
                enable = Assignments.enable(outcome, builder);
            } else if (Assignments.incomplete(outcome)) {
                elaboration.problem(
                        assignments.firstSite(),
                        "drive",
                        noun(target) + " has no value while the condition here does not hold",
                        "add .otherwise(…), or drive a value for all cases before the condition");
            }
        }
        if (register) {
            String name = Objects.requireNonNull(registerNames.get(target.node()));
            builder.defineRegister(target.node(), name, value, enable, target.reset());
        } else {
            builder.driveWire(target.node(), value);
        }
    }

    private void undriven(Target target) {
        @Nullable CallSite site = elaboration.sites.get(target.node());
        if (target.kind() == TargetKind.OUTPUT) {
            site = elaboration.outputs.stream()
                    .filter(port -> elaboration.outputNodes.get(port.index()) == target.node())
                    .findFirst()
                    .orElseThrow()
                    .site();
        }
        boolean register = target.kind() == TargetKind.REGISTER;
        elaboration.problem(
                site,
                "",
                noun(target) + (register ? " never gets a next value" : " is not driven"),
                register ? "give it one with .next(…), or use a constant" : "give it a value with .drive(…)");
    }

    private String noun(Target target) {
        String name = "'" + elaboration.nameOf(target.node()) + "'";
        if (target.kind() == TargetKind.INSTANCE_INPUT) {
            Elaboration child = elaboration.children.stream()
                    .filter(c -> c.inputWires.contains(target.node()))
                    .findFirst()
                    .orElseThrow();
            return "input " + name + " of the instance of " + child.type.getSimpleName();
        }
        return target.kind().noun + " " + name;
    }

    private void describe(OpenMemory memory, String name) {
        if (!memory.read) {
            elaboration.problem(
                    memory.site, "", memory.label() + " is never read", "read it, or remove it");
        }
        if (!memory.rom && !memory.written) {
            elaboration.problem(
                    memory.site, "", memory.label() + " is never written", "write it, or use rom(…)");
        }
        builder.describeMemory(
                memory.index, name, memory.style, memory.collision, memory.contents, memory.external());
    }
}
