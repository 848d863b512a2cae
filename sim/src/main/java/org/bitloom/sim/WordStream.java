package org.bitloom.sim;

import java.util.Arrays;

/**
 * Words of one width, in order. A word takes {@code (bits + 63) / 64} limbs, the least significant limb first; bits
 * above the width are zero.
 *
 * @param bits  width of a word, at least 1
 * @param limbs all words' limbs, one word after the other; not copied, not to be changed afterwards
 */
public record WordStream(int bits, long[] limbs) {
    public WordStream {
        if (bits < 1) {
            throw new IllegalArgumentException("a word of " + bits + " bits");
        }
        int limbsPerWord = limbsFor(bits);
        if (limbs.length % limbsPerWord != 0) {
            throw new IllegalArgumentException(limbs.length + " limbs are no whole number of " + bits + "-bit words");
        }
        long outside = ~topMask(bits);
        for (int i = limbsPerWord - 1; i < limbs.length; i += limbsPerWord) {
            if ((limbs[i] & outside) != 0) {
                throw new IllegalArgumentException(
                        "word " + i / limbsPerWord + " has bits above its width of " + bits);
            }
        }
    }

    /** Limbs that a word of this many bits takes. */
    public static int limbsFor(int bits) {
        return (bits + 63) >>> 6;
    }

    /** The bits of a word's last limb that belong to the word. */
    static long topMask(int bits) {
        return -1L >>> (-bits & 63);
    }

    public int limbsPerWord() {
        return limbsFor(bits);
    }

    /** Number of words. */
    public int count() {
        return limbs.length / limbsPerWord();
    }

    /** Copies word {@code index} into {@code target}, which has {@link #limbsPerWord()} elements. */
    public void copyWord(int index, long[] target) {
        int size = limbsPerWord();
        System.arraycopy(limbs, Math.multiplyExact(index, size), target, 0, size);
    }

    /** The {@code width} bits (1 to 64) of word {@code index} from bit {@code low} upwards. */
    public long field(int index, int low, int width) {
        if (width < 1 || width > 64 || low < 0 || low + width > bits) {
            throw new IllegalArgumentException("bits " + low + " to " + (low + width - 1) + " of a " + bits + "-bit word");
        }
        return Limbs.field(limbs, Math.multiplyExact(index, limbsPerWord()), low, width);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WordStream that && bits == that.bits && Arrays.equals(limbs, that.limbs);
    }

    @Override
    public int hashCode() {
        return 31 * bits + Arrays.hashCode(limbs);
    }

    @Override
    public String toString() {
        return count() + " words of " + bits + " bits";
    }
}
