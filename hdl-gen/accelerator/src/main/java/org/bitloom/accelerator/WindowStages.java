package org.bitloom.accelerator;

import java.util.List;
import org.bitloom.accelerator.DataflowBuilder.Link;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.blocks.Packer;
import org.bitloom.blocks.PaddingUnit;
import org.bitloom.blocks.PoolUnit;
import org.bitloom.blocks.SlidingWindow;
import org.bitloom.blocks.WindowShape;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Padding;
import org.bitloom.network.integer.Window;

/** The stages of layers that look at an image through a window: padding, sliding windows and pooling. */
final class WindowStages {
    private final IntegerNetwork network;
    private final DataflowBuilder builder;

    /** Cycles of a frame in the slowest matrix layer; what pools need not be faster. */
    private final long bound;

    WindowStages(IntegerNetwork network, DataflowBuilder builder, long bound) {
        this.network = network;
        this.builder = builder;
        this.bound = bound;
    }

    /** The pixels under each position of a window, as so many pixels one behind the other. */
    Link windows(int index, String name, Window window, Padding padding, Link image) {
        Shape shape = network.typeOf(network.layers().get(index).inputs().getFirst()).shape();
        FrameFormat format = image.format();
        int height = shape.height() + padding.top() + padding.bottom();
        int width = shape.width() + padding.left() + padding.right();
        Link padded = image;
        if (!padding.isEmpty()) {
            FrameFormat around =
                    new FrameFormat(height * width, format.channels(), format.type(), format.laneBits(), format.lanes());
            PaddingUnit.Config config = new PaddingUnit.Config(
                    shape.height(), shape.width(), format.folds(), padding.top(), padding.left(), padding.bottom(),
                    padding.right(), padWord(format, padding.value()));
            padded = builder.add(new Stage.Padded(builder.unique(name + "_padding"), config), image, around);
            // Spare lanes of the border hold the value too; what adds them up counts on zeros there.
            boolean clean = around.isDense() || format.type().encode(padding.value()) == 0;
            padded = clean ? padded : builder.regroup(name + "_padded", padded, format.lanes());
        }
        boolean everyPixelOnce = window.taps() == 1 && window.strideHeight() == 1 && window.strideWidth() == 1;
        boolean whole = window.kernelHeight() == height && window.kernelWidth() == width;
        if (everyPixelOnce || whole) {
            return padded;
        }
        WindowShape windows = new WindowShape(
                height, width, format.folds(), window.kernelHeight(), window.kernelWidth(),
                window.strideHeight(), window.strideWidth(), window.dilationHeight(), window.dilationWidth());
        SlidingWindow.Config config = SlidingWindow.Config.gapless(format.wordBits(), windows);
        FrameFormat pixels = new FrameFormat(
                windows.positions() * window.taps(), format.channels(), format.type(),
                format.laneBits(), format.lanes());
        return builder.add(new Stage.Window(builder.unique(name + "_window"), config), padded, pixels);
    }

    private static BitVector padWord(FrameFormat format, long value) {
        Packer word = new Packer();
        for (int lane = 0; lane < format.lanes(); lane++) {
            word.add(format.type().encode(value), format.laneBits());
        }
        return word.vector();
    }

    /** The pooled pixels under each position of a window. */
    Link pool(
            int index, String name, PoolUnit.Operation operation, Window window, Padding padding, Link input) {
        Shape output = network.typeOf(index).shape();
        int taps = window.taps();
        int lanes = poolLanes(input.format(), (long) output.height() * output.width() * taps);
        Link image = builder.regroup(name, input, lanes);
        FrameFormat format = image.format();
        Operands.require(network, index, format.type(), format.type());
        Link pixels = windows(index, name, window, padding, image);
        ValueType type = operation == PoolUnit.Operation.MAX ? format.type() : network.typeOf(index).type();
        PoolUnit.Config config = new PoolUnit.Config(
                Operands.format(format.type()), lanes, format.folds(), taps, operation, type.bits());
        Link pooled = builder.add(
                new Stage.Pool(builder.unique(name), config),
                index,
                List.of(pixels),
                new FrameFormat(output.height() * output.width(), format.channels(), type, lanes));
        return network.readers(index).isEmpty() ? pooled : builder.queue(name + "_pooled", pooled, 0);
    }

    /** As many lanes as come, or more where pooling would else be slower than the slowest matrix layer. */
    private int poolLanes(FrameFormat format, long pixels) {
        for (int lanes = format.lanes(); lanes < format.channels(); lanes++) {
            if (pixels * Math.ceilDiv(format.channels(), lanes) <= bound
                    && (lanes == format.lanes() || format.channels() % lanes == 0)) {
                return lanes;
            }
        }
        return Math.max(format.lanes(), format.channels());
    }
}
