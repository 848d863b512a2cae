package org.bitloom.blocks;

/** How an operand is written in bits. */
public sealed interface Format {
    int bits();

    /** −1 as 0, +1 as 1. */
    record Bipolar() implements Format {
        @Override
        public int bits() {
            return 1;
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

    private static void requireBits(int bits) {
        if (bits < 1 || bits > 32) {
            throw new IllegalArgumentException("operands have 1 to 32 bits, not " + bits);
        }
    }
}
