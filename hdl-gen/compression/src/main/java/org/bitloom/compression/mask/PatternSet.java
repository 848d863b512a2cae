package org.bitloom.compression.mask;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.BitPattern;
import org.bitloom.network.NetworkException;

/** All formats of some number of stored bits. */
public final class PatternSet {
    private PatternSet() {
    }

    /**
     * Every pattern of {@code bits} stored bits (sign included) and at most {@code width} bits in all, whose last bit is
     * kept: a pattern that ends in masked bits has the values of a shorter one. Narrow ones first, then those that keep
     * high bits.
     */
    public static List<BitPattern> of(int bits, int width) {
        if (bits < 2 || width < bits || width > BitPattern.MAX_WIDTH) {
            throw new NetworkException("patterns of " + bits + " bits in a width of up to " + width
                    + "; there are such of at least 2 bits in a width from that to " + BitPattern.MAX_WIDTH);
        }
        List<BitPattern> patterns = new ArrayList<>();
        for (int total = bits; total <= width; total++) {
            for (int kept = (1 << total - 1) - 1; kept > 0; kept -= 2) {
                if (Integer.bitCount(kept) == bits - 1) {
                    patterns.add(new BitPattern(total, kept));
                }
            }
        }
        return List.copyOf(patterns);
    }
}
