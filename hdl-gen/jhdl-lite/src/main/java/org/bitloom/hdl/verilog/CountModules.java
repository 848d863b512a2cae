package org.bitloom.hdl.verilog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node;

/** The counting modules of one design: one for each number of lanes, with or without XNOR, however often it is used. */
final class CountModules {
    /** Up to here a count is written in place. */
    private static final int SMALL = 3;

    private final CountPlan.Planner bits;
    private final CountPlan.Planner pairs;
    private final Map<Key, Netlist> modules = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    private record Key(CountPlan plan, boolean xnor) {}

    CountModules(Design design, Family family) {
        bits = new CountPlan.Planner(family.hasWideLuts(), false);
        pairs = new CountPlan.Planner(family.hasWideLuts(), true);
        design.modules().forEach(module -> taken.add(module.name()));
    }

    /** The number of ones in {@code operand}: a node of {@code b}; an instance that it needs joins {@code counters}. */
    int count(Bits b, int operand, List<Netlist> counters) {
        NetlistBuilder builder = b.builder();
        int lanes = builder.width(operand);
        int width = CountPlan.bitsFor(lanes);
        if (lanes <= SMALL) {
            List<Integer> ones = new ArrayList<>();
            for (int i = 0; i < lanes; i++) {
                ones.add(b.slice(operand, i, i));
            }
            return builder.sum(false, width, ones);
        }
        List<Integer> inputs = inputs(builder, operand);
        boolean xnor = inputs.size() == 2;
        Netlist module = module((xnor ? pairs : bits).plan(lanes), xnor);
        int instance = builder.instance();
        builder.defineInstance(instance, "", module, inputs);
        counters.add(module);
        return builder.instanceOutput(instance, 0, width);
    }

    /** The two operands of an XNOR or XOR, made an XNOR, or the bits themselves. */
    private static List<Integer> inputs(NetlistBuilder builder, int operand) {
        boolean negated = builder.node(operand) instanceof Node.Not;
        int inner = builder.node(operand) instanceof Node.Not not ? not.operand() : operand;
        if (builder.node(inner) instanceof Node.Bitwise n
                && !(builder.node(n.left()) instanceof Node.Constant)
                && !(builder.node(n.right()) instanceof Node.Constant)) {
            boolean xnor = n.operator() == Node.BitOperator.XNOR;
            if (xnor || n.operator() == Node.BitOperator.XOR) {
                return xnor == !negated ? List.of(n.left(), n.right()) : List.of(builder.not(n.left()), n.right());
            }
        }
        return List.of(operand);
    }

    private Netlist module(CountPlan plan, boolean xnor) {
        Key key = new Key(plan, xnor);
        Netlist module = modules.get(key);
        if (module == null) {
            String name = (xnor ? "xnor_popcount_" : "popcount_") + plan.lanes();
            while (!taken.add(name)) {
                name += "_0";
            }
            module = CountModule.of(name, plan, xnor, part -> module(part, xnor));
            modules.put(key, module);
        }
        return module;
    }
}
