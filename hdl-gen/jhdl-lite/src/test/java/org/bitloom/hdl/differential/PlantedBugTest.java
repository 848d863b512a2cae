package org.bitloom.hdl.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.hdl.differential.Differential.Share;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.InstanceDefinition;
import org.bitloom.hdl.ir.Node;
import org.bitloom.hdl.ir.Occurrence;
import org.bitloom.hdl.sim.Interpreter;
import org.junit.jupiter.api.Test;

/** The runner finds a simulation that has one operator wrong, and shows it a design of little else. */
class PlantedBugTest {
    /** What a wrong simulation makes of a node. */
    interface Bug {
        Node spoil(Node node);
    }

    private static List<String> failuresWith(Bug bug) {
        BuiltInLeg wrong = new BuiltInLeg(
                "wrong",
                (design, seed) ->
                        new Interpreter(new Design(spoil(design.top(), bug, new IdentityHashMap<>())), seed));
        return new Differential(new NetlistSource(), 1, progress -> {}).run(0, 500, List.of(new Share(wrong, 500)));
    }

    private static Occurrence spoil(Occurrence place, Bug bug, Map<Netlist, Netlist> known) {
        List<Occurrence> children =
                place.children().stream().map(child -> spoil(child, bug, known)).toList();
        Netlist m = place.module();
        List<InstanceDefinition> instances = m.instances().stream()
                .map(i -> new InstanceDefinition(i.name(), known.getOrDefault(i.module(), i.module()), i.inputs()))
                .toList();
        Netlist spoiled = known.computeIfAbsent(m, _ -> new Netlist(
                m.name(), m.summary(), m.parameters(), m.inputs(), m.outputs(),
                m.nodes().stream().map(bug::spoil).toList(), m.names(), m.wireDrivers(), m.registers(), m.memories(),
                m.delays(), instances, m.checks()));
        return new Occurrence(spoiled, children, place.contents());
    }

    /** All lines of the shrunk module that define a node. */
    private static List<String> nodes(String failure) {
        return failure.lines().filter(line -> line.matches("  n\\d+ = .*")).toList();
    }

    @Test
    void aSignedComparisonTakenAsUnsignedIsFoundAndShrunkToLittleMore() {
        List<String> failures = failuresWith(
                node -> node instanceof Node.Less less && less.signed()
                        ? new Node.Less(false, less.left(), less.right())
                        : node);
        assertThat(failures).isNotEmpty();
        assertThat(failures).allSatisfy(failure -> {
            assertThat(failure).startsWith("wrong differs for seed ");
            assertThat(failure).contains("-Dbitloom.differential.seed=", "wrong value: cycle ");
            assertThat(nodes(failure)).hasSizeLessThanOrEqualTo(12).anyMatch(node -> node.contains("Less[signed=true"));
        });
    }

    @Test
    void aShiftThatFillsWithZerosIsFoundAndShrunkToLittleMore() {
        List<String> failures = failuresWith(
                node -> node instanceof Node.Shift shift && shift.kind() == Node.ShiftKind.RIGHT_ARITHMETIC
                        ? new Node.Shift(Node.ShiftKind.RIGHT_LOGICAL, shift.width(), shift.operand(), shift.amount())
                        : node);
        assertThat(failures).isNotEmpty();
        assertThat(failures).allSatisfy(failure ->
                assertThat(nodes(failure)).hasSizeLessThanOrEqualTo(12).anyMatch(node -> node.contains("Shift[")));
    }

    @Test
    void aSimulationThatThrowsIsReportedToo() {
        List<String> failures = failuresWith(node -> {
            if (node instanceof Node.PopCount) {
                throw new UnsupportedOperationException("no such instruction");
            }
            return node;
        });
        assertThat(failures).isNotEmpty();
        assertThat(failures.getFirst()).contains("UnsupportedOperationException", "no such instruction");
    }

    @Test
    void aRightSimulationIsNot() {
        assertThat(failuresWith(node -> node)).isEmpty();
    }
}
