package org.bitloom.training;

/**
 * A random sequence that is the same on every machine and every Java release: SplitMix64 (Steele, Lea, Flood,
 * "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014, figure 17), written out because the library's
 * generators do not specify how bounded and Gaussian numbers are derived.
 */
final class Randomness {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Randomness(long seed) {
        state = seed;
    }

    /** The sequence of one item of a seeded collection; neighbouring items have unrelated sequences. */
    static Randomness of(long seed, long item) {
        return new Randomness(mix(mix(seed + GOLDEN_GAMMA) + item * GOLDEN_GAMMA));
    }

    /** 64 random bits. */
    long bits() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    double unit() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [low, high). */
    double between(double low, double high) {
        return low + (high - low) * unit();
    }

    /** Uniform in 0 … bound − 1; the bias is below bound / 2^63. */
    int below(int bound) {
        return (int) Long.remainderUnsigned(bits() >>> 1, bound);
    }

    /** Normal with mean 0 and variance 1 (Box and Muller 1958, the cosine half). */
    double gaussian() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
        return radius * StrictMath.cos(2 * StrictMath.PI * unit());
    }

    /** A random order of 0 … size − 1 (Fisher and Yates). */
    int[] permutation(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int swapped = below(i + 1);
            order[i] = order[swapped];
            order[swapped] = i;
        }
        return order;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
