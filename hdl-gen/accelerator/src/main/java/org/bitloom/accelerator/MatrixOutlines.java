package org.bitloom.accelerator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.blocks.MatrixVectorUnit;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Operation;
import org.jspecify.annotations.Nullable;

/**
 * Matrix-vector units without what stands in their memories: all that cost and timing of many foldings need. The width of
 * the accumulators depends on whether rows are padded and on nothing else of a folding.
 */
final class MatrixOutlines implements MatrixStages {
    private static final MemoryContents NOTHING = MemoryContents.of(1, List.of());

    private final Map<Integer, MatrixMapping> whole = new HashMap<>();
    private final Map<Integer, MatrixMapping> padded = new HashMap<>();

    @Override
    public Stage.Matrix stage(
            MatrixLayer layer,
            Operation.@Nullable Threshold threshold,
            ValueType activations,
            Folding folding,
            String name) {
        boolean divides = layer.rows() % folding.pe() == 0;
        MatrixMapping mapping = (divides ? whole : padded).computeIfAbsent(
                layer.index(),
                _ -> new MatrixMapping(layer, threshold, activations, new Folding(divides ? 1 : layer.rows() + 1, 1)));
        return new Stage.Matrix(name, mapping.config(folding), NOTHING, NOTHING, Optional.empty());
    }

    /** The unit of a layer that has been mapped before. */
    MatrixVectorUnit.Config config(MatrixLayer layer, Folding folding) {
        return Objects.requireNonNull(whole.get(layer.index())).config(folding);
    }
}
