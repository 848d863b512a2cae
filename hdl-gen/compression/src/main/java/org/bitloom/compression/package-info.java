/**
 * From a float {@link org.bitloom.network.model.Model} to an {@link org.bitloom.network.integer.IntegerNetwork}: scales,
 * biases, batch-norm, activations and quantizers fold into integer thresholds. All of it is exact: every float32 of the
 * model is read as the rational number that it is, square roots are compared by squaring, and no floating-point
 * comparison decides a level.
 */
@NullMarked
package org.bitloom.compression;

import org.jspecify.annotations.NullMarked;
