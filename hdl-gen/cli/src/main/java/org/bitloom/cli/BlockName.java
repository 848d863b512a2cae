package org.bitloom.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.blocks.Format;
import org.bitloom.blocks.MatrixVectorUnit;
import org.bitloom.blocks.PoolUnit;

/** Blocks by the names that people know. */
final class BlockName {
    private BlockName() {}

    /** The blocks that compute, in the order of the data; what only moves words is left out. */
    static String of(List<Stage> stages) {
        return stages.stream().map(BlockName::of).flatMap(Optional::stream).collect(Collectors.joining(" > "));
    }

    private static Optional<String> of(Stage stage) {
        return switch (stage) {
            case Stage.Matrix matrix -> Optional.of(unit(matrix.config()));
            case Stage.Window _ -> Optional.of("sliding window");
            case Stage.Patches _ -> Optional.of("parallel window");
            case Stage.Padded _ -> Optional.of("padding");
            case Stage.Pool pool -> Optional.of(pool.config().operation() == PoolUnit.Operation.MAX ? "max pool" : "sum pool");
            case Stage.Levels _ -> Optional.of("thresholds");
            case Stage.Requantize _ -> Optional.of("requantization");
            case Stage.Offset _ -> Optional.of("offsets");
            case Stage.PositionScale _ -> Optional.of("position scale");
            case Stage.Lookup _ -> Optional.of("lookup table");
            case Stage.Add _ -> Optional.of("adder");
            case Stage.Concat _ -> Optional.of("concatenation");
            case Stage.Slice _ -> Optional.of("slice");
            case Stage.ArgMax _ -> Optional.of("arg-max");
            case Stage.Lanes _, Stage.Copies _, Stage.Queue _, Stage.Recode _ -> Optional.empty();
        };
    }

    private static String unit(MatrixVectorUnit.Config config) {
        boolean xnor = config.weights() instanceof Format.Bipolar && config.activations() instanceof Format.Bipolar;
        if (config.weights() instanceof Format.BitMasked) {
            return "bit-masked unit";
        }
        return xnor ? "XNOR-popcount unit" : "matrix-vector unit";
    }
}
