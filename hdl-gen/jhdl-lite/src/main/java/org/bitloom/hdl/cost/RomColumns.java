package org.bitloom.hdl.cost;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;

/**
 * The columns of a read-only memory: each bit of its word is a function of the address. Synthesis makes equal columns
 * once and constant ones not at all, so a memory in LUTs costs by its contents.
 *
 * @param depth    words
 * @param varying  columns that are not constant: those that a block memory holds
 * @param distinct columns that are neither constant nor equal to another; of deep memories all that vary
 * @param deep     contents of a deep memory, whose columns may be much simpler than random ones, if they are known
 */
public record RomColumns(int depth, int varying, int distinct, Optional<MemoryContents> deep) {
    /** In deeper memories hardly a column equals another. */
    private static final int COMPARED_DEPTH = 64;

    public static final RomColumns NONE = new RomColumns(1, 0, 0, Optional.empty());

    /** Of random contents: how many columns are to be expected. */
    public static RomColumns random(int width, int depth) {
        if (depth == 1) {
            return NONE;
        }
        double functions = Math.pow(2, depth);
        double occupied = (functions - 2) * -Math.expm1(width * Math.log1p(-1 / functions));
        int varying = (int) Math.round(width * (1 - 2 / functions));
        return new RomColumns(
                depth, varying, depth > 40 ? varying : (int) Math.round(Math.min(varying, occupied)), Optional.empty());
    }

    public static RomColumns of(MemoryContents contents) {
        int depth = contents.depth();
        int limbs = BitVector.limbCount(contents.wordWidth());
        long[] all = contents.limbs();
        int varying = 0;
        Set<Long> columns = new HashSet<>();
        for (int limb = 0; limb < limbs; limb++) {
            long differing = 0;
            for (int word = 1; word < depth; word++) {
                differing |= all[word * limbs + limb] ^ all[limb];
            }
            varying += Long.bitCount(differing);
            for (long left = depth > COMPARED_DEPTH ? 0 : differing; left != 0; left &= left - 1) {
                int bit = Long.numberOfTrailingZeros(left);
                long column = 0;
                for (int word = 0; word < depth; word++) {
                    column |= (all[word * limbs + limb] >>> bit & 1) << word;
                }
                columns.add(column);
            }
        }
        return depth > COMPARED_DEPTH
                ? new RomColumns(depth, varying, varying, Optional.of(contents))
                : new RomColumns(depth, varying, columns.size(), Optional.empty());
    }
}
