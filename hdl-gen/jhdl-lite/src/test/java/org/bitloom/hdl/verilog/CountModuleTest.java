package org.bitloom.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node;
import org.bitloom.hdl.ir.Occurrence;
import org.bitloom.hdl.sim.Interpreter;
import org.bitloom.hdl.sim.Simulation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Counting modules count, whatever their shape, and are as small as they claim to be. */
class CountModuleTest {
    private static Design counter(int lanes, boolean pairs) {
        NetlistBuilder b = new NetlistBuilder();
        int bits = b.input("a", lanes);
        if (pairs) {
            bits = b.bitwise(Node.BitOperator.XNOR, bits, b.input("b", lanes));
        }
        b.output("count", b.popCount(bits));
        return new Design(new Occurrence(b.build("top", "", ""), List.of(), List.of()));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void everyNumberOfLanesIsCounted(boolean wide, boolean pairs) {
        CountPlan.Planner planner = new CountPlan.Planner(wide, pairs);
        Random random = new Random(1);
        for (int lanes = 1; lanes <= 300; lanes += lanes < 140 ? 1 : 13) {
            Netlist module = module(planner.plan(lanes), pairs);
            Simulation simulation = new Interpreter(new Design(Occurrence.of(module)), 1);
            for (int i = 0; i < 12; i++) {
                BitVector a = i == 0 ? BitVector.zero(lanes) : i == 1 ? BitVector.ones(lanes) : random(lanes, random);
                BitVector b = random(lanes, random);
                int expected = 0;
                for (int bit = 0; bit < lanes; bit++) {
                    expected += pairs ? a.bit(bit) == b.bit(bit) ? 1 : 0 : a.bit(bit) ? 1 : 0;
                }
                simulation.set(0, a);
                if (pairs) {
                    simulation.set(1, b);
                }
                assertThat(simulation.get(0)).as("%d lanes, %s", lanes, a).isEqualTo(expected);
            }
        }
    }

    private static Netlist module(CountPlan plan, boolean pairs) {
        return CountModule.of("count_" + plan.lanes(), plan, pairs, part -> module(part, pairs));
    }

    private static BitVector random(int width, Random random) {
        return BitVector.of(width, random.longs(BitVector.limbCount(width)).toArray());
    }

    @ParameterizedTest
    @EnumSource
    void everyFamilyHasOneOfTheTwoForms(Family family) {
        for (int lanes : new int[] {5, 16, 64}) {
            VerilogFiles files = VerilogWriter.write(counter(lanes, true), family);
            assertThat(files).isIn(
                    VerilogWriter.write(counter(lanes, true), Family.XILINX7),
                    VerilogWriter.write(counter(lanes, true), Family.ICE40));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"XILINX7", "ICE40"})
    void provenEqualToTheSumOfTheBits(Family family) throws Exception {
        for (boolean pairs : new boolean[] {false, true}) {
            for (int lanes : new int[] {3, 4, 7, 8, pairs ? 12 : 16}) {
                VerilogFiles files = VerilogWriter.write(counter(lanes, pairs), family);
                try (Tools tools = new Tools(files)) {
                    tools.write("reference.v", reference(lanes, pairs));
                    String proof = tools.run(List.of("yosys", "-p", Tools.read(files) + "read_verilog reference.v; "
                            + "hierarchy; proc; flatten; miter -equiv -make_assert top reference proof; flatten proof; "
                            + "opt_clean; sat -verify -prove-asserts -show-inputs proof"));
                    assertThat(proof).contains("SAT proof finished - no model found: SUCCESS!");
                }
            }
        }
    }

    private static String reference(int lanes, boolean pairs) {
        int width = CountPlan.bitsFor(lanes);
        StringBuilder sum = new StringBuilder();
        for (int i = 0; i < lanes; i++) {
            sum.append(i == 0 ? "" : " + ").append("x[").append(i).append(']');
        }
        return "module reference(input [%d:0] a, %soutput [%d:0] count); wire [%d:0] x = %s; assign count = %s; endmodule"
                .formatted(lanes - 1, pairs ? "input [" + (lanes - 1) + ":0] b, " : "", width - 1, lanes - 1,
                        pairs ? "~(a ^ b)" : "a", sum);
    }

    @ParameterizedTest
    @CsvSource({
        "XILINX7, synth_xilinx -flatten -noiopad -noclkbuf, true,  64,  80",
        "ICE40,   synth_ice40,                              true,  64, 128"
    })
    void staysWithinItsLuts(Family family, String synthesis, boolean pairs, int lanes, int most) throws Exception {
        VerilogFiles files = VerilogWriter.write(counter(lanes, pairs), family);
        try (Tools tools = new Tools(files)) {
            tools.run(List.of("yosys", "-q", "-p", Tools.read(files) + synthesis + " -top top; tee -o report.txt stat"));
            String report = Files.readString(tools.folder().resolve("report.txt"));
            int luts = 0;
            for (Matcher m = Pattern.compile("(?m)^ +(?:SB_LUT4|LUT[1-6]) +(\\d+)").matcher(report); m.find(); ) {
                luts += Integer.parseInt(m.group(1));
            }
            assertThat(luts).as(report).isPositive().isLessThanOrEqualTo(most);
        }
    }

    @Test
    void equalCountsShareOneModule() throws Exception {
        NetlistBuilder b = new NetlistBuilder();
        int x = b.input("x", 16);
        int y = b.input("y", 16);
        b.output("same", b.popCount(b.bitwise(Node.BitOperator.XNOR, x, y)));
        b.output("differ", b.popCount(b.bitwise(Node.BitOperator.XOR, x, y)));
        b.output("ones", b.popCount(x));
        VerilogFiles files = VerilogWriter.write(
                new Design(new Occurrence(b.build("top", "", ""), List.of(), List.of())), Family.XILINX7);
        assertThat(files.sources()).containsExactly("xnor_popcount_16.v", "popcount_16.v", "top.v");
        assertThat(Tools.lint(files)).isEmpty();
        assertThat(files.files().get("top.v")).isEqualTo("""
                `default_nettype none

                module top (
                    input  wire [15:0] x,
                    input  wire [15:0] y,
                    output wire [4:0]  same,
                    output wire [4:0]  differ,
                    output wire [4:0]  ones
                );

                    xnor_popcount_16 same_counter (
                        .a    (x),
                        .b    (y),
                        .count(same)
                    );

                    xnor_popcount_16 differ_counter (
                        .a    (~x),
                        .b    (y),
                        .count(differ)
                    );

                    popcount_16 ones_counter (
                        .bits (x),
                        .count(ones)
                    );
                endmodule

                `default_nettype wire
                """);
    }
}
