package org.bitloom.accelerator;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.accelerator.PipelineTiming.Schedule;

/**
 * The smallest FIFO depths, link by link from the input on, that keep the interval which deep FIFOs would give. A FIFO
 * has at least two words, so that it cuts both directions of its stream.
 */
final class QueueSizing {
    static final int LEAST_DEPTH = 2;

    private final List<Stage> stages;
    private final int outputWords;

    private QueueSizing(List<Stage> stages, int outputWords) {
        this.stages = new ArrayList<>(stages);
        this.outputWords = outputWords;
    }

    static List<Stage> size(List<Stage> stages, int outputWords) {
        return new QueueSizing(stages, outputWords).sized();
    }

    private List<Stage> sized() {
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i) instanceof Stage.Queue queue) {
                stages.set(i, queue.withDepth(Math.max(LEAST_DEPTH, 2 * wordsOfFrame(i))));
            }
        }
        Schedule best = PipelineTiming.schedule(stages, outputWords);
        for (int i = 0; i < stages.size(); i++) {
            if (stages.get(i) instanceof Stage.Queue queue) {
                shrink(i, queue, best);
            }
        }
        return List.copyOf(stages);
    }

    /** Words of a frame that pass through a queue: those its producer makes. */
    private int wordsOfFrame(int index) {
        return stages.get(index - 1) instanceof Stage.Matrix matrix ? matrix.config().neuronFolds() : 1;
    }

    private void shrink(int index, Stage.Queue queue, Schedule best) {
        int enough = queue.depth();
        int tooFew = LEAST_DEPTH - 1;
        while (enough - tooFew > 1) {
            int middle = (enough + tooFew) >>> 1;
            stages.set(index, queue.withDepth(middle));
            if (best.fasterThan(PipelineTiming.schedule(stages, outputWords))) {
                tooFew = middle;
            } else {
                enough = middle;
            }
        }
        stages.set(index, queue.withDepth(enough));
    }
}
