package org.bitloom.accelerator.dataflow;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.blocks.AddUnit;
import org.bitloom.blocks.ArgMaxUnit;
import org.bitloom.blocks.ConcatUnit;
import org.bitloom.blocks.LookupUnit;
import org.bitloom.blocks.MatrixVectorUnit;
import org.bitloom.blocks.OffsetUnit;
import org.bitloom.blocks.PaddingUnit;
import org.bitloom.blocks.ParallelWindow;
import org.bitloom.blocks.PoolUnit;
import org.bitloom.blocks.PositionScaleUnit;
import org.bitloom.blocks.RequantizeUnit;
import org.bitloom.blocks.SliceUnit;
import org.bitloom.blocks.SlidingWindow;
import org.bitloom.blocks.ThresholdUnit;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.stream.Fifo;
import org.bitloom.hdl.stream.Fork;
import org.bitloom.hdl.stream.LaneConverter;
import org.bitloom.hdl.stream.StreamPort;
import org.bitloom.network.ValueType;

/** A component that is made of stages. */
abstract sealed class StageComponent extends Component permits Pipeline, StageAlone {
    /** Adds a stage behind streams; returns the streams that it gives. */
    final List<StreamPort<Bits>> append(Stage stage, List<StreamPort<Bits>> links) {
        StreamPort<Bits> link = links.getFirst();
        return switch (stage) {
            case Stage.Matrix matrix -> {
                MatrixVectorUnit unit = instance(stage.name(), MatrixVectorUnit::new, matrix.config());
                unit.weights.contents(matrix.weights());
                unit.starts.contents(matrix.starts());
                unit.thresholds.forEach(rom -> rom.contents(matrix.thresholds().orElseThrow()));
                link.into(unit.in);
                yield List.of(unit.out);
            }
            case Stage.Window window -> {
                SlidingWindow unit = instance(stage.name(), SlidingWindow::new, window.config());
                link.into(unit.in);
                yield List.of(unit.out);
            }
            case Stage.Patches patches -> {
                ParallelWindow unit = instance(stage.name(), ParallelWindow::new, patches.config());
                link.into(unit.in);
                yield List.of(unit.out);
            }
            case Stage.Padded padded -> {
                PaddingUnit unit = instance(stage.name(), PaddingUnit::new, padded.config());
                link.into(unit.in);
                yield List.of(unit.out);
            }
            case Stage.Pool pool -> {
                PoolUnit unit = instance(stage.name(), PoolUnit::new, pool.config());
                link.into(unit.in);
                yield List.of(unit.out);
            }
            case Stage.Levels levels -> {
                ThresholdUnit unit = instance(stage.name(), ThresholdUnit::new, levels.config());
                unit.table.forEach(rom -> rom.contents(levels.table().orElseThrow()));
                link.into(unit.in);
                yield List.of(unit.out);
            }
            case Stage.Requantize requantize -> {
                RequantizeUnit unit = instance(stage.name(), RequantizeUnit::new, requantize.config());
                unit.table.forEach(rom -> rom.contents(requantize.table().orElseThrow()));
                link.into(unit.in);
                yield List.of(unit.out);
            }
            case Stage.Offset offset -> {
                OffsetUnit unit = instance(stage.name(), OffsetUnit::new, offset.config());
                unit.offsets.contents(offset.offsets());
                link.into(unit.in);
                yield List.of(unit.out);
            }
            case Stage.PositionScale scale -> {
                PositionScaleUnit unit = instance(stage.name(), PositionScaleUnit::new, scale.config());
                link.into(unit.in);
                yield List.of(unit.out);
            }
            case Stage.Lookup lookup -> {
                LookupUnit unit = instance(stage.name(), LookupUnit::new, lookup.config());
                link.into(unit.in);
                yield List.of(unit.out);
            }
            case Stage.Add add -> {
                AddUnit unit = instance(stage.name(), AddUnit::new, add.config());
                link.into(unit.first);
                links.get(1).into(unit.second);
                yield List.of(unit.out);
            }
            case Stage.Concat concat -> {
                ConcatUnit unit = instance(stage.name(), ConcatUnit::new, concat.config());
                for (int i = 0; i < links.size(); i++) {
                    links.get(i).into(unit.ins.get(i));
                }
                yield List.of(unit.out);
            }
            case Stage.Slice slice -> {
                SliceUnit unit = instance(stage.name(), SliceUnit::new, slice.config());
                link.into(unit.in);
                yield List.of(unit.out);
            }
            case Stage.Lanes lanes -> {
                LaneConverter converter = instance(stage.name(), LaneConverter::new, lanes.config());
                link.into(converter.in);
                yield List.of(converter.out);
            }
            case Stage.Recode recode -> List.of(link.map(bits(recode.to().wordBits()), word -> recoded(recode, word)));
            case Stage.Queue queue -> {
                Fifo fifo = instance(stage.name(), Fifo::new, queue.config());
                link.into(fifo.in);
                yield List.of(fifo.out);
            }
            case Stage.Copies copies -> {
                Fork fork = instance(stage.name(), Fork::new, copies.config());
                link.into(fork.in);
                yield List.copyOf(fork.outs);
            }
            case Stage.ArgMax argMax -> {
                ArgMaxUnit unit = instance(stage.name(), ArgMaxUnit::new, argMax.config());
                link.into(unit.in);
                yield List.of(unit.out);
            }
        };
    }

    private static Bits recoded(Stage.Recode recode, Bits word) {
        int bits = recode.to().laneBits();
        List<Bits> lanes = new ArrayList<>();
        for (Bits lane : word.split(recode.from().laneBits())) {
            boolean signed = recode.from().type() instanceof ValueType.Signed;
            lanes.add(lane.width() >= bits
                    ? lane.low(bits)
                    : signed ? lane.asSInt().extend(bits).asBits() : lane.asUInt().extend(bits).asBits());
        }
        return Bits.concat(lanes.reversed());
    }
}
