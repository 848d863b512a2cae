package org.bitloom.hdl.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node.BitOperator;
import org.bitloom.hdl.ir.Node.Reduction;
import org.bitloom.hdl.ir.Node.ShiftKind;
import org.bitloom.hdl.ir.Occurrence;
import org.junit.jupiter.api.Test;

/** What each operator must give in every simulation: values worked out by hand, at and beyond the borders of limbs. */
abstract class OperatorContract {
    abstract Simulation start(Design design, long seed);

    /** Adds operators to inputs; returns the node that is the output. */
    interface Circuit {
        int build(NetlistBuilder builder, int[] inputs);
    }

    /** Operands are written as {@code width:hexadecimal digits}; the result is hexadecimal digits. */
    private String result(Circuit circuit, String... operands) {
        NetlistBuilder builder = new NetlistBuilder();
        int[] inputs = IntStream.range(0, operands.length)
                .map(i -> builder.input("i" + i, operand(operands[i]).width()))
                .toArray();
        builder.output("o", circuit.build(builder, inputs));
        Occurrence top = new Occurrence(builder.build("Top", "", ""), List.of(), List.of());
        Simulation simulation = start(new Design(top), 1);
        for (int i = 0; i < operands.length; i++) {
            simulation.set(i, operand(operands[i]));
        }
        return simulation.output(0).toHex();
    }

    private static BitVector operand(String text) {
        int colon = text.indexOf(':');
        return BitVector.of(Integer.parseInt(text.substring(0, colon)), new BigInteger(text.substring(colon + 1), 16));
    }

    @Test
    void constant() {
        assertThat(result((b, in) -> b.constant(operand("70:2a0123456789abcdef")))).isEqualTo("2a0123456789abcdef");
    }

    @Test
    void not() {
        assertThat(result((b, in) -> b.not(in[0]), "5:12")).isEqualTo("0d");
        assertThat(result((b, in) -> b.not(in[0]), "65:0")).isEqualTo("1ffffffffffffffff");
        assertThat(result((b, in) -> b.not(in[0]), "64:8000000000000000")).isEqualTo("7fffffffffffffff");
    }

    @Test
    void bitwise() {
        assertThat(result((b, in) -> b.bitwise(BitOperator.AND, in[0], in[1]), "4:c", "4:a")).isEqualTo("8");
        assertThat(result((b, in) -> b.bitwise(BitOperator.OR, in[0], in[1]), "4:c", "4:a")).isEqualTo("e");
        assertThat(result((b, in) -> b.bitwise(BitOperator.XOR, in[0], in[1]), "4:c", "4:a")).isEqualTo("6");
        assertThat(result((b, in) -> b.bitwise(BitOperator.XNOR, in[0], in[1]), "4:c", "4:a")).isEqualTo("9");
        assertThat(result((b, in) -> b.bitwise(BitOperator.XNOR, in[0], in[1]), "66:0", "66:10000000000000001"))
                .isEqualTo("2fffffffffffffffe");
    }

    @Test
    void reduce() {
        assertThat(result((b, in) -> b.reduce(Reduction.AND, in[0]), "65:1ffffffffffffffff")).isEqualTo("1");
        assertThat(result((b, in) -> b.reduce(Reduction.AND, in[0]), "65:0ffffffffffffffff")).isEqualTo("0");
        assertThat(result((b, in) -> b.reduce(Reduction.AND, in[0]), "64:ffffffffffffffff")).isEqualTo("1");
        assertThat(result((b, in) -> b.reduce(Reduction.OR, in[0]), "129:100000000000000000000000000000000"))
                .isEqualTo("1");
        assertThat(result((b, in) -> b.reduce(Reduction.OR, in[0]), "129:0")).isEqualTo("0");
        assertThat(result((b, in) -> b.reduce(Reduction.XOR, in[0]), "3:7")).isEqualTo("1");
        assertThat(result((b, in) -> b.reduce(Reduction.XOR, in[0]), "66:30000000000000001")).isEqualTo("1");
        assertThat(result((b, in) -> b.reduce(Reduction.XOR, in[0]), "66:20000000000000001")).isEqualTo("0");
    }

    @Test
    void addAndSubtractWrapAtTheirWidth() {
        assertThat(result((b, in) -> b.add(in[0], in[1]), "4:9", "4:8")).isEqualTo("1");
        assertThat(result((b, in) -> b.add(in[0], in[1]), "65:0ffffffffffffffff", "65:1"))
                .isEqualTo("10000000000000000");
        assertThat(result((b, in) -> b.add(in[0], in[1]), "128:ffffffffffffffffffffffffffffffff", "128:1"))
                .isEqualTo("00000000000000000000000000000000");
        assertThat(result((b, in) -> b.subtract(in[0], in[1]), "4:3", "4:5")).isEqualTo("e");
        assertThat(result((b, in) -> b.subtract(in[0], in[1]), "130:100000000000000000000000000000000", "130:1"))
                .isEqualTo("0ffffffffffffffffffffffffffffffff");
        assertThat(result((b, in) -> b.subtract(in[0], in[1]), "65:0", "65:1")).isEqualTo("1ffffffffffffffff");
    }

    @Test
    void multiplyHasTheWholeProduct() {
        assertThat(result((b, in) -> b.multiply(false, in[0], in[1]), "4:f", "4:f")).isEqualTo("e1");
        assertThat(result((b, in) -> b.multiply(true, in[0], in[1]), "4:f", "4:f")).isEqualTo("01");
        assertThat(result((b, in) -> b.multiply(true, in[0], in[1]), "4:8", "4:8")).isEqualTo("40");
        assertThat(result((b, in) -> b.multiply(true, in[0], in[1]), "4:8", "3:3")).isEqualTo("68");
        assertThat(result((b, in) -> b.multiply(false, in[0], in[1]), "64:ffffffffffffffff", "64:ffffffffffffffff"))
                .isEqualTo("fffffffffffffffe0000000000000001");
        assertThat(result((b, in) -> b.multiply(true, in[0], in[1]), "64:ffffffffffffffff", "64:8000000000000000"))
                .isEqualTo("00000000000000008000000000000000");
        assertThat(result((b, in) -> b.multiply(true, in[0], in[1]), "1:1", "65:10000000000000000"))
                .isEqualTo("10000000000000000");
    }

    @Test
    void equal() {
        assertThat(result((b, in) -> b.equal(in[0], in[1]), "65:10000000000000000", "65:0")).isEqualTo("0");
        assertThat(result((b, in) -> b.equal(in[0], in[1]), "65:10000000000000000", "65:10000000000000000"))
                .isEqualTo("1");
    }

    @Test
    void less() {
        assertThat(result((b, in) -> b.less(false, in[0], in[1]), "4:7", "4:8")).isEqualTo("1");
        assertThat(result((b, in) -> b.less(true, in[0], in[1]), "4:7", "4:8")).isEqualTo("0");
        assertThat(result((b, in) -> b.less(true, in[0], in[1]), "4:8", "4:f")).isEqualTo("1");
        assertThat(result((b, in) -> b.less(true, in[0], in[1]), "4:5", "4:5")).isEqualTo("0");
        assertThat(result((b, in) -> b.less(false, in[0], in[1]), "64:1", "64:ffffffffffffffff")).isEqualTo("1");
        assertThat(result((b, in) -> b.less(true, in[0], in[1]), "64:1", "64:ffffffffffffffff")).isEqualTo("0");
        assertThat(result((b, in) -> b.less(true, in[0], in[1]), "65:1ffffffffffffffff", "65:0")).isEqualTo("1");
        assertThat(result((b, in) -> b.less(false, in[0], in[1]), "65:1ffffffffffffffff", "65:0")).isEqualTo("0");
        assertThat(result((b, in) -> b.less(true, in[0], in[1]), "1:1", "1:0")).isEqualTo("1");
    }

    @Test
    void mux() {
        assertThat(result((b, in) -> b.mux(in[0], in[1], in[2]), "1:1", "70:2a0000000000000000", "70:1"))
                .isEqualTo("2a0000000000000000");
        assertThat(result((b, in) -> b.mux(in[0], in[1], in[2]), "1:0", "8:aa", "8:55")).isEqualTo("55");
    }

    @Test
    void shiftsByAnyAmountAreDefined() {
        assertThat(result((b, in) -> b.shift(ShiftKind.LEFT, in[0], in[1]), "8:b1", "3:3")).isEqualTo("88");
        assertThat(result((b, in) -> b.shift(ShiftKind.LEFT, in[0], in[1]), "8:b1", "4:8")).isEqualTo("00");
        assertThat(result((b, in) -> b.shift(ShiftKind.RIGHT_LOGICAL, in[0], in[1]), "8:b1", "3:3")).isEqualTo("16");
        assertThat(result((b, in) -> b.shift(ShiftKind.RIGHT_ARITHMETIC, in[0], in[1]), "8:b1", "3:3"))
                .isEqualTo("f6");
        assertThat(result((b, in) -> b.shift(ShiftKind.RIGHT_ARITHMETIC, in[0], in[1]), "8:b1", "8:ff"))
                .isEqualTo("ff");
        assertThat(result((b, in) -> b.shift(ShiftKind.RIGHT_ARITHMETIC, in[0], in[1]), "8:31", "8:ff"))
                .isEqualTo("00");
        assertThat(result((b, in) -> b.shift(ShiftKind.LEFT, in[0], in[1]), "129:1", "8:80"))
                .isEqualTo("100000000000000000000000000000000");
        assertThat(result((b, in) -> b.shift(ShiftKind.RIGHT_LOGICAL, in[0], in[1]),
                        "129:100000000000000000000000000000000", "8:40"))
                .isEqualTo("000000000000000010000000000000000");
        assertThat(result((b, in) -> b.shift(ShiftKind.RIGHT_ARITHMETIC, in[0], in[1]),
                        "65:10000000000000000", "7:40"))
                .isEqualTo("1ffffffffffffffff");
        // Amounts that are huge, and whose lowest limb alone would be a small shift.
        assertThat(result((b, in) -> b.shift(ShiftKind.LEFT, in[0], in[1]), "64:1", "64:8000000000000000"))
                .isEqualTo("0000000000000000");
        assertThat(result((b, in) -> b.shift(ShiftKind.RIGHT_LOGICAL, in[0], in[1]), "64:ff", "65:10000000000000001"))
                .isEqualTo("0000000000000000");
    }

    @Test
    void sliceAndConcat() {
        assertThat(result((b, in) -> b.slice(in[0], 67, 60), "100:abcdef0123456789abcde0000")).isEqualTo("23");
        assertThat(result((b, in) -> b.slice(in[0], 2, 2), "3:4")).isEqualTo("1");
        assertThat(result((b, in) -> b.concat(List.of(in[0], in[1], in[2])), "3:5", "1:0", "4:9")).isEqualTo("a9");
        assertThat(result((b, in) -> b.concat(List.of(in[0], in[1])), "2:3", "64:0")).isEqualTo("30000000000000000");
    }

    @Test
    void extend() {
        assertThat(result((b, in) -> b.extend(false, in[0], 8), "4:9")).isEqualTo("09");
        assertThat(result((b, in) -> b.extend(true, in[0], 8), "4:9")).isEqualTo("f9");
        assertThat(result((b, in) -> b.extend(true, in[0], 129), "64:8000000000000000"))
                .isEqualTo("1ffffffffffffffff8000000000000000");
        assertThat(result((b, in) -> b.extend(true, in[0], 66), "1:1")).isEqualTo("3ffffffffffffffff");
    }

    @Test
    void popCountAlsoOfAnXnor() {
        assertThat(result((b, in) -> b.popCount(in[0]), "7:7f")).isEqualTo("7");
        assertThat(result((b, in) -> b.popCount(in[0]), "8:ff")).isEqualTo("8");
        assertThat(result((b, in) -> b.popCount(in[0]), "130:300000000000000010000000000000001")).isEqualTo("04");
        assertThat(result((b, in) -> b.popCount(b.bitwise(BitOperator.XNOR, in[0], in[1])), "66:0", "66:1"))
                .isEqualTo("41");
    }

    @Test
    void sumExtendsItsTermsAndWraps() {
        assertThat(sum(false, 6, "4:f", "4:f", "4:f")).isEqualTo("2d");
        assertThat(sum(true, 6, "4:f", "4:f", "4:f")).isEqualTo("3d");
        assertThat(sum(true, 4, "4:8", "4:8", "4:1")).isEqualTo("1");
        assertThat(sum(true, 70, "64:8000000000000000", "64:8000000000000000")).isEqualTo("3f0000000000000000");
    }

    private String sum(boolean signed, int width, String... terms) {
        return result((b, in) -> b.sum(signed, width, IntStream.of(in).boxed().toList()), terms);
    }

    @Test
    void selectBeyondTheLastValueGivesTheLast() {
        Circuit select = (b, in) -> b.select(in[0], List.of(in[1], in[2], in[3]));
        assertThat(result(select, "2:0", "8:11", "8:22", "8:33")).isEqualTo("11");
        assertThat(result(select, "2:1", "8:11", "8:22", "8:33")).isEqualTo("22");
        assertThat(result(select, "2:2", "8:11", "8:22", "8:33")).isEqualTo("33");
        assertThat(result(select, "2:3", "8:11", "8:22", "8:33")).isEqualTo("33");
        assertThat(result(select, "70:200000000000000000", "8:11", "8:22", "8:33")).isEqualTo("33");
        assertThat(result((b, in) -> b.select(in[0], List.of(in[1], in[2], in[3])), "1:1", "8:11", "8:22", "8:33"))
                .isEqualTo("22");
    }

    @Test
    void wiresMayBeDrivenByWhatComesLater() {
        assertThat(result((b, in) -> {
                    int wire = b.wire(8);
                    int user = b.not(wire);
                    b.driveWire(wire, b.add(in[0], in[1]));
                    return user;
                }, "8:1", "8:2"))
                .isEqualTo("fc");
    }
}
