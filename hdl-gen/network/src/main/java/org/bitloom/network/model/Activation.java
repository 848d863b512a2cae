package org.bitloom.network.model;

import org.bitloom.network.NetworkException;

/** Element-wise operators of one input. */
public sealed interface Activation extends Operator {
    record Identity() implements Activation {
    }

    record Negate() implements Activation {
    }

    record Relu() implements Activation {
    }

    /** −1, 0 or +1; the sign of 0 is 0. */
    record Sign() implements Activation {
    }

    record SquareRoot() implements Activation {
    }

    record Sigmoid() implements Activation {
    }

    record HyperbolicTangent() implements Activation {
    }

    /** The nearest value from {@code min} to {@code max}; either may be infinite. */
    record Clip(float min, float max) implements Activation {
        public Clip {
            if (!(min <= max)) {
                throw new NetworkException("its bounds are " + min + " and " + max + "; the lower must not exceed the upper");
            }
        }
    }
}
