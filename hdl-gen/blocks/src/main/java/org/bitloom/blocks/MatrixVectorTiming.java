package org.bitloom.blocks;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.StreamTiming;

/** The control of a {@link MatrixVectorUnit}, without its data. */
final class MatrixVectorTiming implements StreamTiming {
    /** Reading, multiplying and accumulating. */
    private static final int LEAST = 3;

    private final int neuronFolds;
    private final int synapseFolds;

    /** From reading to accumulating. */
    private final Steps front;

    /** From the finished accumulators on. */
    private final Steps back;

    private int word;
    private int pass;
    private int summand;

    /**
     * @param summing  steps within the dot products
     * @param counting steps behind the accumulators
     */
    MatrixVectorTiming(int neuronFolds, int synapseFolds, int summing, int counting) {
        this.neuronFolds = neuronFolds;
        this.synapseFolds = synapseFolds;
        this.front = new Steps(LEAST + summing);
        this.back = new Steps(1 + counting);
    }

    @Override
    public boolean offers() {
        return back.isLastFull();
    }

    @Override
    public boolean accepts(boolean outputReady) {
        return pass == 0 && (front.hasRoom() || completes(outputReady));
    }

    private boolean completes(boolean outputReady) {
        return outputReady || back.hasRoom();
    }

    @Override
    public boolean clock(boolean inputValid, boolean outputReady) {
        boolean completes = completes(outputReady);
        boolean takes = (completes || front.hasRoom()) && (pass > 0 || inputValid);
        boolean accumulates = completes && front.isLastFull();
        boolean moved = back.move(outputReady, accumulates && summand == synapseFolds - 1)
                | front.move(completes, takes);
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
        return takes || accumulates || moved;
    }

    /** While it works on a vector that it keeps, and before the next result. */
    @Override
    public int rest() {
        if (pass == 0 || front.hasRoom() || !back.isEmpty()) {
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
        numbers.accept(front.held());
        numbers.accept(back.held());
        numbers.accept(pass);
        numbers.accept(word);
        numbers.accept(summand);
    }
}
