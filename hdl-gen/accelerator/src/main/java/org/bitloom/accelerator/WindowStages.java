package org.bitloom.accelerator;

import java.util.List;
import java.util.Optional;
import org.bitloom.accelerator.DataflowBuilder.Link;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.blocks.Packer;
import org.bitloom.blocks.PaddingUnit;
import org.bitloom.blocks.ParallelWindow;
import org.bitloom.blocks.PoolUnit;
import org.bitloom.blocks.SlidingWindow;
import org.bitloom.blocks.WindowShape;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.Padding;
import org.bitloom.network.integer.Window;

/** The stages of layers that look at an image through a window: padding, sliding windows and pooling. */
final class WindowStages {
    private final IntegerNetwork network;
    private final DataflowBuilder builder;

    /** Cycles of a frame in the slowest matrix layer; nothing else need be faster. */
    private final long bound;

    WindowStages(IntegerNetwork network, DataflowBuilder builder, long bound) {
        this.network = network;
        this.builder = builder;
        this.bound = bound;
    }

    /**
     * The columns of a convolution under each position of its kernel, in words of SIMD lanes. Where SIMD is more than a
     * pixel, and pixel by pixel would be slower than the slowest matrix layer, a window's pixels come side by side.
     */
    Link patches(String name, MatrixLayer layer, Operation.Convolution convolution, Link input, Folding folding) {
        Link image = padded(
                layer.index(), name, convolution.padding(), builder.vectors(name, input, layer.inputLanes(folding)));
        Optional<WindowShape> shape = shape(layer.index(), convolution.window(), convolution.padding(), image.format());
        if (folding.simd() <= layer.run()) {
            return pixelByPixel(name, shape, image);
        }
        boolean slow = shape.isPresent() && (long) shape.get().positions() * shape.get().taps() > bound;
        Link pixels = slow ? sideBySide(name, shape.orElseThrow(), image) : pixelByPixel(name, shape, image);
        FrameFormat format = pixels.format();
        FrameFormat columns = new FrameFormat(
                layer.vectors(), layer.columns(), format.type(), format.laneBits(), format.lanes());
        return builder.vectors(name + "_patch", new Link(pixels.port(), columns), folding.simd());
    }

    /** With the border around it; not yet taken apart into windows. */
    private Link padded(int index, String name, Padding padding, Link image) {
        if (padding.isEmpty()) {
            return image;
        }
        Shape shape = imageShape(index);
        FrameFormat format = image.format();
        FrameFormat around = new FrameFormat(
                height(index, padding) * width(index, padding),
                format.channels(),
                format.type(),
                format.laneBits(),
                format.lanes());
        PaddingUnit.Config config = new PaddingUnit.Config(
                shape.height(), shape.width(), format.folds(), padding.top(), padding.left(), padding.bottom(),
                padding.right(), padWord(format, padding.value()));
        Link padded = builder.add(new Stage.Padded(builder.unique(name + "_padding"), config), image, around);
        // Spare lanes of the border hold the value too; what adds them up counts on zeros there.
        boolean clean = around.isDense() || format.type().encode(padding.value()) == 0;
        return clean ? padded : builder.regroup(name + "_padded", padded, format.lanes());
    }

    private Shape imageShape(int index) {
        return network.typeOf(network.layers().get(index).inputs().getFirst()).shape();
    }

    private int height(int index, Padding padding) {
        return imageShape(index).height() + padding.top() + padding.bottom();
    }

    private int width(int index, Padding padding) {
        return imageShape(index).width() + padding.left() + padding.right();
    }

    /** None where the pixels as they come are the windows: each one, or all one behind the other. */
    private Optional<WindowShape> shape(int index, Window window, Padding padding, FrameFormat format) {
        int height = height(index, padding);
        int width = width(index, padding);
        boolean everyPixelOnce = window.taps() == 1 && window.strideHeight() == 1 && window.strideWidth() == 1;
        boolean whole = window.kernelHeight() == height && window.kernelWidth() == width;
        return everyPixelOnce || whole
                ? Optional.empty()
                : Optional.of(new WindowShape(
                        height, width, format.folds(), window.kernelHeight(), window.kernelWidth(),
                        window.strideHeight(), window.strideWidth(), window.dilationHeight(), window.dilationWidth()));
    }

    /** The pixels under each position of a window, as so many pixels one behind the other. */
    private Link pixelByPixel(String name, Optional<WindowShape> windows, Link image) {
        if (windows.isEmpty()) {
            return image;
        }
        WindowShape shape = windows.get();
        FrameFormat format = image.format();
        SlidingWindow.Config config = SlidingWindow.Config.gapless(format.wordBits(), shape);
        FrameFormat pixels = new FrameFormat(
                shape.positions() * shape.taps(), format.channels(), format.type(), format.laneBits(), format.lanes());
        return builder.add(new Stage.Window(builder.unique(name + "_window"), config), image, pixels);
    }

    /** The pixels under each position of a window, as one word; of an image whose words are whole pixels. */
    private Link sideBySide(String name, WindowShape shape, Link image) {
        FrameFormat format = image.format();
        ParallelWindow.Config config = new ParallelWindow.Config(format.wordBits(), shape);
        int lanes = shape.taps() * format.channels();
        FrameFormat windows = new FrameFormat(shape.positions(), lanes, format.type(), format.laneBits(), lanes);
        return builder.add(new Stage.Patches(builder.unique(name + "_window"), config), image, windows);
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
        Link padded = padded(index, name, padding, image);
        Link pixels = pixelByPixel(name, shape(index, window, padding, padded.format()), padded);
        ValueType type = operation == PoolUnit.Operation.MAX ? format.type() : network.typeOf(index).type();
        PoolUnit.Config config = new PoolUnit.Config(
                Operands.format(format.type()), lanes, format.folds(), taps, operation, type.bits(), 0);
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
