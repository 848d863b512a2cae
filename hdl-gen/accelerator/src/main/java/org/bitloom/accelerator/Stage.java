package org.bitloom.accelerator;

import java.util.Optional;
import org.bitloom.blocks.ArgMaxUnit;
import org.bitloom.hdl.stream.FifoTiming;
import org.bitloom.hdl.stream.LaneConverter;
import org.bitloom.blocks.MatrixVectorUnit;
import org.bitloom.blocks.ThresholdUnit;
import org.bitloom.hdl.stream.Timing;
import org.bitloom.hdl.ir.MemoryContents;

/** One block of a pipeline with everything that makes it this one: its configuration and the contents of its memories. */
public sealed interface Stage {
    /** Name of its instance. */
    String name();

    int inputBits();

    int outputBits();

    /** Its control, at rest. */
    Timing timing();

    record Matrix(
            String name,
            MatrixVectorUnit.Config config,
            MemoryContents weights,
            MemoryContents starts,
            Optional<MemoryContents> thresholds)
            implements Stage {
        @Override
        public int inputBits() {
            return config.inputBits();
        }

        @Override
        public int outputBits() {
            return config.outputBits();
        }

        @Override
        public Timing timing() {
            return config.timing();
        }
    }

    record Levels(String name, ThresholdUnit.Config config, Optional<MemoryContents> table) implements Stage {
        @Override
        public int inputBits() {
            return config.lanes() * config.input().bits();
        }

        @Override
        public int outputBits() {
            return config.lanes() * config.outputBits();
        }

        @Override
        public Timing timing() {
            return config.timing();
        }
    }

    record Lanes(String name, LaneConverter.Config config) implements Stage {
        @Override
        public int inputBits() {
            return config.laneBits() * config.inLanes();
        }

        @Override
        public int outputBits() {
            return config.laneBits() * config.outLanes();
        }

        @Override
        public Timing timing() {
            return config.timing();
        }
    }

    /** A FIFO; its depth follows from the timing of all stages. */
    record Queue(String name, int bits, int depth) implements Stage {
        @Override
        public int inputBits() {
            return bits;
        }

        @Override
        public int outputBits() {
            return bits;
        }

        @Override
        public Timing timing() {
            return new FifoTiming(depth);
        }

        Queue withDepth(int newDepth) {
            return new Queue(name, bits, newDepth);
        }
    }

    record ArgMax(String name, ArgMaxUnit.Config config) implements Stage {
        @Override
        public int inputBits() {
            return config.lanes() * config.numberBits();
        }

        @Override
        public int outputBits() {
            return config.indexBits();
        }

        @Override
        public Timing timing() {
            return config.timing();
        }
    }
}
