/**
 * Post-training quantization: an ordinary float {@link org.bitloom.network.model.Model} becomes one whose weights and
 * activations pass through quantizers, by a {@link org.bitloom.compression.quantize.Recipe} and sample inputs. The result
 * is a float model still: it can be evaluated as such, and folds into an integer network exactly.
 */
@NullMarked
package org.bitloom.compression.quantize;

import org.jspecify.annotations.NullMarked;
