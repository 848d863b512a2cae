package org.bitloom.compression.quantize;

import org.bitloom.network.Rational;
import org.jspecify.annotations.Nullable;

/** What is known of a value of the model on the way from its input to its output. */
sealed interface Meaning {
    /** Whether no number of it is below 0. */
    boolean nonNegative();

    /** The layer that it comes from; null before the first. */
    @Nullable String layer();

    /**
     * Integers times a step: products, pools and sums can take it.
     *
     * @param site   where it was quantized; null for the model's input
     * @param factor the step, in steps of the site
     */
    record Grid(@Nullable Site site, Rational factor, boolean nonNegative, @Nullable String layer) implements Meaning {
        /** Whether its site may share its format with others. */
        boolean canJoin() {
            return site != null && site.given() == null && factor.equals(Rational.ONE);
        }
    }

    /** Any real numbers: a quantizer is needed before they are multiplied or added. */
    record Real(boolean nonNegative, @Nullable String layer) implements Meaning {
    }
}
