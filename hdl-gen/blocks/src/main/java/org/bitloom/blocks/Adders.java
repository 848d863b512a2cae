package org.bitloom.blocks;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.UInt;

/**
 * Sums of unsigned numbers, each addition a carry chain of its own: Yosys takes additions that follow each other for one
 * sum of many numbers and builds that of full adders, of two LUTs each. A left operand goes to the carry chain as well as
 * into the LUTs, so that logic in front of it costs LUTs of its own; in front of a right one it is free on six-input LUTs.
 */
final class Adders {
    private Adders() {}

    /** Σ rows[i]·2^(places[i] − places[0]), places ascending. The bits below a row's place are done and pass it by. */
    static UInt shifted(List<UInt> rows, List<Integer> places) {
        UInt above = rows.getFirst();
        List<Bits> done = new ArrayList<>();
        for (int i = 1; i < rows.size(); i++) {
            int step = places.get(i) - places.get(i - 1);
            UInt row = rows.get(i);
            if (step < above.width()) {
                done.addFirst(above.asBits().low(step));
                above = above.shr(step).plus(row);
            } else {
                done.addFirst(above.asBits().padded(step));
                above = row;
            }
        }
        done.addFirst(above.asBits());
        return Bits.concat(done).asUInt();
    }

    /** The right operand's lowest bit is a carry-in: that keeps the addition apart from those around it. */
    static UInt sum(UInt left, UInt right) {
        Bool lowest = right.at(0);
        Bits carry = lowest.asBits();
        Bits rest = carry.padded(2);
        UInt first = left.asBits().cat(carry).asUInt();
        UInt second = (right.width() == 1 ? rest : right.asBits().high(right.width() - 1).cat(rest)).asUInt();
        return first.plus(second).shr(1);
    }
}
