package org.bitloom.hdl.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.hdl.differential.Differential.Share;
import org.bitloom.hdl.sim.CompiledSimulator;
import org.bitloom.hdl.sim.Interpreter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random designs through every simulation there is. Properties, all starting with {@code bitloom.differential.}: {@code
 * designs} (300, shared by the sources), {@code seed} (the first), {@code simulators} (like {@code
 * compiled,icarus,verilator:100}: at most 100 designs of each source through Verilator), {@code sources} ({@code
 * netlist,frontend}: made node by node, or components that follow a program). A tool that is missing is told, and a
 * failure where BITLOOM_REQUIRE_TOOLS is 1.
 */
class DifferentialTest {
    private static final String SIMULATORS = "interpreter,compiled,icarus,verilator:60,netlist:5";

    private static final int MOST_FAILURES = 3;

    @ParameterizedTest
    @ValueSource(strings = {"netlist", "frontend"})
    void everySimulationAgrees(String name) {
        List<String> sources = List.of(property("sources", "netlist,frontend").split(","));
        if (!sources.contains(name)) {
            return;
        }
        List<Share> shares = new ArrayList<>();
        for (String simulator : property("simulators", SIMULATORS).split(",")) {
            String[] parts = simulator.split(":");
            Leg leg = leg(parts[0]);
            Optional<String> missing = leg.missing();
            if (missing.isPresent()) {
                assertThat(System.getenv("BITLOOM_REQUIRE_TOOLS"))
                        .as("%s, and BITLOOM_REQUIRE_TOOLS asks for it", missing.get())
                        .isNotEqualTo("1");
                System.out.println("NOT RUN: " + leg.name() + ", because " + missing.get());
            } else {
                shares.add(new Share(leg, parts.length > 1 ? Integer.parseInt(parts[1]) : Integer.MAX_VALUE));
            }
        }
        int designs = (Integer.parseInt(property("designs", "300")) + sources.size() - 1) / sources.size();
        long seed = Long.parseLong(property("seed", "0"));
        List<String> failures =
                new Differential(source(name), MOST_FAILURES, System.out::println).run(seed, designs, shares);
        if (!failures.isEmpty()) {
            fail(String.join("\n\n", failures));
        }
    }

    private static Differential.Source source(String name) {
        return name.equals("netlist") ? new NetlistSource() : new FrontEndSource();
    }

    private static Leg leg(String name) {
        return switch (name) {
            case "interpreter" -> new BuiltInLeg(name, Interpreter::new);
            case "compiled" -> new BuiltInLeg(name, CompiledSimulator::compile);
            case "icarus" -> new IcarusLeg();
            case "verilator" -> new VerilatorLeg(Path.of("target", "verilator-runtime"));
            case "netlist" -> new NetlistLeg();
            default -> throw new IllegalArgumentException("no simulator is called " + name);
        };
    }

    private static String property(String name, String value) {
        return System.getProperty("bitloom.differential." + name, value);
    }
}
