package org.bitloom.network.model;

import org.bitloom.network.NetworkException;

/** Operators that are linear in their data input. */
public sealed interface Linear extends Operator {
    /** Matrix product of two inputs, as numpy's matmul; both of rank 2, or the first of higher rank. */
    record MatMul() implements Linear {
    }

    /** {@code alpha · A' · B' + beta · C}, C optional, A' and B' transposed where said. */
    record Gemm(float alpha, float beta, boolean transposeA, boolean transposeB) implements Linear {
    }

    /**
     * {@code gamma · (x − mean) / sqrt(variance + epsilon) + beta} by channel, axis 1 of the input. The four vectors
     * have one element a channel.
     */
    record BatchNormalization(Tensor gamma, Tensor beta, Tensor mean, Tensor variance, float epsilon) implements Linear {
        public BatchNormalization {
            int channels = gamma.size();
            if (beta.size() != channels || mean.size() != channels || variance.size() != channels) {
                throw new NetworkException("its parameters have " + channels + ", " + beta.size() + ", " + mean.size()
                        + " and " + variance.size() + " elements; there must be as many of each");
            }
            for (int i = 0; i < channels; i++) {
                // In double: the sum of two floats is what it is, not rounded to 0.
                if (!(variance.at(i) >= 0 && (double) variance.at(i) + epsilon > 0)) {
                    throw new NetworkException("variance " + variance.at(i) + " of channel " + i + " with epsilon "
                            + epsilon + " has no positive square root; check the exported batch-norm statistics");
                }
            }
        }

        public int channels() {
            return gamma.size();
        }
    }
}
