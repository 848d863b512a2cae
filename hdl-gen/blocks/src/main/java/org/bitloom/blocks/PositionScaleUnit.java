package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamTiming;
import org.bitloom.hdl.verilog.Family;

/**
 * Multiplies each pixel of a frame by a small factor of its row and one of its column: gives sums over windows that the
 * frame's border cuts a common divisor. One word a cycle, two cycles of latency. A factor's bits choose how far the number
 * is shifted for each of the few summands of the product: 4, 6 and 9 take one adder. Ready depends on the other side's
 * ready.
 */
public final class PositionScaleUnit extends Block {
    /**
     * @param input      format of a lane
     * @param folds      words of a pixel
     * @param rows       the factor of each row of a frame, at least 1
     * @param columns    the factor of each column
     * @param outputBits bits of a product, which is modulo 2^outputBits
     */
    public record Config(
            Format input, int lanes, int folds, List<Integer> rows, List<Integer> columns, int outputBits)
            implements BlockConfig {
        public Config {
            rows = List.copyOf(rows);
            columns = List.copyOf(columns);
            if (lanes < 1 || folds < 1 || rows.isEmpty() || columns.isEmpty() || outputBits < 1) {
                throw new IllegalArgumentException("lanes, folds, rows, columns and bits are positive, not " + lanes + ", "
                        + folds + ", " + rows.size() + ", " + columns.size() + ", " + outputBits);
            }
            if (rows.stream().anyMatch(f -> f < 1) || columns.stream().anyMatch(f -> f < 1)) {
                throw new IllegalArgumentException("factors are at least 1");
            }
        }

        @Override
        public String label() {
            return "l" + lanes + "_h" + rows.size() + "_w" + columns.size() + "_" + input;
        }

        @Override
        public StreamTiming timing() {
            return new ElasticTiming(2);
        }

        /** Which shifts a place has is found out while its word is taken in; then each summand is chosen and added. */
        @Override
        public List<LogicPath> paths(Family family) {
            Fabric fabric = Fabric.of(family);
            int place = Fabric.addressBits(Math.max(folds, Math.max(rows.size(), columns.size())));
            return List.of(
                    LogicPath.of("input", 0, 0).fromTheInput(),
                    LogicPath.of("control", 3, 0),
                    LogicPath.of("place", 2 + fabric.depth(place), 0),
                    LogicPath.of("product", summands(), outputBits));
        }

        /** The different factors of rows, or of columns, ascending. */
        private static List<Integer> kinds(List<Integer> factors) {
            return List.copyOf(new TreeSet<>(factors));
        }

        /** How many summands the greatest number of ones in a factor makes. */
        private int summands() {
            int most = 1;
            for (int row : kinds(rows)) {
                for (int column : kinds(columns)) {
                    most = Math.max(most, Long.bitCount((long) row * column));
                }
            }
            return most;
        }

        /** By how much the number is shifted for a summand, the greatest shift first: −1 where it is left out. */
        private static int shift(int row, int column, int summand) {
            long left = (long) row * column;
            for (int i = 0; i < summand; i++) {
                left &= ~Long.highestOneBit(left);
            }
            return Long.SIZE - 1 - Long.numberOfLeadingZeros(left);
        }

        /** The different shifts of a summand. */
        private List<Integer> shifts(int summand) {
            return kinds(rows.stream()
                    .distinct()
                    .flatMap(row -> columns.stream().distinct().map(column -> shift(row, column, summand)))
                    .toList());
        }

        @Override
        public Resources cost(Family family) {
            Fabric fabric = Fabric.of(family);
            int size = fabric.hasWideLuts() ? 6 : 4;
            int lut = 0;
            int choices = 0;
            // Of two operands that are chosen Xilinx' adders take the right one's choice in.
            boolean absorbs = fabric.hasChoosingAdders() && summands() == 2 && shifts(0).size() > 1;
            for (int summand = 0; summand < summands(); summand++) {
                List<Integer> shifts = shifts(summand);
                int kinds = shifts.size();
                int choice = kinds == 1 ? 0 : Component.bitsFor(kinds - 1L);
                int inputs = choice + (int) shifts.stream().filter(shift -> shift >= 0).count();
                int bits = input.bits() + shifts.getLast() - shifts.stream().filter(shift -> shift >= 0).findFirst().orElseThrow();
                boolean free = kinds == 1 || summand > 0 && absorbs && inputs < size;
                // More than two are compressed by full adders, of two LUTs each.
                int adders = summand == 0 ? 0 : summand == 1 ? bits : 2 * bits;
                lut += (free ? 0 : bits * (inputs <= size ? 1 : fabric.multiplexer(kinds))) + adders;
                choices += choice;
            }
            boolean counts = choices > 0;
            return new Resources(lanes * lut + 2 * choices + 2, lanes * (input.bits() + outputBits) + 2 + choices, 0, 0, 3)
                    .plus(counts ? fabric.counter(folds) : Resources.NONE)
                    .plus(kinds(columns).size() > 1 || kinds(rows).size() > 1 ? fabric.counter(columns.size()) : Resources.NONE)
                    .plus(kinds(rows).size() > 1 ? fabric.counter(rows.size()) : Resources.NONE);
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    public PositionScaleUnit(Config config) {
        in = slave(stream(bits(config.lanes() * config.input().bits())));
        out = master(stream(bits(config.lanes() * config.outputBits())));
        List<Bool> moves = stages(in, out, 2);
        List<UInt> choices = choices(config, moves.getFirst());
        Bits word = register(in.data().type());
        when(moves.getFirst(), () -> word.next(in.data()));

        List<Bits> results = new ArrayList<>();
        for (Bits lane : word.split(config.input().bits())) {
            SInt number = number(config.input(), lane);
            SInt product = summand(config, number, 0, choices.getFirst());
            for (int summand = 1; summand < choices.size(); summand++) {
                product = product.plus(summand(config, number, summand, choices.get(summand))).low(config.outputBits());
            }
            results.add(product.asBits());
        }
        Bits result = register(bits(config.lanes() * config.outputBits()));
        when(moves.getLast(), () -> result.next(Bits.concat(results.reversed())));
        out.data().drive(result);
    }

    private SInt summand(Config config, SInt number, int summand, UInt choice) {
        return pick(choice, config.shifts(summand).stream()
                .map(shift -> shift < 0 ? lit(0, sint(config.outputBits())) : resized(number.shl(shift), config.outputBits()))
                .toList());
    }

    /** For each summand which of its shifts the word has that is kept. */
    private List<UInt> choices(Config config, Bool move) {
        List<Integer> rows = Config.kinds(config.rows());
        List<Integer> columns = Config.kinds(config.columns());
        boolean counts = rows.size() > 1 || columns.size() > 1;
        int words = counts ? config.folds() : 1;
        int width = counts ? config.columns().size() : 1;
        int height = rows.size() > 1 ? config.rows().size() : 1;
        UInt fold = counter(words);
        UInt column = counter(width);
        UInt row = counter(height);
        when(in.fire(), () -> {
            advance(fold, words);
            when(isLast(fold, words), () -> {
                advance(column, width);
                when(isLast(column, width), () -> advance(row, height));
            });
        });
        UInt rowKind = kind(row, config.rows(), rows);
        UInt columnKind = kind(column, config.columns(), columns);
        List<UInt> choices = new ArrayList<>();
        for (int summand = 0; summand < config.summands(); summand++) {
            int each = summand;
            List<Integer> shifts = config.shifts(summand);
            if (shifts.size() == 1) {
                choices.add(lit(0));
                continue;
            }
            UInt next = pick(rowKind, rows.stream()
                    .map(r -> pick(columnKind, columns.stream()
                            .map(c -> code(shifts.indexOf(Config.shift(r, c, each)), shifts))
                            .toList()))
                    .toList());
            UInt choice = register(next.type()).named("shift_" + summand);
            when(move, () -> choice.next(next));
            choices.add(choice);
        }
        return choices;
    }

    /** Which of the kinds of factors stands at a place; all but a few places have the same. */
    private UInt kind(UInt place, List<Integer> factors, List<Integer> kinds) {
        int usual = kinds.stream().max(Comparator.comparing(kind -> Collections.frequency(factors, kind))).orElseThrow();
        UInt kind = code(kinds.indexOf(usual), kinds);
        for (int i = 0; i < factors.size(); i++) {
            if (factors.get(i) != usual) {
                kind = mux(place.eq(i), code(kinds.indexOf(factors.get(i)), kinds), kind);
            }
        }
        return kind;
    }

    private UInt code(int index, List<?> of) {
        return lit(index, uint(bitsFor(of.size() - 1L)));
    }
}
