/**
 * Bit-mask quantization (K. Doi, Kochi University of Technology): weights of a trained network in formats some of whose
 * bits are always 0, layer by layer, without training again; how each choice scores, and a search for a good one.
 */
@NullMarked
package org.bitloom.compression.mask;

import org.jspecify.annotations.NullMarked;
