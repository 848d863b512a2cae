package org.bitloom.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Check;
import org.bitloom.hdl.ir.Netlist.CheckKind;
import org.bitloom.hdl.ir.Netlist.Collision;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node;
import org.bitloom.hdl.ir.Occurrence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memories, delay lines and checks as Verilog, and what the tools say about them. */
class MemoryTextTest {
    private static final int ALWAYS = Netlist.ALWAYS;

    private static MemoryContents words(int width, int depth, int seed) {
        return MemoryContents.of(
                width, IntStream.range(0, depth).mapToObj(i -> BitVector.of(width, 37L * i + seed)).toList());
    }

    private static Design alone(Netlist module) {
        List<Optional<MemoryContents>> contents =
                module.memories().stream().map(Netlist.MemoryDefinition::contents).toList();
        return new Design(new Occurrence(module, List.of(), contents));
    }

    /** A processing element with the given name whose ROM comes with the instance. */
    private static Netlist element(String name) {
        NetlistBuilder b = new NetlistBuilder();
        int address = b.input("address", 5);
        int go = b.input("go", 1);
        int weights = b.memory("weights", 12, 32, MemoryStyle.BLOCK, Collision.NEVER, Optional.empty(), true);
        int word = b.memoryRead(weights);
        b.defineRead(word, address, true, go);
        b.setName(word, "weight");
        b.output("ones", b.popCount(word));
        return b.build(name, "Counts the ones of a weight.", "");
    }

    private static Design elements(int... seeds) {
        Netlist element = element("element");
        NetlistBuilder b = new NetlistBuilder();
        int address = b.input("address", 5);
        int go = b.input("go", 1);
        List<Occurrence> children = new ArrayList<>();
        for (int i = 0; i < seeds.length; i++) {
            int instance = b.instance();
            b.defineInstance(instance, "pe_" + (i == 0 ? "first" : "other" + i), element, List.of(address, go));
            b.output("ones" + i, b.instanceOutput(instance, 0, 4));
            children.add(new Occurrence(element, List.of(), List.of(Optional.of(words(12, 32, seeds[i])))));
        }
        return new Design(new Occurrence(b.build("elements", "", ""), children, List.of()));
    }

    @Test
    void contentsThatDifferAreParameters() throws Exception {
        VerilogFiles files = VerilogWriter.write(elements(1, 2, 1), Family.XILINX7);
        assertThat(files.images()).containsExactly("pe_first_weights.mem", "pe_other1_weights.mem");
        assertThat(files.files().get("pe_first_weights.mem")).startsWith("001\n026\n04b\n");
        assertThat(files.files().get("element.v")).isEqualTo("""
                // Counts the ones of a weight.
                `default_nettype none

                module element #(
                    parameter WEIGHTS = ""
                ) (
                    input  wire       clk,
                    input  wire [4:0] address,
                    input  wire       go,
                    output wire [3:0] ones
                );

                    (* rom_style = "block" *)
                    reg [11:0] weights [0:31];
                    generate if (WEIGHTS != "") begin : weights_contents
                        initial $readmemh(WEIGHTS, weights);
                    end endgenerate
                    reg  [11:0] weight;

                    popcount_12 ones_counter (
                        .bits (weight),
                        .count(ones)
                    );

                    always @(posedge clk) if (go) weight <= weights[address];
                endmodule

                `default_nettype wire
                """);
        assertThat(files.files().get("elements.v")).contains("""
                    element #(
                        .WEIGHTS("pe_other1_weights.mem")
                    ) pe_other1 (
                """);
        assertThat(Tools.lint(files)).isEmpty();
    }

    @Test
    void contentsOnWhichAllAgreeAreNamedInTheModule() throws Exception {
        VerilogFiles files = VerilogWriter.write(elements(7, 7), Family.ICE40);
        assertThat(files.images()).containsExactly("pe_first_weights.mem");
        assertThat(files.files().get("element.v"))
                .contains("(* syn_romstyle = \"EBR\" *)")
                .contains("initial $readmemh(\"pe_first_weights.mem\", weights);")
                .doesNotContain("parameter");
        assertThat(Tools.lint(files)).isEmpty();
    }

    /** A ROM and a RAM of each style. */
    private static Netlist memories(boolean clocked, MemoryStyle... styles) {
        NetlistBuilder b = new NetlistBuilder();
        int address = b.input("address", 6);
        int data = b.input("data", 16);
        int write = b.input("write", 1);
        for (MemoryStyle style : styles) {
            String name = styles.length == 1 ? "" : "_" + style.name().toLowerCase(Locale.ROOT);
            int rom = b.memory("table" + name, 16, 64, style, Collision.READ_OLD, Optional.of(words(16, 64, 3)), false);
            int ram = b.memory("buffer" + name, 16, 64, style, Collision.NEVER, Optional.empty(), false);
            int entry = b.memoryRead(rom);
            b.defineRead(entry, address, clocked, ALWAYS);
            int stored = b.memoryRead(ram);
            b.defineRead(stored, b.not(address), clocked, ALWAYS);
            b.memoryWrite(ram, address, data, write);
            b.output("entry" + name, entry);
            b.output("stored" + name, stored);
        }
        return b.build("memories", "", "");
    }

    @ParameterizedTest
    @EnumSource
    void yosysFindsAPlaceForEveryStyle(Family family) throws Exception {
        String synthesis = switch (family) {
            case XILINX7 -> "synth_xilinx -noiopad";
            case ULTRASCALE_PLUS -> "synth_xilinx -family xcup -noiopad";
            case ECP5 -> "synth_ecp5 -nowidelut";
            case ICE40, ICE40_UP -> "synth_ice40";
            case GOWIN -> "synth_gowin -nowidelut";
            case CYCLONE_V -> "synth_intel_alm -family cyclonev";
        };
        Netlist memories = memories(true, MemoryStyle.BLOCK, MemoryStyle.DISTRIBUTED, MemoryStyle.LARGE);
        VerilogFiles files = VerilogWriter.write(alone(memories), family);
        assertThat(Tools.lint(files)).isEmpty();
        try (Tools tools = new Tools(files)) {
            String said = tools.run(
                    List.of("yosys", "-q", "-p", Tools.read(files) + synthesis + " -top memories -run begin:map_ffs"));
            assertThat(said).doesNotContainIgnoringCase("error");
        }
    }

    @Test
    void memoriesThatAreReadAtOnce() throws Exception {
        VerilogFiles files = VerilogWriter.write(alone(memories(false, MemoryStyle.DISTRIBUTED)), Family.XILINX7);
        assertThat(files.files().get("memories.v")).isEqualTo("""
                `default_nettype none

                module memories (
                    input  wire        clk,
                    input  wire [5:0]  address,
                    input  wire [15:0] data,
                    input  wire        write,
                    output wire [15:0] entry,
                    output wire [15:0] stored
                );

                    (* rom_style = "distributed", ram_style = "registers" *)
                    reg [15:0] table_0 [0:63];
                    initial $readmemh("memories_table.mem", table_0);

                    (* ram_style = "distributed" *)
                    reg [15:0] buffer_0 [0:63];

                    wire [5:0] buffer_0_read_address = ~address;

                    assign entry = table_0[address];

                    assign stored = buffer_0[buffer_0_read_address];
                    always @(posedge clk) if (write) buffer_0[address] <= data;
                endmodule

                `default_nettype wire
                """);
        assertThat(Tools.lint(files)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void delayLinesDelay(Family family) throws Exception {
        NetlistBuilder b = new NetlistBuilder();
        int value = b.input("value", 8);
        int go = b.input("go", 1);
        int index = 0;
        for (int cycles : new int[] {1, 2, 17, 40, 200}) {
            int late = b.delay(8);
            b.defineDelay(late, "late" + cycles, value, go, cycles);
            b.output("out" + index++, late);
        }
        VerilogFiles files = VerilogWriter.write(alone(b.build("delays", "", "")), family);
        assertThat(Tools.lint(files)).isEmpty();
        try (Tools tools = new Tools(files)) {
            tools.write("bench.v", """
                    module bench;
                        reg clk = 0, go = 1;
                        reg [7:0] value;
                        wire [7:0] out0, out1, out2, out3, out4;
                        reg [7:0] line [0:199];
                        integer i, cycle, wrong = 0;
                        delays dut (clk, value, go, out0, out1, out2, out3, out4);
                        initial begin
                            for (cycle = 0; cycle < 1000; cycle = cycle + 1) begin
                                value = $random; go = cycle < 200 || $random;
                                #1 clk = 1;
                                if (go) begin for (i = 199; i > 0; i = i - 1) line[i] = line[i - 1]; line[0] = value; end
                                #1 clk = 0;
                                if (cycle >= 200 && {out0, out1, out2, out3, out4}
                                        !== {line[0], line[1], line[16], line[39], line[199]}) wrong = wrong + 1;
                            end
                            $display("%0d wrong", wrong);
                        end
                    endmodule
                    """);
            assertThat(tools.run(List.of("iverilog", "-g2005", "-o", "bench.vvp", "bench.v", "delays.v"))).isEmpty();
            assertThat(tools.run(List.of("vvp", "-n", "bench.vvp"))).isEqualTo("0 wrong\n");
        }
    }

    @Test
    void checksStandApartAndAreProven() throws Exception {
        NetlistBuilder b = new NetlistBuilder();
        int up = b.input("up", 1);
        int count = b.register(3);
        int one = b.constant(BitVector.of(3, 1));
        int sum = b.add(b.extend(false, count, 4), b.extend(false, one, 4));
        int enable = b.bitwise(Node.BitOperator.AND, up, b.not(b.equal(count, b.constant(BitVector.of(3, 5)))));
        b.defineRegister(count, "count", b.slice(sum, 2, 0), enable, Optional.of(BitVector.zero(3)));
        b.check(new Check(CheckKind.ASSERT, b.less(false, count, b.constant(BitVector.of(3, 6))), "stops at 5", null));
        b.check(new Check(CheckKind.ASSERT, b.not(b.bitwise(Node.BitOperator.AND, enable, b.slice(sum, 3, 3))), "fits", null));
        b.output("value", count);
        VerilogFiles files = VerilogWriter.write(alone(b.build("limited", "", "")), Family.XILINX7);
        assertThat(files.files().get("limited.v")).isEqualTo("""
                `default_nettype none

                module limited (
                    input  wire       clk,
                    input  wire       reset,
                    input  wire       up,
                    output wire [2:0] value
                );

                    reg  [2:0] count;

                    wire count_enable = up && count != 3'd5;

                    always @(posedge clk)
                        if (reset) begin
                            count <= 3'd0;
                        end else if (count_enable) begin
                            count <= count + 3'd1;
                        end

                    assign value = count;

                `ifdef FORMAL
                    wire [3:0] check_1_sum = {1'b0, count} + 4'd1;

                    always @(posedge clk)
                        if (!reset) begin
                            // stops at 5
                            assert (count < 3'd6);
                            // fits
                            assert (!(count_enable && check_1_sum[3]));
                        end
                `endif
                endmodule

                `default_nettype wire
                """);
        assertThat(Tools.lint(files)).isEmpty();
        try (Tools tools = new Tools(files)) {
            String proof = tools.run(List.of("yosys", "-p", "read_verilog -formal limited.v; prep -top limited; "
                    + "async2sync; sat -tempinduct -verify -prove-asserts -set-at 1 reset 1"));
            assertThat(proof).contains("SUCCESS");
        }
    }

    @Test
    void sameDesignSameBytes() {
        assertThat(VerilogWriter.write(elements(1, 2, 3), Family.ECP5)).isEqualTo(VerilogWriter.write(elements(1, 2, 3), Family.ECP5));
    }

    @Test
    void nothingIsLeftBehindWhenWritingFails(@TempDir Path folder) throws IOException {
        VerilogFiles files = new VerilogFiles("a", List.of("a.v"), new TreeMap<>(Map.of("a.v", "x", "b/c.mem", "y")));
        assertThatThrownBy(() -> files.writeTo(folder)).isInstanceOf(IOException.class);
        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
