package org.bitloom.blocks;

import java.util.function.LongConsumer;
import org.bitloom.hdl.stream.StreamTiming;

/** The control of a {@link MatrixVectorUnit}, without its data. */
final class MatrixVectorTiming implements StreamTiming {
    private final int neuronFolds;
    private final int synapseFolds;
    /** Results pass through a stage of their own. */
    private final boolean levels;

    private int word;
    private int pass;
    private int summand;
    private boolean reading;
    private boolean multiplying;
    private boolean accumulating;
    private boolean complete;
    private boolean levelled;

    MatrixVectorTiming(int neuronFolds, int synapseFolds, boolean levels) {
        this.neuronFolds = neuronFolds;
        this.synapseFolds = synapseFolds;
        this.levels = levels;
    }

    @Override
    public boolean offers() {
        return levels ? levelled : complete;
    }

    @Override
    public boolean accepts(boolean outputReady) {
        return pass == 0 && toRead(outputReady);
    }

    private boolean toComplete(boolean outputReady) {
        return !complete || (levels && !levelled) || outputReady;
    }

    private boolean toAccumulate(boolean outputReady) {
        return !accumulating || toComplete(outputReady);
    }

    private boolean toMultiply(boolean outputReady) {
        return !multiplying || toAccumulate(outputReady);
    }

    private boolean toRead(boolean outputReady) {
        return !reading || toMultiply(outputReady);
    }

    @Override
    public boolean clock(boolean inputValid, boolean outputReady) {
        int before = flags();
        boolean reads = toRead(outputReady);
        boolean multiplies = toMultiply(outputReady);
        boolean accumulates = toAccumulate(outputReady);
        boolean completes = toComplete(outputReady);
        if (levels && (!levelled || outputReady)) {
            levelled = complete;
        }
        boolean accumulated = completes && accumulating;
        if (completes) {
            complete = accumulating && summand == synapseFolds - 1;
            if (accumulating) {
                summand = (summand + 1) % synapseFolds;
            }
        }
        if (accumulates) {
            accumulating = multiplying;
        }
        if (multiplies) {
            multiplying = reading;
        }
        if (reads) {
            reading = pass > 0 || inputValid;
            if (reading) {
                word = (word + 1) % synapseFolds;
                if (word == 0) {
                    pass = (pass + 1) % neuronFolds;
                }
            }
        }
        // A step of a counter goes with a word that moves on: into the first stage, or out of the third.
        return reads && reading || accumulated || flags() != before;
    }

    /** While it works on a vector that it keeps, and before the next result. */
    @Override
    public int rest() {
        if (pass == 0 || !reading || !multiplying || !accumulating || complete || levels && levelled) {
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
        numbers.accept(flags());
        numbers.accept(pass);
        numbers.accept(word);
        numbers.accept(summand);
    }

    /** Which stages hold something. */
    private int flags() {
        return (reading ? 1 : 0)
                | (multiplying ? 2 : 0)
                | (accumulating ? 4 : 0)
                | (complete ? 8 : 0)
                | (levelled ? 16 : 0);
    }
}
