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
    public void clock(boolean inputValid, boolean outputReady) {
        boolean reads = toRead(outputReady);
        boolean multiplies = toMultiply(outputReady);
        boolean accumulates = toAccumulate(outputReady);
        boolean completes = toComplete(outputReady);
        if (!levelled || outputReady) {
            levelled = complete;
        }
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
    }

    @Override
    public void state(LongConsumer numbers) {
        long flags = (reading ? 1 : 0)
                | (multiplying ? 2 : 0)
                | (accumulating ? 4 : 0)
                | (complete ? 8 : 0)
                | (levels && levelled ? 16 : 0);
        numbers.accept(flags);
        numbers.accept(pass);
        numbers.accept(word);
        numbers.accept(summand);
    }
}
