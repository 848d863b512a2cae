package org.bitloom.blocks;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Ram;
import org.bitloom.hdl.Rom;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.cost.RomColumns;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamTiming;
import org.bitloom.hdl.verilog.Family;

/**
 * Multiplies a stored matrix with streamed vectors: PE rows and SIMD columns a cycle (folding as in FINN, arXiv
 * 1612.07119, section 4.3).
 *
 * <p>A vector arrives as {@code synapseFolds} words of SIMD activations. It is multiplied with the first PE rows while it
 * arrives, and kept for the following {@code neuronFolds − 1} passes, during which nothing is taken in. Each pass gives
 * one word of PE results. One vector takes synapseFolds × neuronFolds cycles and the next follows without a gap. A step of
 * the pipeline waits only while the one after it waits: what it holds does not depend on when words came.
 */
public final class MatrixVectorUnit extends Block {
    /** What becomes of a row's accumulator. */
    public sealed interface Result {
        /** Bits a row gives. */
        int bits(int accumulatorBits);

        /** One bit: the accumulator, which starts from minus the row's threshold, is not negative. */
        record Sign() implements Result {
            @Override
            public int bits(int accumulatorBits) {
                return 1;
            }
        }

        /** The number of the row's thresholds that are not above the accumulator, plus {@code least}, in {@code bits}. */
        record Levels(int thresholds, int bits, int least) implements Result {
            @Override
            public int bits(int accumulatorBits) {
                return bits;
            }
        }

        /** The accumulator itself, signed. */
        record Accumulator() implements Result {
            @Override
            public int bits(int accumulatorBits) {
                return accumulatorBits;
            }
        }
    }

    /**
     * @param pe              rows at a time
     * @param simd            columns at a time
     * @param neuronFolds     passes over the vector; rows are pe × neuronFolds
     * @param synapseFolds    words of the vector; columns are simd × synapseFolds
     * @param accumulatorBits width of the signed accumulator; sums are modulo 2^width, so only the final value must fit
     * @param doubled         each dot product counts twice: bipolar × bipolar with {@link Result.Accumulator}
     * @param weightStyle     where the weights lie
     * @param multiplier      what numbers are multiplied with
     * @param depth           registers beyond the least, those of the sum behind block memory and within the dot products;
     *     those of the result are there only for {@link Result.Levels}
     */
    public record Config(
            Format weights,
            Format activations,
            int pe,
            int simd,
            int neuronFolds,
            int synapseFolds,
            int accumulatorBits,
            boolean doubled,
            Result result,
            MemoryStyle weightStyle,
            Multiplier multiplier,
            Depth depth)
            implements BlockConfig {
        public Config {
            if (depth.result() > 0 && !(result instanceof Result.Levels)) {
                throw new IllegalArgumentException("there is nothing behind the accumulators that registers could cut");
            }
            if (pe < 1 || simd < 1 || neuronFolds < 1 || synapseFolds < 1) {
                throw new IllegalArgumentException("folding is positive: PE " + pe + ", SIMD " + simd + ", folds "
                        + neuronFolds + " and " + synapseFolds);
            }
        }

        /** More registers than this have no use. */
        public Depth mostDepth() {
            int counting = result instanceof Result.Levels levels ? 1 + SumPlan.mostStagesOfOnes(levels.thresholds()) : 0;
            return new Depth(SumPlan.mostStages(product(0)) + (weightStyle == MemoryStyle.BLOCK ? 1 : 0), counting);
        }

        /** Whether a register stands behind the memory of the weights: the second one, where a sum has a use for the first. */
        boolean hasMemoryRegister() {
            return weightStyle == MemoryStyle.BLOCK && depth.sum() > Math.min(1, SumPlan.mostStages(product(0)));
        }

        public Config withDepth(Depth newDepth) {
            return new Config(weights, activations, pe, simd, neuronFolds, synapseFolds, accumulatorBits, doubled, result,
                    weightStyle, multiplier, newDepth);
        }

        @Override
        public String label() {
            return "p" + pe + "_s" + simd + "_" + weights + activations;
        }

        public int inputBits() {
            return simd * activations.bits();
        }

        public int resultBits() {
            return result.bits(accumulatorBits);
        }

        public int outputBits() {
            return pe * resultBits();
        }

        public int weightWordBits() {
            return pe * simd * weights.bits();
        }

        public int weightWords() {
            return neuronFolds * synapseFolds;
        }

        @Override
        public StreamTiming timing() {
            return new MatrixVectorTiming(
                    neuronFolds, synapseFolds, depth.sum(), result instanceof Result.Levels ? 1 + depth.result() : 0);
        }

        @Override
        public Resources cost(Family family) {
            return new MatrixVectorCost(this, family).expected();
        }

        @Override
        public List<LogicPath> paths(Family family) {
            return new MatrixVectorPaths(this, family).all();
        }

        /** What it takes of a device with the given memories: what is constant or twice there is not built. */
        public Resources cost(
                Family family, MemoryContents weights, MemoryContents starts, Optional<MemoryContents> thresholds) {
            return new MatrixVectorCost(this, family)
                    .with(RomColumns.of(weights), RomColumns.of(starts), thresholds.map(RomColumns::of));
        }

        ProcessingElement.Config element() {
            return new ProcessingElement.Config(product(), accumulatorBits, doubled, result, depth.result());
        }

        /** The dot product of a row's lanes. */
        public DotProduct.Config product() {
            return product(depth.sum() - (hasMemoryRegister() ? 1 : 0));
        }

        private DotProduct.Config product(int stages) {
            return new DotProduct.Config(simd, weights, activations, multiplier, stages);
        }
    }

    public final StreamIn<Bits> in;
    public final StreamOut<Bits> out;

    /** Word nf·synapseFolds + sf: for each PE p, for each lane l, the weight of row nf·PE + p and column sf·SIMD + l. */
    public final Rom<Bits> weights;

    /** Word nf: for each PE what the accumulator of row nf·PE + p starts from. */
    public final Rom<Bits> starts;

    /** Word nf: for each PE the ascending thresholds of row nf·PE + p; there only for {@link Result.Levels}. */
    public final List<Rom<Bits>> thresholds;

    public MatrixVectorUnit(Config config) {
        in = slave(stream(bits(config.inputBits())));
        out = master(stream(bits(config.outputBits())));
        int depth = config.synapseFolds();
        int rows = config.neuronFolds();

        // Stage 0: a word comes in, or its turn comes again; the vector is kept.
        Bool toRead = wire(bool());
        int counted = rows == 1 ? 1 : depth; // with a single pass nothing comes again
        UInt word = counter(counted);
        UInt pass = counter(rows);
        Bool arriving = pass.eq(0);
        Bool take = arriving.not().or(in.valid());
        Bool lastWord = word.eq(counted - 1);
        in.ready().drive(toRead.and(arriving));
        when(toRead.and(take), () -> {
            advance(word, counted);
            when(lastWord, () -> advance(pass, rows));
        });

        // Stage 1: activations and weights are read.
        Bool reading = staged("reading", take, toRead);
        Bool toMultiply = wire(bool());
        toRead.drive(reading.not().or(toMultiply));
        UInt address = counter(config.weightWords());
        when(toMultiply.and(reading), () -> advance(address, config.weightWords()));
        weights = rom(bits(config.weightWordBits()), config.weightWords()).style(config.weightStyle());
        Bits weightWord = weights.read(address, toMultiply);
        Bits activationWord = kept(config, word, toRead, reading, toMultiply);

        // Stage 2: the dot products, with registers before and within them. Stage 3: they are accumulated.
        Bool multiplying = staged("multiplying", reading, toMultiply);
        Bool summed = multiplying;
        Bool toSum = toMultiply;
        List<Bool> keep = new ArrayList<>();
        if (config.hasMemoryRegister()) {
            Bool goes = wire(bool()).named("to_keep");
            toSum.drive(summed.not().or(goes));
            toSum = goes;
            weightWord = kept(weightWord, goes).named("kept_weights");
            activationWord = kept(activationWord, goes).named("kept_activations");
            summed = staged("keeping", summed, goes);
        }
        for (int i = 0; i < config.product().stages(); i++) {
            Bool goes = wire(bool()).named("to_sum_" + i);
            toSum.drive(summed.not().or(goes));
            toSum = goes;
            keep.add(goes);
            summed = staged("summing_" + i, summed, goes);
        }
        Bool toAccumulate = wire(bool());
        toSum.drive(summed.not().or(toAccumulate));
        Bool accumulating = staged("accumulating", summed, toAccumulate);
        Bool toComplete = wire(bool());
        toAccumulate.drive(accumulating.not().or(toComplete));
        Bool accumulates = toComplete.and(accumulating);
        UInt summand = counter(depth);
        Bool first = summand.eq(0);
        Bool last = summand.eq(depth - 1);
        UInt row = counter(rows);
        when(accumulates, () -> {
            advance(summand, depth);
            when(last, () -> advance(row, rows));
        });
        starts = rom(bits(config.pe() * config.accumulatorBits()), rows).style(MemoryStyle.DISTRIBUTED);
        Bits startWord = starts.read(row);

        // Stage 4: the results, where the accumulators hold them; several thresholds take a stage of their own.
        Bool complete = state(bool(), 0);
        when(toComplete, () -> complete.next(accumulating.and(last)));
        ElementArray elements = instance(ElementArray::new, new ElementArray.Config(config.pe(), config.element()));
        for (int i = 0; i < keep.size(); i++) {
            elements.keep.get(i).drive(keep.get(i));
        }
        elements.multiply.drive(toAccumulate);
        elements.weights.drive(weightWord);
        elements.activations.drive(activationWord);
        elements.accumulate.drive(accumulates);
        elements.first.drive(first);
        elements.start.drive(startWord);
        if (config.result() instanceof Result.Levels levels) {
            UInt finished = counter(rows);
            Bool toLevel = wire(bool());
            toComplete.drive(complete.not().or(toLevel));
            when(toLevel.and(complete), () -> advance(finished, rows));
            Rom<Bits> thresholdTable = rom(bits(config.pe() * levels.thresholds() * config.accumulatorBits()), rows)
                    .style(MemoryStyle.DISTRIBUTED);
            elements.thresholds.getFirst().drive(thresholdTable.read(finished));
            thresholds = List.of(thresholdTable);
            Bool compared = complete;
            Bool toCount = toLevel;
            for (int i = 0; i < config.depth().result(); i++) {
                elements.count.get(i).drive(toCount);
                compared = staged("counting_" + i, compared, toCount);
                Bool goes = wire(bool()).named("to_count_" + i);
                toCount.drive(compared.not().or(goes));
                toCount = goes;
            }
            elements.level.getFirst().drive(toCount);
            Bool levelled = staged("levelled", compared, toCount);
            toCount.drive(levelled.not().or(out.ready()));
            out.valid().drive(levelled);
        } else {
            thresholds = List.of();
            toComplete.drive(complete.not().or(out.ready()));
            out.valid().drive(complete);
        }
        out.data().drive(elements.result);

        ensure(out.isSteady(), "a word once offered stays until it is taken");
    }

    /** The activations of the word that stage 0 let through one step before. */
    private Bits kept(Config config, UInt word, Bool toRead, Bool reading, Bool toMultiply) {
        if (config.synapseFolds() == 1 || config.neuronFolds() == 1) {
            Bits vector = register(bits(config.inputBits()));
            when(in.fire(), () -> vector.next(in.data()));
            Bits activations = register(bits(config.inputBits()));
            when(toMultiply, () -> activations.next(vector));
            return activations;
        }
        // A word is written one step before it is first read, and no other word is written in that step.
        Ram<Bits> vector = ram(bits(config.inputBits()), config.synapseFolds()).neverCollides();
        when(in.fire(), () -> vector.write(word, in.data()));
        UInt readWord = register(word.type());
        when(toRead, () -> readWord.next(word));
        return vector.read(readWord, toMultiply.and(reading));
    }

    /** A flag one step later. */
    private Bool staged(String name, Bool flag, Bool go) {
        Bool later = state(bool(), 0).named(name);
        when(go, () -> later.next(flag));
        return later;
    }
}
