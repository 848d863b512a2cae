package org.bitloom.hdl.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Collision;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node;

/** A flat module of many random operators, registers, delay lines and memories, most of them under a few enables. */
final class RandomNetlist {
    static final int[] WIDTHS = {1, 2, 7, 31, 32, 33, 63, 64, 65, 127, 128, 129, 200};

    private final SplittableRandom random;
    private final NetlistBuilder b = new NetlistBuilder();
    private final List<Integer> nodes = new ArrayList<>();

    private RandomNetlist(long seed) {
        this.random = new SplittableRandom(seed);
    }

    static Netlist of(long seed, int operators) {
        return new RandomNetlist(seed).build(operators);
    }

    private Netlist build(int operators) {
        for (int i = 0; i < WIDTHS.length; i++) {
            nodes.add(b.input("i" + i, WIDTHS[i]));
        }
        List<Integer> registers = new ArrayList<>();
        List<Integer> delays = new ArrayList<>();
        List<Integer> reads = new ArrayList<>();
        for (int i = 0; i < operators / 8; i++) {
            registers.add(b.register(width()));
            delays.add(b.delay(width()));
        }
        for (int i = 0; i < 6; i++) {
            int memory = b.memory(
                    "memory" + i, width(), 1 + random.nextInt(20), MemoryStyle.AUTOMATIC, Collision.READ_OLD,
                    Optional.empty(), false);
            reads.add(b.memoryRead(memory));
        }
        nodes.addAll(registers);
        nodes.addAll(delays);
        nodes.addAll(reads);
        for (int i = 0; i < reads.size(); i++) {
            int shown = b.memoryRead(i);
            b.defineRead(shown, fit(any(), 4), false, Netlist.ALWAYS);
            nodes.add(shown);
        }
        List<Integer> enables = new ArrayList<>(List.of(Netlist.ALWAYS));
        for (int i = 0; i < operators; i++) {
            int node = operator();
            nodes.add(node);
            if (i < 4) {
                enables.add(fit(node, 1));
            }
        }
        for (int i = 0; i < reads.size(); i++) {
            b.defineRead(reads.get(i), fit(any(), 4), true, pick(enables));
            if (i % 2 == 0) {
                b.memoryWrite(i, fit(any(), 4), fit(any(), b.width(reads.get(i))), pick(enables));
                b.memoryWrite(i, fit(any(), 4), fit(any(), b.width(reads.get(i))), pick(enables));
            }
        }
        for (int register : registers) {
            Optional<BitVector> reset = random.nextBoolean()
                    ? Optional.of(BitVector.of(b.width(register), random.nextLong()))
                    : Optional.empty();
            b.defineRegister(register, "r" + register, fit(any(), b.width(register)), pick(enables), reset);
        }
        for (int delay : delays) {
            b.defineDelay(delay, "d" + delay, fit(any(), b.width(delay)), pick(enables), 1 + random.nextInt(4));
        }
        for (int i = 0; i < nodes.size(); i += 3) {
            b.output("o" + i, nodes.get(i));
        }
        return b.build("Random", "", "");
    }

    private int operator() {
        int width = width();
        int x = fit(any(), width);
        int y = fit(any(), width);
        int bit = fit(any(), 1);
        boolean signed = random.nextBoolean();
        return switch (random.nextInt(18)) {
            case 0 -> b.not(x);
            case 1 -> b.bitwise(pick(List.of(Node.BitOperator.values())), x, y);
            case 2 -> b.reduce(pick(List.of(Node.Reduction.values())), x);
            case 3 -> b.add(x, y);
            case 4 -> b.subtract(x, y);
            case 5 -> b.multiply(signed, x, fit(any(), Math.max(1, Math.min(width(), 200 - width))));
            case 6 -> b.equal(x, y);
            case 7 -> b.less(signed, x, y);
            case 8, 9, 10 -> b.mux(bit, x, y);
            case 11 -> b.shift(pick(List.of(Node.ShiftKind.values())), x, random.nextBoolean() ? any() : fit(any(), 6));
            case 12 -> b.slice(x, width - 1, random.nextInt(width));
            case 13 -> b.concat(
                    List.of(bit, fit(any(), 1 + random.nextInt(64)), fit(any(), 1 + random.nextInt(70)), bit));
            case 14 -> b.extend(signed, x, width + random.nextInt(70));
            case 15 -> b.popCount(b.bitwise(Node.BitOperator.XNOR, x, y));
            case 16 -> b.sum(signed, width + random.nextInt(9), List.of(x, y, fit(any(), width), x));
            default -> {
                List<Integer> values = new ArrayList<>();
                for (int i = 0; i < 2 + random.nextInt(random.nextInt(10) == 0 ? 150 : 8); i++) {
                    values.add(fit(any(), width));
                }
                yield b.select(random.nextBoolean() ? any() : fit(any(), 3), values);
            }
        };
    }

    /** The value, cut or extended to a width. */
    private int fit(int node, int width) {
        return b.width(node) > width
                ? b.slice(node, width - 1, 0)
                : b.extend(random.nextBoolean(), node, width);
    }

    /** Mostly a recent one, so that there are deep paths. */
    private int any() {
        int last = nodes.size();
        return nodes.get(random.nextInt(3) == 0 ? random.nextInt(last) : last - 1 - random.nextInt(Math.min(last, 30)));
    }

    private int width() {
        return WIDTHS[random.nextInt(WIDTHS.length)];
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
