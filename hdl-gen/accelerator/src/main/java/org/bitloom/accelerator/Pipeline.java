package org.bitloom.accelerator;

import static org.bitloom.hdl.stream.Streams.stream;

import java.util.List;
import org.bitloom.blocks.ArgMaxUnit;
import org.bitloom.hdl.stream.LaneConverter;
import org.bitloom.blocks.MatrixVectorUnit;
import org.bitloom.blocks.ThresholdUnit;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.stream.Fifo;
import org.bitloom.hdl.stream.StreamIn;
import org.bitloom.hdl.stream.StreamOut;
import org.bitloom.hdl.stream.StreamPort;

/** A whole accelerator: its stages one behind the other, between an input stream and an output stream. */
final class Pipeline extends Component {
    record Config(String description, List<Stage> stages) {
        Config {
            stages = List.copyOf(stages);
        }

        @Override
        public String toString() {
            return description;
        }
    }

    final StreamIn<Bits> in;
    final StreamOut<Bits> out;

    Pipeline(Config config) {
        in = slave(stream(bits(config.stages().getFirst().inputBits())));
        out = master(stream(bits(config.stages().getLast().outputBits())));
        StreamPort<Bits> link = in;
        for (Stage stage : config.stages()) {
            link = append(stage, link);
        }
        link.into(out);
    }

    /** Adds a stage behind a stream; returns the stream that it gives. */
    private StreamPort<Bits> append(Stage stage, StreamPort<Bits> link) {
        return switch (stage) {
            case Stage.Matrix matrix -> {
                MatrixVectorUnit unit = instance(stage.name(), MatrixVectorUnit::new, matrix.config());
                unit.weights.contents(matrix.weights());
                unit.starts.contents(matrix.starts());
                unit.thresholds.forEach(rom -> rom.contents(matrix.thresholds().orElseThrow()));
                link.into(unit.in);
                yield unit.out;
            }
            case Stage.Levels levels -> {
                ThresholdUnit unit = instance(stage.name(), ThresholdUnit::new, levels.config());
                unit.table.forEach(rom -> rom.contents(levels.table().orElseThrow()));
                link.into(unit.in);
                yield unit.out;
            }
            case Stage.Lanes lanes -> {
                LaneConverter converter = instance(stage.name(), LaneConverter::new, lanes.config());
                link.into(converter.in);
                yield converter.out;
            }
            case Stage.Queue queue -> {
                Fifo fifo = instance(stage.name(), Fifo::new, new Fifo.Config(queue.bits(), queue.depth()));
                link.into(fifo.in);
                yield fifo.out;
            }
            case Stage.ArgMax argMax -> {
                ArgMaxUnit unit = instance(stage.name(), ArgMaxUnit::new, argMax.config());
                link.into(unit.in);
                yield unit.out;
            }
        };
    }
}
