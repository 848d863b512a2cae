package org.bitloom.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node;
import org.bitloom.hdl.ir.Occurrence;
import org.junit.jupiter.api.Test;

class VerilogWriterTest {
    private static final int ALWAYS = Netlist.ALWAYS;

    private static Design design(Netlist top) {
        return new Design(occurrence(top));
    }

    private static Occurrence occurrence(Netlist module) {
        return new Occurrence(
                module,
                module.instances().stream().map(i -> occurrence(i.module())).toList(),
                module.memories().stream().map(Netlist.MemoryDefinition::contents).toList());
    }

    private static void check(Netlist top, String file, String expected) throws Exception {
        VerilogFiles files = VerilogWriter.write(design(top), Family.XILINX7);
        String text = files.files().get(file);
        assertThat(text).isEqualTo(expected);
        assertThat(Tools.lint(files)).isEmpty();
    }

    @Test
    void counterWithResetAndEnable() throws Exception {
        NetlistBuilder b = new NetlistBuilder();
        int enable = b.input("enable", 1);
        int count = b.register(6);
        int last = b.equal(count, b.constant(BitVector.of(6, 35)));
        b.setName(last, "last");
        int next = b.mux(last, b.constant(BitVector.zero(6)), b.add(count, b.constant(BitVector.of(6, 1))));
        b.defineRegister(count, "count", next, enable, Optional.of(BitVector.zero(6)));
        b.output("value", count);
        b.output("wraps", b.bitwise(Node.BitOperator.AND, last, enable));
        check(b.build("counter", "Counts to 35.", "modulus=36"), "counter.v", """
                // Counts to 35.
                // modulus=36
                `default_nettype none

                module counter (
                    input  wire       clk,
                    input  wire       reset,
                    input  wire       enable,
                    output wire [5:0] value,
                    output wire       wraps
                );

                    reg  [5:0] count;

                    wire last = count == 6'd35;

                    always @(posedge clk)
                        if (reset) begin
                            count <= 6'd0;
                        end else if (enable) begin
                            count <= last ? 6'd0 : count + 6'd1;
                        end

                    assign value = count;
                    assign wraps = last && enable;
                endmodule

                `default_nettype wire
                """);
    }

    private static Netlist small(String name) {
        NetlistBuilder b = new NetlistBuilder();
        int x = b.input("x", 8);
        int y = b.input("y", 8);
        int spare = b.input("spare", 4);
        int sum = b.add(b.extend(false, x, 9), b.extend(false, y, 9));
        b.output("high", b.slice(sum, 8, 4));
        b.output("dead", spare);
        int product = b.multiply(true, x, y);
        b.output("product", b.slice(product, 15, 7));
        return b.build(name, "", "");
    }

    @Test
    void instance() throws Exception {
        NetlistBuilder b = new NetlistBuilder();
        int a = b.input("a", 10);
        int c = b.input("c", 8);
        int i = b.instance();
        Netlist small = small("kernel");
        b.defineInstance(i, "first", small, List.of(b.slice(a, 9, 2), c, b.slice(a, 3, 0)));
        int j = b.instance();
        b.defineInstance(j, "second", small, List.of(b.add(c, b.slice(a, 7, 0)), b.not(c), b.slice(a, 3, 0)));
        b.output("high", b.instanceOutput(i, 0, 5));
        b.output("p", b.bitwise(Node.BitOperator.XNOR, b.instanceOutput(i, 2, 9), b.instanceOutput(j, 2, 9)));
        check(b.build("outer", "Two kernels.", ""), "outer.v", """
                // Two kernels.
                `default_nettype none

                module outer (
                    input  wire [9:0] a,
                    input  wire [7:0] c,
                    output wire [4:0] high,
                    output wire [8:0] p
                );

                    wire [8:0] first_product;
                    wire [8:0] second_product;

                    wire [7:0] second_x = c + a[7:0];

                    wire [4:0] second_high_unused;

                    kernel first (
                        .x      (a[9:2]),
                        .y      (c),
                        .high   (high),
                        .product(first_product)
                    );

                    kernel second (
                        .x      (second_x),
                        .y      (~c),
                        .high   (second_high_unused),
                        .product(second_product)
                    );

                    assign p = ~(first_product ^ second_product);
                endmodule

                `default_nettype wire
                """);
    }

    @Test
    void commentsAreWrittenAsAProgrammerTypesThem() {
        assertThat(new Lines().comment(1, "Σ w·a ≥ −1 → n × 2 …").toString()).isEqualTo("    // sum of w*a >= -1 -> n * 2 ...\n");
    }
}
