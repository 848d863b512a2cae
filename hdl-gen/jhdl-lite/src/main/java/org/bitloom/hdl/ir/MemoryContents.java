package org.bitloom.hdl.ir;

import java.util.Arrays;
import java.util.List;

/** The initial words of a memory. Immutable; kept flat, as {@link BitVector#limbCount} limbs a word. */
public final class MemoryContents {
    private final int wordWidth;
    private final int depth;
    private final long[] limbs;

    private MemoryContents(int wordWidth, int depth, long[] limbs) {
        this.wordWidth = wordWidth;
        this.depth = depth;
        this.limbs = limbs;
    }

    /** Words of one width, address 0 first. */
    public static MemoryContents of(int wordWidth, List<BitVector> words) {
        int size = BitVector.limbCount(wordWidth);
        long[] limbs = new long[size * words.size()];
        for (int i = 0; i < words.size(); i++) {
            BitVector word = words.get(i);
            if (word.width() != wordWidth) {
                throw new IllegalArgumentException(
                        "word " + i + " has " + word.width() + " bits in a memory of " + wordWidth);
            }
            System.arraycopy(word.limbs(), 0, limbs, i * size, size);
        }
        return new MemoryContents(wordWidth, words.size(), limbs);
    }

    public int wordWidth() {
        return wordWidth;
    }

    public int depth() {
        return depth;
    }

    public BitVector word(int address) {
        int size = BitVector.limbCount(wordWidth);
        return BitVector.of(wordWidth, Arrays.copyOfRange(limbs, address * size, (address + 1) * size));
    }

    /** A copy of all limbs, word after word. */
    public long[] limbs() {
        return limbs.clone();
    }

    /** The text of a {@code $readmemh} file: one word a line, address 0 first. */
    public String toHexLines() {
        StringBuilder text = new StringBuilder(depth * ((wordWidth + 3) / 4 + 1));
        for (int i = 0; i < depth; i++) {
            text.append(word(i).toHex()).append('\n');
        }
        return text.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryContents that
                && wordWidth == that.wordWidth
                && depth == that.depth
                && Arrays.equals(limbs, that.limbs);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * wordWidth + depth) + Arrays.hashCode(limbs);
    }
}
