package org.bitloom.hdl.sim;

import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.ir.Netlist.InputPort;

/**
 * The methods of one phase. The code of a phase is cut into parts where it becomes too long; all parts have the phase's
 * parameters, and its own method calls them one after the other.
 */
final class PhaseMethods {
    private static final int NONE = -1;
    /** About what a method of nothing but calls may have. */
    private static final int MOST_CALL_BYTES = 6_000;

    private final ProgramBuilder program;
    private final Phase phase;
    private final List<InputPort> inputs;
    private final MethodTypeDesc type;
    private final int[] argument;
    private final int parameterLocals;
    private int made;

    PhaseMethods(ProgramBuilder program, ModulePlan plan, Phase phase) {
        this.program = program;
        this.phase = phase;
        this.inputs = plan.graph.module.inputs();
        this.type = plan.type(phase);
        this.argument = new int[inputs.size()];
        int next = 2;
        for (int port = 0; port < argument.length; port++) {
            boolean passed = phase.inputs().get(port) && plan.inputSlot[port] < 0;
            argument[port] = passed ? next : NONE;
            next += !passed ? 0 : isWide(port) ? 1 : 2;
        }
        this.parameterLocals = next;
    }

    /** The local in which an input port is passed, or −1. */
    int argument(int port) {
        return argument[port];
    }

    Code open() {
        return program.newCode(parameterLocals);
    }

    /** Ends the code of a part; returns the part's name. */
    String close(Code code) {
        return close(code, phase.method() + "_" + made++);
    }

    private String close(Code code, String name) {
        code.op(Code.Op.RETURN);
        program.add(name, type, code);
        return name;
    }

    void call(Code caller, String part) {
        caller.state();
        caller.base();
        for (int port = 0; port < argument.length; port++) {
            if (argument[port] != NONE && isWide(port)) {
                caller.loadInt(argument[port]);
            } else if (argument[port] != NONE) {
                caller.load(argument[port]);
            }
        }
        caller.invoke(new Code.Callee(null, part, type));
    }

    /** Makes the phase's own method, out of what is left to write and calls of the parts before. */
    void finish(List<String> parts, Code last) {
        if (parts.isEmpty()) {
            close(last, phase.method());
            return;
        }
        List<String> names = new ArrayList<>(parts);
        names.add(close(last));
        int each = Math.max(2, MOST_CALL_BYTES / (parameterLocals * 4 + 3));
        while (names.size() > each) {
            List<String> callers = new ArrayList<>();
            for (int i = 0; i < names.size(); i += each) {
                callers.add(close(calls(names.subList(i, Math.min(names.size(), i + each)))));
            }
            names = callers;
        }
        close(calls(names), phase.method());
    }

    private Code calls(List<String> names) {
        Code caller = open();
        names.forEach(name -> call(caller, name));
        return caller;
    }

    private boolean isWide(int port) {
        return inputs.get(port).width() > 64;
    }
}
