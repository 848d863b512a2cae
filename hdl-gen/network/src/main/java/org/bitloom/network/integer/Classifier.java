package org.bitloom.network.integer;

import org.bitloom.network.NetworkException;

/** How a class is read from the flat output. Only the first {@code classes} outputs count; the rest are padding. */
public record Classifier(Rule rule, int classes) {
    /** The ways to read a class. */
    public enum Rule {
        /** The output with the largest real value ({@link OutputScale}); the lowest index of equal ones. */
        FIRST_MAXIMUM,
        /** The highest index whose output is above 0; class 0 when there is none (BNN-PYNQ's LFC). */
        HIGHEST_SET,
        /** The output is one number: the class. */
        INDEX
    }

    public Classifier {
        if (classes < 1) {
            throw new NetworkException("a classifier of " + classes + " classes: there must be at least 1");
        }
    }

    /** The class of an output vector, 0 to classes − 1. */
    public int classOf(long[] outputs, OutputScale scale) {
        return switch (rule) {
            case FIRST_MAXIMUM -> firstMaximum(outputs, scale);
            case HIGHEST_SET -> highestSet(outputs);
            case INDEX -> (int) outputs[0];
        };
    }

    private int firstMaximum(long[] outputs, OutputScale scale) {
        int best = 0;
        for (int i = 1; i < classes; i++) {
            if (scale.compare(outputs, i, best) > 0) {
                best = i;
            }
        }
        return best;
    }

    private int highestSet(long[] outputs) {
        for (int i = classes - 1; i > 0; i--) {
            if (outputs[i] > 0) {
                return i;
            }
        }
        return 0;
    }
}
