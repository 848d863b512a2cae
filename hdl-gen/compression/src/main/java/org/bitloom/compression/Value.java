package org.bitloom.compression;

import org.bitloom.network.model.Tensor;

/** What folding knows about one value of the model. */
sealed interface Value permits Stream, Lattice, Value.Known, Value.ClassIndex {
    /** An unquantized constant. */
    record Known(Tensor tensor) implements Value {
    }

    /** The index of the largest element of a vector of scores. */
    record ClassIndex(Stream scores) implements Value {
    }
}
