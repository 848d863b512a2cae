package org.bitloom.accelerator.dataflow;

import java.util.List;
import java.util.Optional;
import org.bitloom.blocks.AddUnit;
import org.bitloom.blocks.ArgMaxUnit;
import org.bitloom.blocks.ConcatUnit;
import org.bitloom.blocks.Depth;
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
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.stream.BlockConfig;
import org.bitloom.hdl.stream.Fifo;
import org.bitloom.hdl.stream.Fork;
import org.bitloom.hdl.stream.LaneConverter;
import org.bitloom.hdl.stream.Timing;
import org.bitloom.hdl.verilog.Family;

/** One block of a dataflow with everything that makes it this one: its configuration and the contents of its memories. */
public sealed interface Stage {
    /** Name of its instance. */
    String name();

    /** Its control, at rest. */
    Timing timing();

    /** What it takes of a device, with what is in its memories, as it is built there. */
    Resources cost(Family family);

    /** As it is built on a family: words lie in the kind of memory that suits it. No cycle depends on it. */
    default Stage on(Family family) {
        return this;
    }

    /** Its paths between registers, see {@link BlockConfig#paths}. */
    List<LogicPath> paths(Family family);

    /** What stands between its last register, or its input where it has none, and its output. */
    LogicPath output(Family family);

    /** A stage that is one block. */
    sealed interface OfBlock extends Stage {
        BlockConfig config();

        @Override
        default Timing timing() {
            return config().timing();
        }

        @Override
        default Resources cost(Family family) {
            return config().cost(family);
        }

        @Override
        default List<LogicPath> paths(Family family) {
            return config().paths(family);
        }

        @Override
        default LogicPath output(Family family) {
            return config().output(family);
        }
    }

    /** A stage that may have registers beyond the least. */
    sealed interface Pipelined extends OfBlock {
        Depth depth();

        /** More have no use. */
        Depth mostDepth();

        Stage withDepth(Depth depth);
    }

    /** One whose registers beyond the least all stand before or within what is added up or compared. */
    sealed interface Summing extends Pipelined {
        int registers();

        int mostRegisters();

        Stage withRegisters(int registers);

        @Override
        default Depth depth() {
            return new Depth(registers(), 0);
        }

        @Override
        default Depth mostDepth() {
            return new Depth(mostRegisters(), 0);
        }

        @Override
        default Stage withDepth(Depth depth) {
            return withRegisters(depth.sum());
        }
    }

    record Matrix(
            String name,
            MatrixVectorUnit.Config config,
            MemoryContents weights,
            MemoryContents starts,
            Optional<MemoryContents> thresholds)
            implements Pipelined {
        @Override
        public Depth depth() {
            return config.depth();
        }

        @Override
        public Depth mostDepth() {
            return config.mostDepth();
        }

        @Override
        public Matrix withDepth(Depth depth) {
            return new Matrix(name, config.withDepth(depth), weights, starts, thresholds);
        }

        @Override
        public Resources cost(Family family) {
            return config.cost(family, weights, starts, thresholds);
        }
    }

    record Window(String name, SlidingWindow.Config config) implements Summing {
        @Override
        public int registers() {
            return config.ahead() ? 1 : 0;
        }

        @Override
        public int mostRegisters() {
            return 1;
        }

        @Override
        public Window withRegisters(int registers) {
            return new Window(name, config.withAhead(registers > 0));
        }

        @Override
        public Window on(Family family) {
            return new Window(name, config.on(family));
        }

        @Override
        public Resources cost(Family family) {
            return config.on(family).cost(family);
        }

        @Override
        public List<LogicPath> paths(Family family) {
            return config.on(family).paths(family);
        }

        @Override
        public LogicPath output(Family family) {
            return config.on(family).output(family);
        }
    }

    /** All the pixels of a window side by side. */
    record Patches(String name, ParallelWindow.Config config) implements OfBlock {}

    record Padded(String name, PaddingUnit.Config config) implements OfBlock {}

    record Pool(String name, PoolUnit.Config config) implements Summing {
        @Override
        public int registers() {
            return config.stages();
        }

        @Override
        public int mostRegisters() {
            return 1;
        }

        @Override
        public Pool withRegisters(int registers) {
            return new Pool(name, config.withStages(registers));
        }
    }

    record Levels(String name, ThresholdUnit.Config config, Optional<MemoryContents> table) implements Pipelined {
        @Override
        public Depth depth() {
            return new Depth(0, config.stages());
        }

        @Override
        public Depth mostDepth() {
            return new Depth(0, config.mostStages());
        }

        @Override
        public Levels withDepth(Depth depth) {
            return new Levels(name, config.withStages(depth.result()), table);
        }

        @Override
        public Resources cost(Family family) {
            return table.isPresent() ? config.cost(family, table.get()) : config.cost(family);
        }
    }

    record Requantize(String name, RequantizeUnit.Config config, Optional<MemoryContents> table) implements OfBlock {
        @Override
        public Resources cost(Family family) {
            return table.isPresent() ? config.cost(family, table.get()) : config.cost(family);
        }
    }

    record Offset(String name, OffsetUnit.Config config, MemoryContents offsets) implements OfBlock {
        @Override
        public Resources cost(Family family) {
            return config.cost(family, offsets);
        }
    }

    record PositionScale(String name, PositionScaleUnit.Config config) implements OfBlock {}

    record Lookup(String name, LookupUnit.Config config) implements OfBlock {}

    record Add(String name, AddUnit.Config config) implements Summing {
        @Override
        public int registers() {
            return config.stages();
        }

        @Override
        public int mostRegisters() {
            return 1;
        }

        @Override
        public Add withRegisters(int registers) {
            return new Add(name, config.withStages(registers));
        }
    }

    record Concat(String name, ConcatUnit.Config config) implements OfBlock {}

    record Slice(String name, SliceUnit.Config config) implements OfBlock {}

    record ArgMax(String name, ArgMaxUnit.Config config) implements Summing {
        @Override
        public int registers() {
            return config.stages();
        }

        @Override
        public int mostRegisters() {
            return config.mostStages();
        }

        @Override
        public ArgMax withRegisters(int registers) {
            return new ArgMax(name, config.withStages(registers));
        }
    }

    record Lanes(String name, LaneConverter.Config config) implements OfBlock {}

    record Copies(String name, Fork.Config config) implements OfBlock {}

    /**
     * A FIFO; its depth follows from the timing of all stages. With a depth of 0 there is none.
     *
     * @param least  the smallest depth that it may have: 2 where it also cuts the paths of valid and ready, else 0
     * @param family whose memory it lies in
     */
    record Queue(String name, int bits, int least, int depth, Family family) implements Stage {
        public Queue(String name, int bits, int least, int depth) {
            this(name, bits, least, depth, Family.XILINX7);
        }

        @Override
        public Timing timing() {
            return depth == 0 ? new WireTiming() : config().timing();
        }

        @Override
        public Resources cost(Family family) {
            return depth == 0 ? Resources.NONE : on(family).config().cost(family);
        }

        @Override
        public Queue on(Family other) {
            return new Queue(name, bits, least, depth, other);
        }

        @Override
        public List<LogicPath> paths(Family family) {
            return depth == 0 ? List.of() : on(family).config().paths(family);
        }

        @Override
        public LogicPath output(Family family) {
            return depth == 0 ? LogicPath.REGISTER : on(family).config().output(family);
        }

        Fifo.Config config() {
            return new Fifo.Config(bits, depth, family);
        }

        Queue withDepth(int newDepth) {
            return new Queue(name, bits, least, newDepth, family);
        }
    }

    /** The same values in wider or narrower lanes: wires, no hardware and no cycle. */
    record Recode(String name, FrameFormat from, FrameFormat to) implements Stage {
        public Recode {
            if (from.lanes() != to.lanes()) {
                throw new IllegalArgumentException(from + " and " + to + " differ in more than the width of a lane");
            }
        }

        @Override
        public Timing timing() {
            return new WireTiming();
        }

        @Override
        public Resources cost(Family family) {
            return Resources.NONE;
        }

        @Override
        public List<LogicPath> paths(Family family) {
            return List.of();
        }

        @Override
        public LogicPath output(Family family) {
            return LogicPath.REGISTER;
        }
    }
}
