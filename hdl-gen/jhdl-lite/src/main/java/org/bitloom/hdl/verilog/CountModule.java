package org.bitloom.hdl.verilog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node.BitOperator;

/**
 * Builds the module of a {@link CountPlan}. Groups of three lanes become full adders side by side. An adder gets its
 * carry-in through a lowest position that holds the same bit in both operands: every synthesizer maps that onto the
 * carry chain. Of many lanes, equal halves become two instances of one module.
 */
final class CountModule {
    /** Up to so many lanes everything is in one module. */
    private static final int FLAT = 64;
    /** A half of fewer lanes is no module. */
    private static final int LEAST = 16;

    private final NetlistBuilder b = new NetlistBuilder();
    private final Bits simple = new Bits(b);
    private final CountPlan root;
    private final Function<CountPlan, Netlist> modules;
    private final List<Integer> ports = new ArrayList<>();
    private final int lanes;
    private int nextShared;
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

    private CountModule(CountPlan plan, boolean pairs, Function<CountPlan, Netlist> modules) {
        root = plan;
        this.modules = modules;
        nextShared = plan.lanes() - shared(plan);
        if (pairs) {
            ports.add(b.input("a", plan.lanes()));
            ports.add(b.input("b", plan.lanes()));
            lanes = b.bitwise(BitOperator.XNOR, low(ports.getFirst()), low(ports.getLast()));
            b.setName(lanes, "agree");
        } else {
            ports.add(b.input("bits", plan.lanes()));
            lanes = low(ports.getFirst());
        }
        threes(groups(plan, 3));
        sevens(groups(plan, 7));
        b.output("count", number(plan));
    }

    /** @param modules gives the module of a part of the plan */
    static Netlist of(String name, CountPlan plan, boolean pairs, Function<CountPlan, Netlist> modules) {
        String what = pairs ? "Number of positions at which a and b agree." : "Number of ones among bits.";
        what += " Full adders, then a tree of adders; a sum_of takes one more bit by its carry-in, through its lowest"
                + " position.";
        return new CountModule(plan, pairs, modules).b.build(name, what, "");
    }

    /** The lanes that are counted here; the others lie above them. Where there are none, one that nobody uses. */
    private int low(int port) {
        return b.slice(port, Math.max(nextShared, 1) - 1, 0);
    }

    private boolean isShared(CountPlan.Sum sum) {
        return root.lanes() > FLAT && sum.left().lanes() >= LEAST && sum.left().equals(sum.right());
    }

    /** How many lanes are counted by instances. */
    private int shared(CountPlan plan) {
        return switch (plan) {
            case CountPlan.Group _, CountPlan.Seven _ -> 0;
            case CountPlan.Sum n when isShared(n) -> n.left().lanes() + n.right().lanes();
            case CountPlan.Sum n -> shared(n.left()) + shared(n.right());
            case CountPlan.Increment n -> shared(n.count());
        };
    }

    /** How many groups of three, or of seven, lanes the plan has here. */
    private int groups(CountPlan plan, int lanes) {
        return switch (plan) {
            case CountPlan.Group _, CountPlan.Seven _ -> plan.lanes() == lanes ? 1 : 0;
            case CountPlan.Sum n when isShared(n) -> 0;
            case CountPlan.Sum n -> groups(n.left(), lanes) + groups(n.right(), lanes);
            case CountPlan.Increment n -> groups(n.count(), lanes);
        };
    }

    /** A half, counted by an instance. */
    private int instance(CountPlan plan) {
        int low = nextShared;
        nextShared += plan.lanes();
        List<Integer> inputs = ports.stream().map(port -> b.slice(port, low + plan.lanes() - 1, low)).toList();
        int instance = b.instance();
        b.defineInstance(instance, "", modules.apply(plan), inputs);
        return named(b.instanceOutput(instance, 0, CountPlan.bitsFor(plan.lanes())), "count_of_" + plan.lanes() + "_" + sums++);
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
                boolean shared = isShared(n);
                int left = shared ? instance(n.left()) : number(n.left());
                int right = shared ? instance(n.right()) : number(n.right());
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
