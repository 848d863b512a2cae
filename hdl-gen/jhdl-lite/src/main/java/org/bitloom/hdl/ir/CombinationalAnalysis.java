package org.bitloom.hdl.ir;

import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.Map;

/** Analyses modules, each once: a module that is instantiated many times is looked at the first time only. */
public final class CombinationalAnalysis {
    private final Map<Netlist, Combinational> known = new IdentityHashMap<>();

    public Combinational of(Netlist module) {
        Combinational result = known.get(module);
        if (result == null) {
            result = analyse(module);
            known.put(module, result);
        }
        return result;
    }

    private Combinational analyse(Netlist module) {
        BitSet[][] reaching = module.instances().stream()
                .map(instance -> reaching(instance.module()))
                .toArray(BitSet[][]::new);
        int size = module.nodes().size();
        int[] first = new int[size + 1];
        int[] edges = new int[2 * size + 16];
        int count = 0;
        for (int id = 0; id < size; id++) {
            first[id] = count;
            Node node = module.node(id);
            switch (node) {
                case Node.Wire wire -> {
                    edges = room(edges, count, 1);
                    edges[count++] = module.wireDriver(wire.index());
                }
                case Node.MemoryRead read -> {
                    Netlist.ReadPort port = module.memories().get(read.memory()).reads().get(read.port());
                    if (!port.clocked()) {
                        edges = room(edges, count, 1);
                        edges[count++] = port.address();
                    }
                }
                case Node.InstanceOutput output -> {
                    Netlist.InstanceDefinition instance = module.instances().get(output.instance());
                    BitSet ports = reaching[output.instance()][output.port()];
                    edges = room(edges, count, ports.cardinality());
                    for (int port = ports.nextSetBit(0); port >= 0; port = ports.nextSetBit(port + 1)) {
                        edges[count++] = instance.inputs().get(port);
                    }
                }
                default -> {
                    var operands = node.operands();
                    edges = room(edges, count, operands.size());
                    for (int operand : operands) {
                        edges[count++] = operand;
                    }
                }
            }
        }
        first[size] = count;
        return new Combinational(module, first, Arrays.copyOf(edges, count));
    }

    /** For each output port of a module the input ports that reach it. */
    private BitSet[] reaching(Netlist module) {
        Combinational inner = of(module);
        BitSet[] result = new BitSet[module.outputs().size()];
        Arrays.setAll(result, inner::inputsOfOutput);
        return result;
    }

    private static int[] room(int[] edges, int count, int more) {
        return count + more <= edges.length ? edges : Arrays.copyOf(edges, 2 * (count + more));
    }
}
