package org.bitloom.hdl.cost;

import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;

/**
 * How many LUTs the functions take that a table's columns are of its address: each is split at its highest bits (Shannon)
 * until a LUT holds the rest. What occurs twice is built once, and so it is inverted, except where slices choose.
 */
final class FunctionCount {
    /** Functions of more inputs are split less well: fitted. */
    private static final int WELL_SPLIT = 8;

    private final int lutInputs;

    /** Whether a slice chooses among four of its LUTs without a further one. */
    private final boolean slices;

    private int mostInputs;
    private final Set<BitSet> built = new HashSet<>();

    /** Functions that a LUT holds. */
    private int leaves;

    /** Choices between two functions, of at most four leaves and of more. */
    private int lowChoices;

    private int highChoices;

    /** Choices that are no more than a gate: they add one input to a LUT. */
    private int gates;

    FunctionCount(int lutInputs, boolean slices) {
        this.lutInputs = lutInputs;
        this.slices = slices;
    }

    void add(MemoryContents contents) {
        int inputs = Fabric.addressBits(contents.depth());
        mostInputs = Math.max(mostInputs, inputs);
        int limbs = BitVector.limbCount(contents.wordWidth());
        long[] all = contents.limbs();
        for (int column = 0; column < contents.wordWidth(); column++) {
            BitSet table = new BitSet();
            for (int word = 0; word < contents.depth(); word++) {
                table.set(word, (all[word * limbs + column / Long.SIZE] >>> column & 1) != 0);
            }
            add(table, inputs);
        }
    }

    private void add(BitSet table, int inputs) {
        int support = support(table, inputs);
        if (support <= 1) {
            return;
        }
        BitSet inverse = (BitSet) table.clone();
        inverse.flip(0, 1 << inputs);
        // The bit beyond the table tells functions of different numbers of inputs apart.
        BitSet key = (BitSet) (table.get(0) && !slices ? inverse : table).clone();
        key.set(1 << inputs);
        if (support > lutInputs) {
            BitSet low = table.get(0, 1 << inputs - 1);
            BitSet high = table.get(1 << inputs - 1, 1 << inputs);
            if (low.equals(high)) {
                add(low, inputs - 1);
            } else if (built.add(key)) {
                add(low, inputs - 1);
                add(high, inputs - 1);
                if (isGate(low, high, inputs - 1)) {
                    gates++;
                } else if (inputs <= lutInputs + 2) {
                    lowChoices++;
                } else {
                    highChoices++;
                }
            }
        } else if (built.add(key)) {
            leaves++;
        }
    }

    /**
     * Whether one side is a constant or an input, both are the same but for an inversion, or one is also a side of the
     * choice that the other is: then both choices have a common condition.
     */
    private static boolean isGate(BitSet low, BitSet high, int inputs) {
        BitSet inverse = (BitSet) high.clone();
        inverse.flip(0, 1 << inputs);
        return inverse.equals(low)
                || support(low, inputs) <= 1
                || support(high, inputs) <= 1
                || isSide(low, high, inputs)
                || isSide(high, low, inputs);
    }

    private static boolean isSide(BitSet side, BitSet choice, int inputs) {
        int half = 1 << inputs - 1;
        BitSet low = side.get(0, half);
        return low.equals(side.get(half, 2 * half))
                && (low.equals(choice.get(0, half)) || low.equals(choice.get(half, 2 * half)));
    }

    /** How many of the inputs matter. */
    private static int support(BitSet table, int inputs) {
        int support = 0;
        for (int input = 0; input < inputs; input++) {
            boolean matters = false;
            for (int address = 0; address < 1 << inputs && !matters; address++) {
                matters = (address >>> input & 1) == 0 && table.get(address) != table.get(address | 1 << input);
            }
            support += matters ? 1 : 0;
        }
        return support;
    }

    /** All functions that were added. */
    int luts() {
        int choices = slices ? highChoices : lowChoices + highChoices;
        if (lutInputs > 4) {
            // On slices three choices take a LUT, and five gates in a row.
            return leaves + (slices ? Math.ceilDiv(5 * choices + 3 * gates, 15) : choices + gates / 5);
        }
        // Three choices take two LUTs, and three gates in a row one.
        return leaves + (mostInputs > WELL_SPLIT ? 9 * choices / 10 + gates / 3 : Math.ceilDiv(2 * choices + gates, 3));
    }
}
