package org.bitloom.hdl.verilog;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.InstanceDefinition;
import org.bitloom.hdl.ir.Node;

/** The instances of a module, every pin connected by name. */
final class Instances {
    private final Netlist netlist;
    private final Images images;
    private final Clocking clocking;
    private final Signals signals;
    private final Expressions expressions;
    private final int[][] outputNodes;
    private final Lines unread = new Lines();

    private record Pin(String name, String value) {}

    Instances(Netlist netlist, Images images, Clocking clocking, Signals signals, Expressions expressions) {
        this.netlist = netlist;
        this.images = images;
        this.clocking = clocking;
        this.signals = signals;
        this.expressions = expressions;
        outputNodes = new int[netlist.instances().size()][];
        for (int i = 0; i < outputNodes.length; i++) {
            outputNodes[i] = new int[netlist.instances().get(i).module().outputs().size()];
            Arrays.fill(outputNodes[i], -1);
        }
        for (int id = 0; id < netlist.nodes().size(); id++) {
            if (netlist.node(id) instanceof Node.InstanceOutput output && signals.isNeeded(id)) {
                outputNodes[output.instance()][output.port()] = id;
            }
        }
    }

    boolean readClock() {
        return netlist.instances().stream().anyMatch(instance -> clocking.hasClock(instance.module()));
    }

    boolean readReset() {
        return netlist.instances().stream().anyMatch(instance -> clocking.hasReset(instance.module()));
    }

    /** The wires that the instances drive. */
    Lines wires() {
        List<Integer> nodes = new ArrayList<>();
        for (int[] ports : outputNodes) {
            for (int id : ports) {
                if (id >= 0 && signals.port(id) < 0) {
                    nodes.add(id);
                }
            }
        }
        return new Lines().declarations("wire ", nodes, netlist, signals);
    }

    Lines lines() {
        Lines all = new Lines();
        for (int i = 0; i < netlist.instances().size(); i++) {
            Lines one = new Lines();
            write(i, netlist.instances().get(i), one);
            all.section(one);
        }
        return new Lines().section(unread).section(all);
    }

    private void write(int index, InstanceDefinition instance, Lines lines) {
        Netlist module = instance.module();
        String name = signals.instanceName(index);
        List<Pin> pins = pins(index, instance, name);
        List<Images.Parameter> parameters = images.binding(module).parameters();
        if (parameters.isEmpty()) {
            lines.line(1, module.name() + " " + name + " (");
        } else {
            lines.line(1, module.name() + " #(");
            List<String> files = images.binding(netlist).instances().get(index);
            for (int i = 0; i < files.size(); i++) {
                String end = i == files.size() - 1 ? ")" : "),";
                lines.line(2, "." + parameters.get(i).name() + "(" + files.get(i) + end);
            }
            lines.line(1, ") " + name + " (");
        }
        int widest = 0;
        for (Pin pin : pins) {
            widest = Math.max(widest, pin.name().length());
        }
        for (int i = 0; i < pins.size(); i++) {
            Pin pin = pins.get(i);
            lines.statement(2, "." + Lines.pad(pin.name(), widest) + "(", pin.value(), i == pins.size() - 1 ? ")" : "),");
        }
        lines.line(1, ");");
    }

    private List<Pin> pins(int index, InstanceDefinition instance, String name) {
        Netlist module = instance.module();
        List<Pin> pins = new ArrayList<>();
        if (clocking.hasClock(module)) {
            pins.add(new Pin("clk", "clk"));
        }
        if (clocking.hasReset(module)) {
            pins.add(new Pin("reset", "reset"));
        }
        for (int i = 0; i < module.inputs().size(); i++) {
            pins.add(new Pin(module.inputs().get(i).name(), expressions.joined(instance.inputs().get(i))));
        }
        for (int i = 0; i < module.outputs().size(); i++) {
            int node = outputNodes[index][i];
            Netlist.OutputPort port = module.outputs().get(i);
            String wire = node >= 0 ? signals.name(node) : signals.fresh(name + "_" + port.name() + "_unused");
            if (node < 0) {
                unread.line(1, "wire " + Lines.range(port.width()) + wire + ";");
            }
            pins.add(new Pin(port.name(), wire));
        }
        return pins;
    }
}
