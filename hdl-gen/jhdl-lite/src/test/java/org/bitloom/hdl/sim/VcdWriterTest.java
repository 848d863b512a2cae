package org.bitloom.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Check;
import org.bitloom.hdl.ir.Netlist.CheckKind;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Occurrence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VcdWriterTest {
    @TempDir
    Path folder;

    /** A dump that was read back: for each signal, by its path, the value at each time at which it changed. */
    private record Dump(Map<String, Map<Long, BigInteger>> changes, long end) {
        static Dump read(Path file) throws IOException {
            Map<String, Map<Long, BigInteger>> changes = new LinkedHashMap<>();
            Map<String, List<String>> paths = new HashMap<>();
            Deque<String> scope = new ArrayDeque<>();
            long time = -1;
            boolean definitions = true;
            for (String line : Files.readAllLines(file)) {
                String[] words = line.split(" ");
                if (definitions) {
                    switch (words[0]) {
                        case "$scope" -> scope.addLast(words[2]);
                        case "$upscope" -> scope.removeLast();
                        case "$var" -> {
                            String path = String.join(".", scope) + "." + words[4];
                            assertThat(changes.put(path, new LinkedHashMap<>())).as(path).isNull();
                            paths.computeIfAbsent(words[3], _ -> new ArrayList<>()).add(path);
                            assertThat(paths.get(words[3])).as("code %s", words[3]).hasSize(1);
                        }
                        case "$enddefinitions" -> definitions = false;
                        default -> assertThat(words[0]).isIn("$version", "$timescale");
                    }
                } else if (line.startsWith("#")) {
                    assertThat(Long.parseLong(line.substring(1))).isGreaterThan(time);
                    time = Long.parseLong(line.substring(1));
                } else {
                    String code = line.startsWith("b") ? words[1] : line.substring(1);
                    String bits = line.startsWith("b") ? words[0].substring(1) : line.substring(0, 1);
                    for (String path : paths.get(code)) {
                        changes.get(path).put(time, new BigInteger(bits, 2));
                    }
                }
            }
            assertThat(scope).isEmpty();
            return new Dump(changes, time);
        }

        BigInteger value(String path, long time) {
            BigInteger value = null;
            for (Map.Entry<Long, BigInteger> change : changes.get(path).entrySet()) {
                value = change.getKey() <= time ? change.getValue() : value;
            }
            return value;
        }
    }

    private static Design counters() {
        NetlistBuilder c = new NetlistBuilder();
        int step = c.input("step", 100);
        int count = c.register(100);
        int next = c.add(count, step);
        c.setName(next, "next");
        c.defineRegister(count, "count", next, Netlist.ALWAYS, Optional.of(BitVector.zero(100)));
        c.output("value", count);
        Netlist counter = c.build("Counter", "", "");
        NetlistBuilder b = new NetlistBuilder();
        int go = b.input("go", 1);
        int one = b.extend(false, go, 100);
        int fixed = b.constant(BitVector.of(100, 5));
        b.setName(fixed, "five");
        int[] instances = {b.instance(), b.instance()};
        b.defineInstance(instances[0], "ones", counter, List.of(one));
        b.defineInstance(instances[1], "fives", counter, List.of(fixed));
        int sum = b.add(b.instanceOutput(instances[0], 0, 100), b.instanceOutput(instances[1], 0, 100));
        b.setName(sum, "sum");
        int small = b.less(false, sum, b.constant(BitVector.of(100, 60)));
        b.check(new Check(CheckKind.ASSERT, small, "the sum is small", null));
        b.output("low", b.slice(sum, 7, 0));
        Occurrence child = new Occurrence(counter, List.of(), List.of());
        return new Design(new Occurrence(b.build("top", "", ""), List.of(child, child), List.of()));
    }

    @Test
    void allNamedValuesOfAllInstancesReadBackAsTheyWereBeforeEachEdge() throws IOException {
        Path file = folder.resolve("counters.vcd");
        try (VcdWriter simulation = VcdWriter.open(CompiledSimulator.compileObserved(counters(), 1), file)) {
            simulation.reset(true);
            simulation.clock();
            simulation.reset(false);
            for (int i = 0; i < 6; i++) {
                simulation.set(0, i % 2);
                simulation.clock();
            }
            assertThat(simulation.get(0)).isEqualTo(33);
        }
        Dump dump = Dump.read(file);
        assertThat(dump.changes()).containsOnlyKeys(
                "top.clk", "top.reset", "top.go", "top.low", "top.five", "top.sum",
                "top.ones.step", "top.ones.value", "top.ones.next", "top.ones.count",
                "top.fives.step", "top.fives.value", "top.fives.next", "top.fives.count");
        assertThat(dump.end()).isEqualTo(80);
        for (int cycle = 0; cycle < 8; cycle++) {
            long time = 10L * cycle;
            int edges = Math.max(0, cycle - 1);
            assertThat(dump.value("top.clk", time)).isEqualTo(1);
            assertThat(dump.value("top.reset", time)).isEqualTo(cycle == 0 ? 1 : 0);
            assertThat(dump.value("top.five", time)).isEqualTo(5);
            assertThat(dump.value("top.fives.count", time)).isEqualTo(5 * edges);
            assertThat(dump.value("top.fives.next", time)).isEqualTo(5 * edges + 5);
            assertThat(dump.value("top.ones.value", time)).isEqualTo(edges / 2);
            assertThat(dump.value("top.sum", time)).isEqualTo(5 * edges + edges / 2);
            if (cycle < 7) {
                assertThat(dump.value("top.clk", time + 5)).isEqualTo(0);
            }
        }
    }

    @Test
    void theFileEndsWithTheValuesAtWhichACheckFailed() throws IOException {
        Path file = folder.resolve("failed.vcd");
        assertThatThrownBy(() -> {
                    try (VcdWriter simulation =
                            VcdWriter.open(CompiledSimulator.compileObserved(counters(), 1), file)) {
                        for (int i = 0; i < 100; i++) {
                            simulation.clock();
                        }
                    }
                })
                .isInstanceOf(CheckFailedException.class)
                .hasMessageStartingWith("top, cycle 12: the sum is small");
        assertThat(Dump.read(file).value("top.sum", 120)).isEqualTo(60);
    }

    @Test
    void moreSignalsThanPrintableCharactersHaveCodesOfTheirOwn() throws IOException {
        NetlistBuilder b = new NetlistBuilder();
        int x = b.input("x", 70);
        int node = x;
        for (int i = 0; i < 10_000; i++) {
            node = i % 2 == 0 ? b.add(node, x) : b.not(node);
            b.setName(node, "n" + i);
        }
        b.output("y", node);
        Path file = folder.resolve("many.vcd");
        Design design = new Design(new Occurrence(b.build("many", "", ""), List.of(), List.of()));
        Simulation plain = CompiledSimulator.compile(design, 1);
        try (VcdWriter simulation = VcdWriter.open(CompiledSimulator.compileObserved(design, 1), file)) {
            simulation.set(0, 12345);
            plain.set(0, 12345);
            simulation.clock();
        }
        assertThat(Dump.read(file).value("many.y", 0)).isEqualTo(plain.output(0).toUnsigned());
    }
}
