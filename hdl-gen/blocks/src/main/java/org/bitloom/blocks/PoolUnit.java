package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamTiming;
import org.bitloom.hdl.verilog.Family;

/**
 * Makes one pixel of the {@code taps} pixels that follow each other, lane by lane: the greatest number or the sum. A pixel
 * has {@code folds} words. A word is taken in each cycle; the words of the result leave one cycle after those of the last
 * tap came, and one more with a register before everything. Ready depends on the other side's ready.
 */
public final class PoolUnit extends Block {
    /** What a lane of the result is. */
    public enum Operation {
        MAX,
        SUM
    }

    /**
     * @param input      format of a lane
     * @param outputBits bits of a lane of the result; a sum is signed and modulo 2^outputBits
     * @param stages     registers before everything, 0 or 1
     */
    public record Config(Format input, int lanes, int folds, int taps, Operation operation, int outputBits, int stages)
            implements BlockConfig {
        public Config {
            if (lanes < 1 || folds < 1 || taps < 1 || outputBits < 1) {
                throw new IllegalArgumentException("lanes, folds, taps and bits are positive, not " + lanes + ", " + folds
                        + ", " + taps + ", " + outputBits);
            }
            if (operation == Operation.MAX && outputBits != input.bits()) {
                throw new IllegalArgumentException(
                        "the greatest of numbers has their " + input.bits() + " bits, not " + outputBits);
            }
            if (stages < 0 || stages > 1) {
                throw new IllegalArgumentException("one register can stand before a pool, not " + stages);
            }
        }

        public Config withStages(int newStages) {
            return new Config(input, lanes, folds, taps, operation, outputBits, newStages);
        }

        @Override
        public String label() {
            return operation.name().toLowerCase(Locale.ROOT) + "_l" + lanes + "_t" + taps + "_" + input;
        }

        public int inputBits() {
            return lanes * input.bits();
        }

        public int resultBits() {
            return lanes * outputBits;
        }

        @Override
        public StreamTiming timing() {
            return StagedTiming.of(stages, new GatherTiming(folds * taps, folds));
        }

        /** The result of the last tap is needed for the next: what no register shortens. */
        @Override
        public List<LogicPath> paths(Family family) {
            boolean wide = family.hasWideLuts();
            int first = Fabric.of(family).depth(Fabric.addressBits(taps));
            LogicPath combined = switch (operation) {
                case SUM -> LogicPath.of("sum", first + (wide ? 1 : 2), outputBits);
                case MAX -> input instanceof Format.Bipolar
                        ? LogicPath.of("maximum", first + 1, 0)
                        : LogicPath.of("maximum", 2 + Fabric.of(family).comparisonDepth(), input.bits());
            };
            LogicPath control = LogicPath.of("control", 2 + stages + Fabric.of(family).depth(Fabric.addressBits(folds)), 0);
            return stages == 0
                    ? List.of(combined.fromTheInput(), control)
                    : List.of(LogicPath.of("input", 0, 0).fromTheInput(), combined, control);
        }

        @Override
        public Resources cost(Family family) {
            Fabric fabric = Fabric.of(family);
            int lane = operation == Operation.SUM
                    ? (fabric.hasChoosingAdders() && input instanceof Format.Unsigned ? outputBits : 2 * outputBits)
                    : input instanceof Format.Bipolar ? 1 : fabric.maximum(input.bits(), folds == 1 || taps == 1);
            Resources registers = fabric.register(resultBits() + 1);
            Resources line = folds == 1 || taps == 1 ? Resources.NONE : fabric.delay(resultBits(), folds - 1);
            return new Resources(lanes * lane + 4 + stages, stages * (inputBits() + 1), 0, 0, operation == Operation.SUM ? 2 : 3)
                    .plus(registers)
                    .plus(line)
                    .plus(fabric.counter(taps == 1 ? 1 : folds))
                    .plus(fabric.counter(taps));
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    public PoolUnit(Config config) {
        in = slave(stream(bits(config.inputBits())));
        out = master(stream(bits(config.resultBits())));
        int folds = config.folds();
        int taps = config.taps();
        Bool full = state(bool(), 0);
        Bool go = full.not().or(out.ready());
        Chain chain = chain(config.stages(), in.valid(), go);
        Bool comes = (config.stages() == 0 ? in.fire() : chain.full().and(go)).named("comes");
        Bits word = config.stages() == 0 ? in.data() : kept(in.data(), chain.ready());
        in.ready().drive(chain.ready());
        out.valid().drive(full);

        int counted = taps == 1 ? 1 : folds; // with a single tap all pixels are alike
        UInt fold = counter(counted);
        UInt tap = counter(taps);
        when(comes, () -> {
            advance(fold, counted);
            when(isLast(fold, counted), () -> advance(tap, taps));
        });
        when(go, () -> full.next(chain.full().and(isLast(tap, taps))));

        // The result of the word that came last stands at the output; a pixel's words go round behind it, tap after tap.
        Bits result = register(bits(config.resultBits()));
        Bits partial = folds == 1 || taps == 1 ? result : delay(result, folds - 1, comes);
        List<Bits> before = partial.split(config.outputBits());
        List<Bits> lanes = word.split(config.input().bits());
        List<Bits> results = new ArrayList<>();
        for (int lane = 0; lane < config.lanes(); lane++) {
            results.add(combined(config, tap.eq(0), before.get(lane), lanes.get(lane)));
        }
        when(comes, () -> result.next(Bits.concat(results.reversed())));
        out.data().drive(result);

        ensure(out.isSteady(), "a word once offered stays until it is taken");
    }

    private Bits combined(Config config, Bool first, Bits before, Bits lane) {
        int width = config.outputBits();
        Bits start = mux(first, lit(BitVector.zero(width)), before);
        return switch (config.operation()) {
            case MAX ->
                switch (config.input()) {
                    case Format.Bipolar _ -> lane.or(start);
                    case Format.Unsigned _ -> mux(first.or(lane.asUInt().gt(before.asUInt())), lane, before);
                    case Format.Signed _ -> mux(first.or(lane.asSInt().gt(before.asSInt())), lane, before);
                    case Format.BitMasked masked -> throw masked.onlyForWeights();
                };
            case SUM -> resized(number(config.input(), lane).plus(start.asSInt()), width).asBits();
        };
    }
}
