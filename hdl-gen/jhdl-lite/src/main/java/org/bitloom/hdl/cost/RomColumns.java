package org.bitloom.hdl.cost;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.bitloom.hdl.ir.MemoryContents;

/**
 * The columns of a read-only memory: each bit of its word is a function of the address. Synthesis makes equal columns
 * once and constant ones not at all, so a memory in LUTs costs by its contents.
 *
 * @param depth    words
 * @param width    bits of a word
 * @param distinct columns that are neither constant nor equal to another
 */
public record RomColumns(int depth, int width, int distinct) {
    /** Of random contents: how many columns are to be expected. */
    public static RomColumns random(int width, int depth) {
        if (depth == 1) {
            return new RomColumns(1, width, 0);
        }
        double functions = Math.pow(2, depth);
        double occupied = (functions - 2) * -Math.expm1(width * Math.log1p(-1 / functions));
        return new RomColumns(depth, width, depth > 40 ? width : (int) Math.round(Math.min(width, occupied)));
    }

    public static RomColumns of(MemoryContents contents) {
        int depth = contents.depth();
        Set<Column> columns = new HashSet<>();
        for (int bit = 0; bit < contents.wordWidth(); bit++) {
            long[] column = new long[(depth + 63) / 64];
            int ones = 0;
            for (int word = 0; word < depth; word++) {
                if (contents.word(word).bit(bit)) {
                    column[word / 64] |= 1L << word;
                    ones++;
                }
            }
            if (ones > 0 && ones < depth) {
                columns.add(new Column(column));
            }
        }
        return new RomColumns(depth, contents.wordWidth(), columns.size());
    }

    private record Column(long[] bits) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Column column && Arrays.equals(bits, column.bits);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bits);
        }
    }
}
