package org.bitloom.hdl.verilog;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.RegisterDefinition;
import org.bitloom.hdl.ir.Node;
import org.jspecify.annotations.Nullable;

/**
 * One branch of what happens to a register: {@code if} the condition holds, and none before did, it takes the value.
 *
 * @param condition id of a bit, or {@link Netlist#ALWAYS} in the last branch
 */
record Arm(int condition, int value) {
    private static final int MOST = 12;

    /**
     * The branches of a register, found again in its enable and its next value: an enable {@code a || b} with a value
     * {@code a ? x : y} is {@code if (a) x; else if (b) y;}. What has a name stays whole.
     */
    static List<Arm> of(Netlist netlist, RegisterDefinition register) {
        List<Arm> arms = new ArrayList<>();
        int enable = register.enable();
        int value = register.next();
        while (arms.size() < MOST) {
            Node.Mux mux = choice(netlist, value);
            if (mux == null) {
                break;
            }
            if (enable == Netlist.ALWAYS) {
                // One choice reads well as an expression.
                if (arms.isEmpty() && choice(netlist, mux.whenFalse()) == null) {
                    break;
                }
            } else if (alternatives(netlist, enable) instanceof Node.Bitwise or
                    && (or.left() == mux.condition() || or.right() == mux.condition())) {
                enable = or.left() == mux.condition() ? or.right() : or.left();
            } else {
                break;
            }
            arms.add(new Arm(mux.condition(), mux.whenTrue()));
            value = mux.whenFalse();
        }
        arms.add(new Arm(enable, value));
        return arms;
    }

    private static Node.@Nullable Mux choice(Netlist netlist, int value) {
        return netlist.names().get(value) == null && netlist.node(value) instanceof Node.Mux mux ? mux : null;
    }

    private static Node.@Nullable Bitwise alternatives(Netlist netlist, int enable) {
        return netlist.names().get(enable) == null
                        && netlist.node(enable) instanceof Node.Bitwise or
                        && or.operator() == Node.BitOperator.OR
                ? or
                : null;
    }
}
