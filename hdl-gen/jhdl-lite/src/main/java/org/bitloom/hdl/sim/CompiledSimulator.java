package org.bitloom.hdl.sim;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.CombinationalAnalysis;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;

/**
 * Compiles a design to JVM bytecode: all state in one array of longs, a module's code shared by all its instances,
 * nothing allocated in a cycle. {@link Interpreter} defines what it has to do.
 */
public final class CompiledSimulator {
    /** HotSpot compiles methods of up to 8,000 bytes. */
    private static final int METHOD_BYTES = 7_900;

    private CompiledSimulator() {}

    /**
     * @param seed of the words that registers and memories without a given start hold at first
     * @throws IllegalArgumentException where the design has a combinational loop
     */
    public static Simulation compile(Design design, long seed) {
        return compile(design, seed, false, METHOD_BYTES);
    }

    /** A simulation in which every named value can be looked at, which costs speed. */
    public static ObservedSimulation compileObserved(Design design, long seed) {
        return compile(design, seed, true, METHOD_BYTES);
    }

    /** @param methodBytes about how long a method may become; tests choose less */
    static CompiledSimulation compile(Design design, long seed, boolean observe, int methodBytes) {
        CombinationalAnalysis analysis = new CombinationalAnalysis();
        Map<Netlist, ModulePlan> plans = new IdentityHashMap<>();
        List<ModulePlan> order = new ArrayList<>();
        int addressLimbs = 1;
        for (Netlist module : design.modules()) {
            List<ModulePlan> children = module.instances().stream()
                    .map(instance -> plans.get(instance.module()))
                    .toList();
            boolean isTop = module == design.top().module();
            ModuleGraph graph = new ModuleGraph(module, analysis.of(module), children);
            ModulePlan plan = new ModulePlan(order.size(), graph, observe, isTop);
            plans.put(module, plan);
            order.add(plan);
            for (CheckPoint check : plan.checks) {
                for (int node : check.operands(module)) {
                    addressLimbs = Math.max(addressLimbs, BitVector.limbCount(module.node(node).width()));
                }
            }
        }
        ProgramBuilder builder = new ProgramBuilder(addressLimbs, methodBytes);
        for (ModulePlan plan : order) {
            Observation.placeConstants(plan, builder);
            plan.phases().forEach(phase -> PhaseCompiler.compile(builder, plan, phase));
        }
        ModulePlan top = order.getLast();
        top.placeConstantOutputs(builder);
        return new CompiledSimulation(design, top, builder.build(top.phases()), builder, seed);
    }
}
