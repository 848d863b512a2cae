package org.bitloom.hdl.verilog;

import java.util.List;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node.BitOperator;

/**
 * Builds the module of a {@link CountPlan}. Groups of three lanes become full adders side by side. An adder gets its
 * carry-in through a lowest position that holds the same bit in both operands: every synthesizer maps that onto the
 * carry chain.
 */
final class CountModule {
    private final NetlistBuilder b = new NetlistBuilder();
    private final Bits simple = new Bits(b);
    private final int lanes;
    private int nextLane;
    private int nextThree;
    private int parityOfThree;
    private int majorityOfThree;
    private int nextSeven;
    private int parityOfFive;
    private int twoOfFive;
    private int fourOfFive;
    private int sixth;
    private int sums;

    private CountModule(CountPlan plan, boolean pairs) {
        if (pairs) {
            int agree = b.bitwise(BitOperator.XNOR, b.input("a", plan.lanes()), b.input("b", plan.lanes()));
            b.setName(agree, "agree");
            lanes = agree;
        } else {
            lanes = b.input("bits", plan.lanes());
        }
        threes(groups(plan, 3));
        sevens(groups(plan, 7));
        b.output("count", number(plan));
    }

    static Netlist of(String name, CountPlan plan, boolean pairs) {
        String what = pairs ? "Number of positions at which a and b agree." : "Number of ones among bits.";
        what += " Full adders, then a tree of adders; a sum_of takes one more bit by its carry-in, through its lowest"
                + " position.";
        return new CountModule(plan, pairs).b.build(name, what, "");
    }

    /** How many groups of three, or of seven, lanes the plan has. */
    private static int groups(CountPlan plan, int lanes) {
        return switch (plan) {
            case CountPlan.Group _, CountPlan.Seven _ -> plan.lanes() == lanes ? 1 : 0;
            case CountPlan.Sum n -> groups(n.left(), lanes) + groups(n.right(), lanes);
            case CountPlan.Increment n -> groups(n.count(), lanes);
        };
    }

    private int take(int count) {
        int bits = b.slice(lanes, nextLane + count - 1, nextLane);
        nextLane += count;
        return bits;
    }

    private int xor(int left, int right) {
        return b.bitwise(BitOperator.XOR, left, right);
    }

    private int and(int left, int right) {
        return b.bitwise(BitOperator.AND, left, right);
    }

    private int or(int left, int right) {
        return b.bitwise(BitOperator.OR, left, right);
    }

    private int majority(int x, int y, int z) {
        return or(and(x, y), and(z, or(x, y)));
    }

    private int named(int node, String name) {
        if (b.name(node) == null) {
            b.setName(node, name);
        }
        return node;
    }

    private void threes(int count) {
        if (count > 0) {
            int x = take(count);
            int y = take(count);
            int z = take(count);
            parityOfThree = named(xor(xor(x, y), z), "ones_of_3");
            majorityOfThree = named(majority(x, y, z), "twos_of_3");
        }
    }

    /** Of five lanes: odd?, at least two?, at least four? Their sum is odd + 2 (two + four). */
    private void sevens(int count) {
        if (count > 0) {
            int[] x = new int[5];
            for (int i = 0; i < x.length; i++) {
                x[i] = take(count);
            }
            sixth = take(count);
            int parity = named(xor(xor(x[0], x[1]), x[2]), "ones_of_3");
            int twos = named(majority(x[0], x[1], x[2]), "twos_of_3");
            int moreTwos = named(majority(parity, x[3], x[4]), "more_twos_of_5");
            parityOfFive = named(xor(xor(parity, x[3]), x[4]), "ones_of_5");
            twoOfFive = named(or(twos, moreTwos), "two_of_5");
            fourOfFive = named(and(twos, moreTwos), "four_of_5");
        }
    }

    private int bit(int vector, int index) {
        return b.slice(vector, index, index);
    }

    /** The count of a plan, in as few bits as hold it. */
    private int number(CountPlan plan) {
        return switch (plan) {
            case CountPlan.Group n -> switch (n.lanes()) {
                case 1 -> take(1);
                case 2 -> {
                    int x = take(1);
                    int y = take(1);
                    yield b.concat(List.of(and(x, y), xor(x, y)));
                }
                default -> {
                    int i = nextThree++;
                    yield b.concat(List.of(bit(majorityOfThree, i), bit(parityOfThree, i)));
                }
            };
            case CountPlan.Seven _ -> {
                int i = nextSeven++;
                int left = b.concat(List.of(bit(fourOfFive, i), bit(sixth, i)));
                int right = b.concat(List.of(bit(twoOfFive, i), bit(parityOfFive, i)));
                yield sum(left, right, take(1), 7);
            }
            case CountPlan.Sum n -> {
                int left = number(n.left());
                int right = number(n.right());
                yield n.extra() ? sum(left, right, take(1), n.lanes()) : sum(left, right, n.lanes());
            }
            case CountPlan.Increment n -> {
                int count = number(n.count());
                yield sum(count, take(1), n.lanes());
            }
        };
    }

    private int sum(int left, int right, int greatest) {
        int width = CountPlan.bitsFor(greatest);
        int sum = b.add(b.extend(false, left, width), b.extend(false, right, width));
        return named(sum, "count_of_" + greatest + "_" + sums++);
    }

    /**
     * The lane takes the place of the right operand's lowest bit, where logic in front of it is free, and that bit, a
     * number's and so a signal of its own, is the carry-in.
     */
    private int sum(int left, int right, int lane, int greatest) {
        int width = CountPlan.bitsFor(greatest);
        int carry = simple.slice(right, 0, 0);
        int top = b.width(right) - 1;
        List<Integer> replaced = top == 0 ? List.of(lane, carry) : List.of(simple.slice(right, top, 1), lane, carry);
        int sum = b.add(
                b.extend(false, b.concat(List.of(left, carry)), width + 1),
                b.extend(false, b.concat(replaced), width + 1));
        named(sum, "sum_of_" + greatest + "_" + sums++);
        return b.slice(sum, width, 1);
    }
}
