/**
 * The project's own demo network and its data: digits drawn from stroke descriptions, a binary multi-layer perceptron
 * trained on them, and its export as QONNX. Everything is a pure function of fixed seeds: arithmetic is IEEE-strict,
 * sums have a fixed order, and transcendental functions come from {@link java.lang.StrictMath}, so that every machine
 * writes the same bytes.
 */
@NullMarked
package org.bitloom.training;

import org.jspecify.annotations.NullMarked;
