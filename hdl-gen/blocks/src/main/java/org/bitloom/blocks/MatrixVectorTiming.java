package org.bitloom.blocks;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.StreamTiming;

/**
 * The control of a {@link MatrixVectorUnit}, without its data. A bit of {@code front} and {@code back} is a step of the
 * pipeline that holds something, the lowest the first: from reading to accumulating, and from the finished accumulators on.
 */
final class MatrixVectorTiming implements StreamTiming {
    /** Reading, multiplying and accumulating. */
    private static final int LEAST = 3;

    private final int neuronFolds;
    private final int synapseFolds;
    private final int frontSteps;
    private final int backSteps;

    private int word;
    private int pass;
    private int summand;
    private long front;
    private long back;

    /**
     * @param summing  steps within the dot products
     * @param counting steps behind the accumulators
     */
    MatrixVectorTiming(int neuronFolds, int synapseFolds, int summing, int counting) {
        this.neuronFolds = neuronFolds;
        this.synapseFolds = synapseFolds;
        this.frontSteps = LEAST + summing;
        this.backSteps = 1 + counting;
    }

    @Override
    public boolean offers() {
        return back >>> (backSteps - 1) != 0;
    }

    @Override
    public boolean accepts(boolean outputReady) {
        return pass == 0 && (hasRoom(front, frontSteps) || completes(outputReady));
    }

    private boolean completes(boolean outputReady) {
        return outputReady || hasRoom(back, backSteps);
    }

    private static boolean hasRoom(long held, int steps) {
        return held != (1L << steps) - 1;
    }

    /** Each step that is empty, or before one that moves, takes what the one before it holds. */
    private static long moved(long held, int steps, boolean leaves, boolean comes) {
        long all = (1L << steps) - 1;
        long moving = leaves ? all : 2 * Long.highestOneBit(~held & all) - 1;
        return moving < 0 ? held : held & ~moving | (held << 1 | (comes ? 1 : 0)) & moving;
    }

    @Override
    public boolean clock(boolean inputValid, boolean outputReady) {
        boolean completes = completes(outputReady);
        boolean reads = completes || hasRoom(front, frontSteps);
        boolean takes = reads && (pass > 0 || inputValid);
        boolean accumulates = completes && front >>> (frontSteps - 1) != 0;
        long backBefore = back;
        long frontBefore = front;
        back = moved(back, backSteps, outputReady, accumulates && summand == synapseFolds - 1);
        front = moved(front, frontSteps, completes, takes);
        if (accumulates) {
            summand = (summand + 1) % synapseFolds;
        }
        if (takes) {
            word = (word + 1) % synapseFolds;
            if (word == 0) {
                pass = (pass + 1) % neuronFolds;
            }
        }
        // A step of a counter goes with a word that moves on: into the first stage, or into the accumulators.
        return takes || accumulates || back != backBefore || front != frontBefore;
    }

    /** While it works on a vector that it keeps, and before the next result. */
    @Override
    public int rest() {
        if (pass == 0 || hasRoom(front, frontSteps) || back != 0) {
            return 0;
        }
        return Math.min(synapseFolds - 1 - summand, (neuronFolds - pass) * synapseFolds - word);
    }

    @Override
    public void skip(int cycles) {
        summand += cycles;
        word += cycles;
        pass = (pass + word / synapseFolds) % neuronFolds;
        word %= synapseFolds;
    }

    @Override
    public void state(LongConsumer numbers) {
        numbers.accept(front);
        numbers.accept(back);
        numbers.accept(pass);
        numbers.accept(word);
        numbers.accept(summand);
    }
}
