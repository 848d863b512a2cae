package org.bitloom.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Labelled;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;

/** One row at a time of a matrix-vector product: dot products of SIMD lanes, accumulated, and what the row gives. */
public final class ProcessingElement extends Block {
    /** @param counting registers between the comparisons with thresholds and the level */
    public record Config(
            DotProduct.Config product,
            int accumulatorBits,
            boolean doubled,
            MatrixVectorUnit.Result result,
            int counting)
            implements Labelled {
        /** With none. */
        public Config(
                DotProduct.Config product, int accumulatorBits, boolean doubled, MatrixVectorUnit.Result result) {
            this(product, accumulatorBits, doubled, result, 0);
        }

        @Override
        public String label() {
            return product.label() + (counting == 0 ? "" : "_c" + counting);
        }
    }

    /** For each register within the dot product: it takes what comes. */
    public final List<Bool> keep;

    /** The dot product of this step is kept. */
    public final Bool multiply = input(bool());

    public final Bits weights;
    public final Bits activations;
    /** The dot product that is kept is added to its row. */
    public final Bool accumulate = input(bool());

    /** It is the row's first. */
    public final Bool first = input(bool());

    /** What the accumulator starts from. */
    public final Bits start;

    /** The row's thresholds side by side, while the accumulator is complete; there only for several levels. */
    public final List<Bits> thresholds;

    /** For each register before the level: it takes what comes. */
    public final List<Bool> count;

    /** The level of the accumulator is kept; there only for several levels. */
    public final List<Bool> level;

    public final Bits result;

    public ProcessingElement(Config config) {
        weights = input(bits(config.product().simd() * config.product().weights().bits()));
        activations = input(bits(config.product().simd() * config.product().activations().bits()));
        start = input(bits(config.accumulatorBits()));
        result = output(bits(config.result().bits(config.accumulatorBits())));

        DotProduct product = instance(DotProduct::new, config.product());
        product.weights.drive(weights);
        product.activations.drive(activations);
        keep = flags("keep_", config.product().stages());
        for (int i = 0; i < keep.size(); i++) {
            product.keep.get(i).drive(keep.get(i));
        }
        Bits partial = register(bits(config.product().resultBits()));
        when(multiply, () -> partial.next(product.result));

        SInt number = config.product().isUnsigned() ? partial.asUInt().asSInt() : partial.asSInt();
        SInt summand = config.doubled() ? number.shl(1) : number;
        SInt accumulator = register(sint(config.accumulatorBits()));
        when(accumulate, () -> {
            SInt before = mux(first, start.asSInt(), accumulator);
            // Modulo 2^width: what overflows on the way comes back, the final value fits. The choice is the right operand:
            // it fits into the adder's own LUTs, whose left operand goes to the carry chain as well.
            accumulator.next(summand.plus(before).low(accumulator.width()));
        });

        count = flags("count_", config.counting());
        switch (config.result()) {
            case MatrixVectorUnit.Result.Sign _ -> {
                thresholds = List.of();
                level = List.of();
                result.drive(accumulator.isNegative().not().asBits());
            }
            case MatrixVectorUnit.Result.Accumulator _ -> {
                thresholds = List.of();
                level = List.of();
                result.drive(accumulator.asBits());
            }
            case MatrixVectorUnit.Result.Levels levels -> {
                Bits rowThresholds = input(bits(levels.thresholds() * config.accumulatorBits())).named("thresholds");
                thresholds = List.of(rowThresholds);
                Bool keep = input(bool()).named("level");
                level = List.of(keep);
                List<Bool> passed = new ArrayList<>();
                for (Bits threshold : rowThresholds.split(config.accumulatorBits())) {
                    passed.add(accumulator.ge(threshold.asSInt()));
                }
                SInt value = passes(bits(passed)).asSInt().plus(levels.least());
                Bits passes = register(bits(levels.bits()));
                when(keep, () -> passes.next(value.width() >= levels.bits()
                        ? value.low(levels.bits()).asBits()
                        : value.extend(levels.bits()).asBits()));
                result.drive(passes);
            }
        }
    }
    /** How many thresholds are passed, cut by registers of which the first is before all counting. */
    private UInt passes(Bits passed) {
        if (count.isEmpty()) {
            UInt passedThresholds = passed.popCount();
            return passedThresholds;
        }
        SumPlan plan = SumPlan.ofOnes(passed.width(), count.size() - 1);
        return stagedSum(plan, (value, stage) -> kept(value, count.get(stage + 1))).ofOnes(kept(passed, count.getFirst()));
    }

    private List<Bool> flags(String name, int flags) {
        return IntStream.range(0, flags)
                .mapToObj(i -> input(bool()).named(name + i))
                .toList();
    }
}
