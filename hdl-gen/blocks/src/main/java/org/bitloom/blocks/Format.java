package org.bitloom.blocks;

import java.util.List;
import java.util.stream.IntStream;

/** How an operand is written in bits. */
public sealed interface Format {
    int bits();

    /** The bits of a number, in the lowest ones of the result. */
    default long code(long number) {
        return number;
    }

    /** −1 as 0, +1 as 1. */
    record Bipolar() implements Format {
        @Override
        public int bits() {
            return 1;
        }

        @Override
        public long code(long number) {
            return number > 0 ? 1 : 0;
        }

        @Override
        public String toString() {
            return "b";
        }
    }

    /** 0 to 2^bits − 1. */
    record Unsigned(int bits) implements Format {
        public Unsigned {
            requireBits(bits);
        }

        @Override
        public String toString() {
            return "u" + bits;
        }
    }

    /** Two's complement. */
    record Signed(int bits) implements Format {
        public Signed {
            requireBits(bits);
        }

        @Override
        public String toString() {
            return "s" + bits;
        }
    }

    /**
     * Sign and magnitude, some bits of the magnitude being always 0 and not stored: the kept ones side by side, the sign
     * above them. Minus 0 is 0. For weights alone.
     *
     * @param width bits with the sign, those included that are not stored
     * @param kept  the magnitude bits that are stored, as the number that has just these
     */
    record BitMasked(int width, int kept) implements Format {
        public BitMasked {
            requireBits(width);
            if (kept < 1 || kept >= 1L << width - 1) {
                throw new IllegalArgumentException("of the " + (width - 1) + " bits of a magnitude at least one is kept, and"
                        + " no other; " + Integer.toHexString(kept) + " hexadecimal says otherwise");
            }
        }

        @Override
        public int bits() {
            return 1 + Integer.bitCount(kept);
        }

        IllegalArgumentException onlyForWeights() {
            return new IllegalArgumentException("only weights have masked bits, not numbers of a stream");
        }

        /** The places of the kept bits, ascending. */
        List<Integer> places() {
            return IntStream.range(0, width - 1).filter(p -> (kept >> p & 1) == 1).boxed().toList();
        }

        @Override
        public long code(long number) {
            if ((Math.abs(number) & ~(long) kept) != 0) {
                throw new IllegalArgumentException(number + " needs bits that " + this + " does not keep");
            }
            long magnitude = Long.compress(Math.abs(number), kept);
            return number < 0 ? magnitude | 1L << bits() - 1 : magnitude;
        }

        @Override
        public String toString() {
            return "m" + width + "x" + Integer.toHexString(kept);
        }
    }

    private static void requireBits(int bits) {
        if (bits < 1 || bits > 32) {
            throw new IllegalArgumentException("operands have 1 to 32 bits, not " + bits);
        }
    }
}
