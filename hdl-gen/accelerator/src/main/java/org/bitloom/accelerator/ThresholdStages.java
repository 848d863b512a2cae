package org.bitloom.accelerator;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.blocks.LookupUnit;
import org.bitloom.blocks.ThresholdUnit;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.ThresholdTable;

/** The stages of thresholds that no matrix-vector unit serves: comparisons, or a table where many share few bits. */
final class ThresholdStages {
    /** More thresholds than this on few bits are a table. */
    private static final int MOST_COMPARISONS = 15;

    private ThresholdStages() {}

    static Stage of(String name, Operation.Threshold threshold, FrameFormat format) {
        ThresholdTable table = threshold.table().clampedTo(format.type().min(), format.type().max());
        boolean shared = table.channels() == 1;
        ValueType output = threshold.outputType();
        if (shared && table.count() > MOST_COMPARISONS && format.type().bits() <= LookupUnit.Config.MOST_BITS) {
            LookupUnit.Config config = new LookupUnit.Config(
                    Operands.format(format.type()), format.lanes(), output.bits(), levels(threshold, format.type()));
            return new Stage.Lookup(name, config);
        }
        List<Long> common = shared
                ? LongStream.range(0, table.count()).map(i -> table.at(0, (int) i)).boxed().toList()
                : List.of();
        ThresholdUnit.Config config = new ThresholdUnit.Config(
                Operands.format(format.type()),
                format.lanes(),
                format.folds(),
                common,
                table.count(),
                output.bits(),
                (int) Operands.lowestCode(output),
                direction(table),
                0);
        return new Stage.Levels(name, config, shared ? Optional.empty() : Optional.of(contents(table, config)));
    }

    /** The level of each number, by its bits. */
    private static List<Long> levels(Operation.Threshold threshold, ValueType input) {
        ValueType output = threshold.outputType();
        return LongStream.range(0, 1L << input.bits())
                .map(bits -> output.encode(
                        output.min() + output.step() * threshold.table().level(0, input.decode(bits))))
                .boxed()
                .toList();
    }

    private static ThresholdUnit.Direction direction(ThresholdTable table) {
        long descending =
                IntStream.range(0, table.channels()).filter(table::descending).count();
        return descending == 0
                ? ThresholdUnit.Direction.ASCENDING
                : descending == table.channels()
                        ? ThresholdUnit.Direction.DESCENDING
                        : ThresholdUnit.Direction.BY_CHANNEL;
    }

    private static MemoryContents contents(ThresholdTable table, ThresholdUnit.Config config) {
        long[][] thresholds = new long[table.channels()][table.count()];
        boolean[] descending = new boolean[table.channels()];
        for (int channel = 0; channel < thresholds.length; channel++) {
            descending[channel] = table.descending(channel);
            for (int t = 0; t < table.count(); t++) {
                thresholds[channel][t] = table.at(channel, t);
            }
        }
        return config.table(thresholds, descending);
    }
}
