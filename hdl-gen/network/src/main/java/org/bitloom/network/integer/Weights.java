package org.bitloom.network.integer;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntBinaryOperator;
import org.bitloom.network.BitPattern;
import org.bitloom.network.NetworkException;
import org.bitloom.network.ValueType;

/** A constant matrix, rows = outputs, columns = inputs of one output. Immutable; equal by content. */
public sealed interface Weights {
    /** The most elements a matrix may have: 256 Mi. */
    int MAX_ELEMENTS = 1 << 28;

    int rows();

    int columns();

    /** The value, as an integer (bipolar: −1 or +1). */
    long at(int row, int column);

    /** What every element is. */
    ValueType type();

    private static void requireSize(int rows, int columns) {
        if (rows < 1 || columns < 1 || (long) rows * columns > MAX_ELEMENTS) {
            throw new NetworkException("weights of " + rows + " x " + columns + ": both must be at least 1, and their "
                    + "product at most " + MAX_ELEMENTS);
        }
    }

    /** Weights of −1 and +1, one bit each (1 = +1), 64 to a word, each row starting a new word; spare bits are 0. */
    final class Binary implements Weights {
        private final int rows;
        private final int columns;
        private final long[] words;

        private Binary(int rows, int columns, long[] words) {
            this.rows = rows;
            this.columns = columns;
            this.words = words;
        }

        /** Copies packed words: {@link #wordsPerRow()} a row, lane 0 in bit 0. */
        public static Binary packed(int rows, int columns, long[] words) {
            requireSize(rows, columns);
            Binary weights = new Binary(rows, columns, words.clone());
            if (words.length != rows * weights.wordsPerRow()) {
                throw new NetworkException("binary weights of " + rows + " x " + columns + " take "
                        + rows * weights.wordsPerRow() + " words, not " + words.length);
            }
            long spare = columns % Long.SIZE == 0 ? 0 : -1L << columns;
            for (int row = 0; row < rows; row++) {
                if ((weights.word(row, weights.wordsPerRow() - 1) & spare) != 0) {
                    throw new NetworkException("binary weights: row " + row + " has bits beyond column " + columns);
                }
            }
            return weights;
        }

        /** Weights by a function of (row, column) that answers +1 or −1. */
        public static Binary of(int rows, int columns, IntBinaryOperator value) {
            requireSize(rows, columns);
            Binary weights = new Binary(rows, columns, new long[rows * wordsFor(columns)]);
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    int weight = value.applyAsInt(row, column);
                    if (weight != 1 && weight != -1) {
                        throw new NetworkException("binary weight [" + row + ", " + column + "] is " + weight
                                + ", not -1 or 1");
                    }
                    if (weight == 1) {
                        weights.words[row * weights.wordsPerRow() + column / Long.SIZE] |= 1L << column;
                    }
                }
            }
            return weights;
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public long at(int row, int column) {
            Objects.checkIndex(column, columns);
            return (word(row, column / Long.SIZE) >>> column & 1) * 2 - 1;
        }

        @Override
        public ValueType type() {
            return ValueType.bipolar();
        }

        public int wordsPerRow() {
            return wordsFor(columns);
        }

        /** 64 weights of a row, column {@code 64 * index} in bit 0. */
        public long word(int row, int index) {
            return words[row * wordsPerRow() + Objects.checkIndex(index, wordsPerRow())];
        }

        /** 1 to 64 weights of a row, that of column {@code from} in bit 0; bits from {@code count} on are 0. */
        public long bits(int row, int from, int count) {
            Objects.checkFromIndexSize(from, count, columns);
            int offset = from % Long.SIZE;
            long bits = word(row, from / Long.SIZE) >>> offset;
            if (offset + count > Long.SIZE) {
                bits |= word(row, from / Long.SIZE + 1) << -offset;
            }
            return bits & -1L >>> -count;
        }

        private static int wordsFor(int columns) {
            return (columns + Long.SIZE - 1) / Long.SIZE;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Binary that && rows == that.rows && columns == that.columns
                    && Arrays.equals(words, that.words);
        }

        @Override
        public int hashCode() {
            return Objects.hash(rows, columns, Arrays.hashCode(words));
        }

        @Override
        public String toString() {
            return "binary " + rows + " x " + columns;
        }
    }

    /** Signed or unsigned integer weights of at most 32 (unsigned 31) bits. */
    final class IntegerMatrix implements Weights {
        private final ValueType type;
        private final int rows;
        private final int columns;
        private final int[] values;

        /** Copies values in row-major order. */
        public IntegerMatrix(ValueType type, int rows, int columns, int[] values) {
            requireSize(rows, columns);
            if (type instanceof ValueType.Bipolar || type.max() > Integer.MAX_VALUE) {
                throw new NetworkException("integer weights are signed of at most 32 or unsigned of at most 31 bits, not "
                        + type);
            }
            if (values.length != rows * columns) {
                throw new NetworkException("weights of " + rows + " x " + columns + " take " + rows * columns
                        + " values, not " + values.length);
            }
            for (int i = 0; i < values.length; i++) {
                if (!type.contains(values[i])) {
                    throw new NetworkException("weight [" + i / columns + ", " + i % columns + "] is " + values[i]
                            + ", not a value of type " + type);
                }
            }
            this.type = type;
            this.rows = rows;
            this.columns = columns;
            this.values = values.clone();
        }

        /** Weights by a function of (row, column). */
        public static IntegerMatrix of(ValueType type, int rows, int columns, IntBinaryOperator value) {
            requireSize(rows, columns);
            int[] values = new int[rows * columns];
            for (int i = 0; i < values.length; i++) {
                values[i] = value.applyAsInt(i / columns, i % columns);
            }
            return new IntegerMatrix(type, rows, columns, values);
        }

        @Override
        public int rows() {
            return rows;
        }

        @Override
        public int columns() {
            return columns;
        }

        @Override
        public long at(int row, int column) {
            return values[row * columns + Objects.checkIndex(column, columns)];
        }

        /** {@code Σ at(row, column) · inputs[column]}. */
        long product(int row, long[] inputs) {
            Objects.checkFromIndexSize(0, inputs.length, columns);
            long sum = 0;
            for (int column = 0; column < inputs.length; column++) {
                sum += values[row * columns + column] * inputs[column];
            }
            return sum;
        }

        @Override
        public ValueType type() {
            return type;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof IntegerMatrix that && rows == that.rows && columns == that.columns
                    && type.equals(that.type) && Arrays.equals(values, that.values);
        }

        @Override
        public int hashCode() {
            return Objects.hash(type, rows, columns, Arrays.hashCode(values));
        }

        @Override
        public String toString() {
            return type + " " + rows + " x " + columns;
        }
    }

    /**
     * Values of a bit pattern, in units of its last fraction bit: a sign and the kept bits of a magnitude are all that
     * hardware stores of one. The type is that of the whole width.
     */
    record BitMasked(BitPattern pattern, IntegerMatrix values) implements Weights {
        public BitMasked {
            if (!values.type().equals(ValueType.signed(pattern.width()))) {
                throw new NetworkException("weights of pattern " + pattern + " are " + ValueType.signed(pattern.width())
                        + ", not " + values.type());
            }
            for (int row = 0; row < values.rows(); row++) {
                for (int column = 0; column < values.columns(); column++) {
                    if (!pattern.contains(values.at(row, column))) {
                        throw new NetworkException("weight [" + row + ", " + column + "] is " + values.at(row, column)
                                + ", not a value of pattern " + pattern);
                    }
                }
            }
        }

        /** Weights by a function of (row, column) that answers in units of the pattern's last bit. */
        public static BitMasked of(BitPattern pattern, int rows, int columns, IntBinaryOperator value) {
            return new BitMasked(pattern, IntegerMatrix.of(ValueType.signed(pattern.width()), rows, columns, value));
        }

        @Override
        public int rows() {
            return values.rows();
        }

        @Override
        public int columns() {
            return values.columns();
        }

        @Override
        public long at(int row, int column) {
            return values.at(row, column);
        }

        @Override
        public ValueType type() {
            return values.type();
        }

        @Override
        public String toString() {
            return pattern + " " + rows() + " x " + columns();
        }
    }
}
