package org.bitloom.hdl.verilog;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.InputPort;
import org.bitloom.hdl.ir.Netlist.OutputPort;

/** The head of a module: what it is, its parameters, its ports in aligned columns. */
final class Header {
    private final Lines lines = new Lines();

    private record Port(String kind, String range, String name) {}

    Header(Netlist netlist, Images.Binding images, boolean clocked, boolean resettable, Signals signals) {
        lines.comment(0, netlist.summary());
        lines.comment(0, netlist.parameters().toString());
        lines.line(0, "`default_nettype none").gap();
        parameters(netlist.name(), images.parameters());
        List<Port> ports = ports(netlist, clocked, resettable, signals);
        int widest = 0;
        for (Port port : ports) {
            widest = Math.max(widest, port.range().length());
        }
        for (int i = 0; i < ports.size(); i++) {
            Port port = ports.get(i);
            String end = i == ports.size() - 1 ? "" : ",";
            lines.line(1, port.kind() + Lines.pad(port.range(), widest) + port.name() + end);
        }
        lines.line(0, ");");
    }

    private void parameters(String name, List<Images.Parameter> parameters) {
        if (parameters.isEmpty()) {
            lines.line(0, "module " + name + " (");
            return;
        }
        lines.line(0, "module " + name + " #(");
        for (int i = 0; i < parameters.size(); i++) {
            String end = i == parameters.size() - 1 ? "" : ",";
            lines.line(1, "parameter " + parameters.get(i).name() + " = \"\"" + end);
        }
        lines.line(0, ") (");
    }

    private static List<Port> ports(Netlist netlist, boolean clocked, boolean resettable, Signals signals) {
        List<Port> ports = new ArrayList<>();
        if (clocked) {
            ports.add(new Port("input  wire ", "", "clk"));
        }
        if (resettable) {
            ports.add(new Port("input  wire ", "", "reset"));
        }
        for (InputPort port : netlist.inputs()) {
            ports.add(new Port("input  wire ", Lines.range(port.width()), port.name()));
        }
        List<OutputPort> outputs = netlist.outputs();
        for (int i = 0; i < outputs.size(); i++) {
            OutputPort port = outputs.get(i);
            boolean variable = signals.port(port.driver()) == i && signals.isVariable(port.driver());
            ports.add(new Port(variable ? "output reg  " : "output wire ", Lines.range(port.width()), port.name()));
        }
        return ports;
    }

    Lines lines() {
        return lines;
    }
}
