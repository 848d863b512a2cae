package org.bitloom.hdl.sim;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Node;
import org.bitloom.hdl.sim.InitialState.Place;
import org.bitloom.hdl.sim.ObservedSimulation.Signal;

/** The named values of a compiled design and where they lie; none if it was compiled without observation. */
record Observation(List<Signal> signals, List<Location> locations) {
    static Observation none() {
        return new Observation(List.of(), List.of());
    }

    /** Makes place for constants that have a name; to be called before the program is built. */
    static void placeConstants(ModulePlan plan, ProgramBuilder builder) {
        plan.observed().stream().forEach(v -> {
            BitVector constant = plan.graph.constant(v);
            if (constant != null) {
                builder.constant(constant);
            }
        });
    }

    static Observation of(List<Place> places, ProgramBuilder builder) {
        List<Signal> signals = new ArrayList<>();
        List<Location> locations = new ArrayList<>();
        for (Place place : places) {
            Netlist module = place.plan().graph.module;
            List<String> scope = List.of(place.path().split("\\."));
            Set<String> names = new HashSet<>();
            Recorder recorder = (name, node) -> {
                if (names.add(name)) {
                    int v = place.plan().graph.canonical(node);
                    signals.add(new Signal(scope, name, place.plan().graph.width(v)));
                    locations.add(locate(place, v, builder));
                }
            };
            module.inputs().forEach(port -> recorder.add(port.name(), port.node()));
            module.outputs().forEach(port -> recorder.add(port.name(), port.driver()));
            for (int node = 0; node < module.nodes().size(); node++) {
                String name = module.names().get(node);
                if (name != null) {
                    recorder.add(name, node);
                }
            }
        }
        return new Observation(List.copyOf(signals), List.copyOf(locations));
    }

    private interface Recorder {
        void add(String name, int node);
    }

    private static Location locate(Place place, int v, ProgramBuilder builder) {
        ModulePlan plan = place.plan();
        int limbs = BitVector.limbCount(plan.graph.width(v));
        BitVector constant = plan.graph.constant(v);
        if (constant != null) {
            return new Location(builder.constant(constant), false, limbs);
        }
        if (plan.isLeaf(v) && !(plan.graph.node(v) instanceof Node.Input)) {
            ModulePlan.StateOutput state = plan.state(v);
            return new Location(place.base() + state.offset(), state.located(), limbs);
        }
        return new Location(place.base() + plan.home(v), false, limbs);
    }
}
