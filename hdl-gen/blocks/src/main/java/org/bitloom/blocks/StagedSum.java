package org.bitloom.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;

/**
 * Builds a sum that registers cut into pieces as a {@link SumPlan} says. What no register cuts stays in one piece until the
 * adder tree for the device is chosen.
 */
final class StagedSum {
    private final SumPlan plan;
    private final Keep keep;
    private final Function<List<SInt>, SInt> whole;

    /** @param whole gives the sum of numbers in one piece */
    StagedSum(SumPlan plan, Keep keep, Function<List<SInt>, SInt> whole) {
        this.plan = plan;
        this.keep = keep;
        this.whole = whole;
    }

    /** Adds a register of a stage. */
    interface Keep {
        Bits behind(Bits value, int stage);
    }

    /** The number of ones among some bits, times 2^shift. */
    record Ones(Bits bits, int shift, boolean negative) {}

    /** A summand: what is negative is subtracted, which takes no adder of its own. */
    private record Term(SInt number, boolean negative) {
        SInt signed() {
            return negative ? number.negate() : number;
        }

        Term plus(Term other) {
            return negative == other.negative
                    ? new Term(number.plus(other.number), negative)
                    : negative
                            ? new Term(other.number.minus(number), false)
                            : new Term(number.minus(other.number), false);
        }
    }

    /** As wide as the number of bits needs. */
    UInt ofOnes(Bits bits) {
        List<UInt> counts = new ArrayList<>();
        split(bits).forEach(group -> counts.add(group.popCount()));
        List<UInt> level = counts;
        for (int piece = 0; piece < plan.levels().size(); piece++) {
            for (int i = 0; i < plan.levels().get(piece); i++) {
                level = pairs(level, UInt::plus);
            }
            int stage = piece;
            if (piece < plan.levels().size() - 1) {
                level = level.stream().map(count -> kept(count, stage)).toList();
            }
        }
        UInt sum = level.getFirst();
        int width = DotProduct.Config.countBits(bits.width());
        return sum.width() > width ? sum.low(width) : sum.extend(width);
    }

    SInt of(List<Ones> terms) {
        boolean keptAsCounts = plan.levels().size() > 1 && plan.levels().getFirst() == 0;
        List<Term> summands = new ArrayList<>();
        for (Ones term : terms) {
            for (Bits group : split(term.bits())) {
                SInt count = (keptAsCounts ? counted(group) : group.popCount()).asSInt().shl(term.shift());
                summands.add(new Term(count, term.negative()));
            }
        }
        return sum(summands, keptAsCounts ? 1 : 0);
    }

    private UInt counted(Bits group) {
        return kept(group.popCount(), 0);
    }

    SInt ofNumbers(List<SInt> numbers) {
        return sum(numbers.stream().map(number -> new Term(number, false)).toList(), 0);
    }

    /** Each addition is an adder of its own. */
    UInt ofUnsigned(List<UInt> numbers) {
        List<UInt> level = numbers;
        for (int piece = 0; piece < plan.levels().size(); piece++) {
            for (int i = 0; i < plan.levels().get(piece); i++) {
                level = pairs(level, Adders::sum);
            }
            int stage = piece;
            if (piece < plan.levels().size() - 1) {
                level = level.stream().map(number -> kept(number, stage)).toList();
            }
        }
        return level.getFirst();
    }

    /** From a piece of the plan on. */
    private SInt sum(List<Term> terms, int from) {
        if (plan.levels().size() == 1) {
            return whole.apply(terms.stream().map(Term::signed).toList());
        }
        List<Term> level = terms;
        for (int piece = from; piece < plan.levels().size(); piece++) {
            for (int i = 0; i < plan.levels().get(piece); i++) {
                level = pairs(level, Term::plus);
            }
            int stage = piece;
            if (piece < plan.levels().size() - 1) {
                level = level.stream()
                        .map(term -> new Term(keep.behind(term.number().asBits(), stage).asSInt(), term.negative()))
                        .toList();
            }
        }
        return level.getFirst().signed();
    }

    private UInt kept(UInt count, int stage) {
        return keep.behind(count.asBits(), stage).asUInt();
    }

    /** Groups of lanes as equal as can be. */
    private List<Bits> split(Bits bits) {
        List<Bits> groups = new ArrayList<>();
        int low = 0;
        for (int group = 1; group <= plan.groups(); group++) {
            int high = (int) ((long) bits.width() * group / plan.groups());
            groups.add(bits.slice(high - 1, low));
            low = high;
        }
        return groups;
    }

    private static <T> List<T> pairs(List<T> terms, BinaryOperator<T> plus) {
        List<T> sums = new ArrayList<>();
        for (int i = 0; i + 1 < terms.size(); i += 2) {
            sums.add(plus.apply(terms.get(i), terms.get(i + 1)));
        }
        if (terms.size() % 2 == 1) {
            sums.add(terms.getLast());
        }
        return sums;
    }
}
