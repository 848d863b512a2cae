package org.bitloom.hdl.verilog;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.ReadPort;

/**
 * Which modules have a clock and a reset port: those that use it themselves or beneath, those with checks where the
 * design has one at all, and the top module where it had one before narrowing.
 */
final class Clocking {
    private record Ports(boolean clock, boolean reset) {}

    private final Map<Netlist, Ports> ports = new IdentityHashMap<>();

    Clocking(Design original, Design narrow) {
        Map<Netlist, Ports> whole = new IdentityHashMap<>();
        original.modules().forEach(module -> whole.put(module, used(module, new Ports(false, false), whole)));
        Ports top = Objects.requireNonNull(whole.get(original.top().module()));
        narrow.modules().forEach(module -> ports.put(module, used(module, top, ports)));
        ports.put(narrow.top().module(), top);
    }

    boolean hasClock(Netlist module) {
        return Objects.requireNonNull(ports.get(module)).clock();
    }

    boolean hasReset(Netlist module) {
        return Objects.requireNonNull(ports.get(module)).reset();
    }

    private static Ports used(Netlist module, Ports forChecks, Map<Netlist, Ports> known) {
        boolean checked = !module.checks().isEmpty();
        boolean clock = !module.registers().isEmpty()
                || !module.delays().isEmpty()
                || module.memories().stream()
                        .anyMatch(m -> !m.isRom() || m.reads().stream().anyMatch(ReadPort::clocked))
                || module.instances().stream().anyMatch(i -> Objects.requireNonNull(known.get(i.module())).clock())
                || checked && forChecks.clock();
        boolean reset = module.registers().stream().anyMatch(r -> r.reset().isPresent())
                || module.instances().stream().anyMatch(i -> Objects.requireNonNull(known.get(i.module())).reset())
                || checked && forChecks.reset();
        return new Ports(clock, reset);
    }
}
