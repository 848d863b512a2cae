package org.bitloom.accelerator;

import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Operation;
import org.jspecify.annotations.Nullable;

/** How a matrix layer becomes a stage. */
interface MatrixStages {
    /** @param threshold served by the same unit, if any */
    Stage.Matrix stage(
            MatrixLayer layer,
            Operation.@Nullable Threshold threshold,
            ValueType activations,
            Folding folding,
            String name);
}
