package org.bitloom.hdl.ir;

import java.util.List;

/**
 * One value in a {@link Netlist}. A node names its operands by their ids, so that record equality is shallow and the
 * builder can share equal nodes. All values are bit vectors; a sign is a property of the operation, never of the value.
 * Unless said otherwise operands have exactly the width of the result, so that no rule of implicit extension is needed.
 */
public sealed interface Node {
    int width();

    record Constant(BitVector value) implements Node {
        @Override
        public int width() {
            return value.width();
        }
    }

    /** Input port {@code port} of the module, an index into {@link Netlist#inputs()}. */
    record Input(int port, int width) implements Node {}

    /** A named place for a value that is computed elsewhere: {@link Netlist#wireDriver(int)} of {@code index}. */
    record Wire(int index, int width) implements Node {}

    /** The present value of register {@code index}, see {@link Netlist#registers()}. */
    record Register(int index, int width) implements Node {}

    /** What read port {@code port} of memory {@code memory} shows, see {@link Netlist#memories()}. */
    record MemoryRead(int memory, int port, int width) implements Node {}

    /** The value that delay line {@code index} took in some cycles ago, see {@link Netlist#delays()}. */
    record Delayed(int index, int width) implements Node {}

    /** Output port {@code port} of instance {@code instance}, see {@link Netlist#instances()}. */
    record InstanceOutput(int instance, int port, int width) implements Node {}

    record Not(int width, int operand) implements Node {}

    enum BitOperator {
        AND,
        OR,
        XOR,
        XNOR
    }

    record Bitwise(BitOperator operator, int width, int left, int right) implements Node {}

    enum Reduction {
        AND,
        OR,
        XOR
    }

    /** One bit over all bits of the operand. */
    record Reduce(Reduction reduction, int operand) implements Node {
        @Override
        public int width() {
            return 1;
        }
    }

    /** Modulo 2^width. */
    record Add(int width, int left, int right) implements Node {}

    /** Modulo 2^width. */
    record Subtract(int width, int left, int right) implements Node {}

    /** The whole product: {@code width} is the sum of the operands' widths; both signed or both unsigned. */
    record Multiply(boolean signed, int width, int left, int right) implements Node {}

    /** One bit: are two operands of one width equal? */
    record Equal(int left, int right) implements Node {
        @Override
        public int width() {
            return 1;
        }
    }

    /** One bit: left &lt; right, operands of one width. */
    record Less(boolean signed, int left, int right) implements Node {
        @Override
        public int width() {
            return 1;
        }
    }

    /** {@code condition} has one bit. */
    record Mux(int width, int condition, int whenTrue, int whenFalse) implements Node {}

    enum ShiftKind {
        LEFT,
        RIGHT_LOGICAL,
        RIGHT_ARITHMETIC
    }

    /** Shift by a variable, unsigned amount of any width; a shift by the width or more gives zeros, or signs. */
    record Shift(ShiftKind kind, int width, int operand, int amount) implements Node {}

    /** Bits {@code high} down to {@code low}, both included, of an operand of any greater width. */
    record Slice(int operand, int high, int low) implements Node {
        @Override
        public int width() {
            return high - low + 1;
        }
    }

    /** Parts side by side, the most significant first, as in Verilog's braces. */
    record Concat(int width, List<Integer> parts) implements Node {
        public Concat {
            parts = List.copyOf(parts);
        }
    }

    /** A narrower operand, filled up with zeros or with its sign. */
    record Extend(boolean signed, int width, int operand) implements Node {}

    /**
     * The number of ones in the operand; {@code width} holds the operand's width as a number. Stays one node until the
     * device family is known, as does an XNOR directly under it.
     */
    record PopCount(int width, int operand) implements Node {}

    /** The sum of terms of one common width, each extended (by sign or zeros) to the result's width; modulo 2^width. */
    record Sum(boolean signed, int width, List<Integer> terms) implements Node {
        public Sum {
            terms = List.copyOf(terms);
        }
    }

    /** {@code values[index]}; beyond the last value the last value. All values have the result's width. */
    record Select(int width, int index, List<Integer> values) implements Node {
        public Select {
            values = List.copyOf(values);
        }
    }

    /** Ids of the values that this one is computed from in the same cycle, inside one module. */
    default List<Integer> operands() {
        return switch (this) {
            case Constant _, Input _, Wire _, Register _, MemoryRead _, Delayed _, InstanceOutput _ -> List.of();
            case Not n -> List.of(n.operand);
            case Bitwise n -> List.of(n.left, n.right);
            case Reduce n -> List.of(n.operand);
            case Add n -> List.of(n.left, n.right);
            case Subtract n -> List.of(n.left, n.right);
            case Multiply n -> List.of(n.left, n.right);
            case Equal n -> List.of(n.left, n.right);
            case Less n -> List.of(n.left, n.right);
            case Mux n -> List.of(n.condition, n.whenTrue, n.whenFalse);
            case Shift n -> List.of(n.operand, n.amount);
            case Slice n -> List.of(n.operand);
            case Concat n -> n.parts;
            case Extend n -> List.of(n.operand);
            case PopCount n -> List.of(n.operand);
            case Sum n -> n.terms;
            case Select n -> {
                var all = new java.util.ArrayList<Integer>(n.values.size() + 1);
                all.add(n.index);
                all.addAll(n.values);
                yield List.copyOf(all);
            }
        };
    }
}
