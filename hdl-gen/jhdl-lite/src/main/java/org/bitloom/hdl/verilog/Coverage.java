package org.bitloom.hdl.verilog;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Which bits of each signal the text of a module has read so far. */
final class Coverage {
    private final @Nullable BitSet[] read;
    private final boolean[] whole;

    Coverage(int signals) {
        read = new BitSet[signals];
        whole = new boolean[signals];
    }

    void readAll(int signal) {
        whole[signal] = true;
    }

    void read(int signal, int high, int low) {
        if (whole[signal]) {
            return;
        }
        BitSet bits = read[signal];
        if (bits == null) {
            bits = new BitSet();
            read[signal] = bits;
        }
        bits.set(low, high + 1);
    }

    /** Calls back for each run of bits that were never read. */
    void unread(int signal, int width, Run run) {
        if (whole[signal]) {
            return;
        }
        BitSet bits = read[signal];
        int low = 0;
        while (low < width) {
            int start = bits == null ? low : bits.nextClearBit(low);
            if (start >= width) {
                return;
            }
            int next = bits == null ? -1 : bits.nextSetBit(start);
            int end = next < 0 ? width : Math.min(next, width);
            run.bits(end - 1, start);
            low = end;
        }
    }

    interface Run {
        void bits(int high, int low);
    }
}
