package org.bitloom.compression.quantize;

import org.jspecify.annotations.Nullable;

/**
 * A place where a value of the model is quantized.
 *
 * @param value the value of the model
 * @param name  what the quantizer's node is called
 * @param given the format where it is known; null where it is to be found from what the value is like
 */
record Site(String value, String name, @Nullable ActivationFormat given) {
}
