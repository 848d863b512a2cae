package org.bitloom.accelerator;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.blocks.ByChannel;
import org.bitloom.blocks.OffsetUnit;
import org.bitloom.blocks.PositionScaleUnit;
import org.bitloom.blocks.RequantizeUnit;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Operation;

/** The stages of operations that scale or shift each value by itself. */
final class ScaleStages {
    private ScaleStages() {}

    /** @throws IllegalArgumentException where all results are 0 */
    static Stage requantize(String name, Operation.Requantize operation, FrameFormat input) {
        RequantizeUnit.Config config = new RequantizeUnit.Config(
                Operands.format(input.type()),
                input.lanes(),
                input.folds(),
                byChannel(operation.multipliers()),
                byChannel(operation.offsets()),
                operation.shift(),
                Operands.format(operation.outputType()));
        boolean tables = config.multiplier() instanceof ByChannel.Table || config.offset() instanceof ByChannel.Table;
        return new Stage.Requantize(
                name,
                config,
                tables
                        ? Optional.of(config.table(numbers(operation.multipliers()), numbers(operation.offsets())))
                        : Optional.empty());
    }

    private static ByChannel byChannel(List<Long> numbers) {
        return numbers.stream().distinct().count() == 1
                ? new ByChannel.Common(numbers.getFirst())
                : new ByChannel.Table(signedBits(numbers));
    }

    /** Bits of the narrowest signed number that holds each of them, and 0. */
    private static int signedBits(List<Long> numbers) {
        return Operands.signedBits(
                Math.min(0, Collections.min(numbers)), Math.max(0, Collections.max(numbers)));
    }

    private static long[] numbers(List<Long> numbers) {
        return numbers.stream().mapToLong(Long::longValue).toArray();
    }

    /** Lanes to spare get no offset. */
    static Stage offset(String name, Operation.Offset operation, FrameFormat input, ValueType result) {
        long[] offsets = new long[input.words() * input.lanes()];
        int pixelLanes = input.folds() * input.lanes();
        for (int i = 0; i < input.values(); i++) {
            offsets[i / input.channels() * pixelLanes + i % input.channels()] = operation.offsets().get(i);
        }
        OffsetUnit.Config config = new OffsetUnit.Config(
                Operands.format(input.type()),
                input.lanes(),
                input.words(),
                signedBits(operation.offsets()),
                result.bits());
        return new Stage.Offset(name, config, config.table(offsets));
    }

    static Stage scale(String name, Operation.PositionScale operation, FrameFormat input, ValueType result) {
        return new Stage.PositionScale(
                name,
                new PositionScaleUnit.Config(
                        Operands.format(input.type()),
                        input.lanes(),
                        input.folds(),
                        operation.rows(),
                        operation.columns(),
                        result.bits()));
    }
}
