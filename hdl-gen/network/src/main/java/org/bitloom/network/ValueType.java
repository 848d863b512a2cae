package org.bitloom.network;

/**
 * The values one element may take, and their bits in hardware. Widths are at most {@value #MAX_BITS} bits, so that sums
 * and differences of two values never overflow a {@code long}.
 */
public sealed interface ValueType {
    int MAX_BITS = 62;

    /** Width in hardware, in bits. */
    int bits();

    long min();

    long max();

    /** Distance between neighbouring values: 2 for bipolar, else 1. */
    default long step() {
        return 1;
    }

    /** How many different values there are. */
    default long levels() {
        return (max() - min()) / step() + 1;
    }

    default boolean contains(long value) {
        return value >= min() && value <= max();
    }

    /** The bits of a value, in the low {@link #bits()} bits of the result; the rest is 0. */
    long encode(long value);

    /** The value of the low {@link #bits()} bits; higher bits are ignored. */
    long decode(long bits);

    /** −1 as bit 0, +1 as bit 1. */
    record Bipolar() implements ValueType {
        @Override
        public int bits() {
            return 1;
        }

        @Override
        public long min() {
            return -1;
        }

        @Override
        public long max() {
            return 1;
        }

        @Override
        public long step() {
            return 2;
        }

        @Override
        public boolean contains(long value) {
            return value == -1 || value == 1;
        }

        @Override
        public long encode(long value) {
            return (requireContained(this, value) + 1) / 2;
        }

        @Override
        public long decode(long bits) {
            return (bits & 1) * 2 - 1;
        }

        @Override
        public String toString() {
            return "bipolar";
        }
    }

    /** 0 to 2^bits − 1, plain binary. */
    record Unsigned(int bits) implements ValueType {
        public Unsigned {
            requireWidth("unsigned", bits);
        }

        @Override
        public long min() {
            return 0;
        }

        @Override
        public long max() {
            return (1L << bits) - 1;
        }

        @Override
        public long encode(long value) {
            return requireContained(this, value);
        }

        @Override
        public long decode(long bits) {
            return bits & max();
        }

        @Override
        public String toString() {
            return "unsigned " + bits + " bit";
        }
    }

    /** −2^(bits−1) to 2^(bits−1) − 1, two's complement. */
    record Signed(int bits) implements ValueType {
        public Signed {
            requireWidth("signed", bits);
        }

        @Override
        public long min() {
            return -(1L << (bits - 1));
        }

        @Override
        public long max() {
            return (1L << (bits - 1)) - 1;
        }

        @Override
        public long encode(long value) {
            return requireContained(this, value) & ((1L << bits) - 1);
        }

        @Override
        public long decode(long bits) {
            int unused = Long.SIZE - this.bits;
            return bits << unused >> unused;
        }

        @Override
        public String toString() {
            return "signed " + bits + " bit";
        }
    }

    static ValueType bipolar() {
        return new Bipolar();
    }

    static ValueType unsigned(int bits) {
        return new Unsigned(bits);
    }

    static ValueType signed(int bits) {
        return new Signed(bits);
    }

    /** The smallest unsigned (when min ≥ 0) or else signed type that holds every integer from min to max. */
    static ValueType holding(long min, long max) {
        if (min > max) {
            throw new IllegalArgumentException("empty range " + min + " to " + max);
        }
        if (min >= 0) {
            return new Unsigned(Math.max(1, Long.SIZE - Long.numberOfLeadingZeros(max)));
        }
        long magnitude = Math.max(~min, max);
        return new Signed(Long.SIZE - Long.numberOfLeadingZeros(Math.max(0, magnitude)) + 1);
    }

    private static void requireWidth(String kind, int bits) {
        if (bits < 1 || bits > MAX_BITS) {
            throw new NetworkException(kind + " type of " + bits + " bits: the width must be 1 to " + MAX_BITS);
        }
    }

    private static long requireContained(ValueType type, long value) {
        if (!type.contains(value)) {
            throw new IllegalArgumentException(value + " is not a value of type " + type);
        }
        return value;
    }
}
