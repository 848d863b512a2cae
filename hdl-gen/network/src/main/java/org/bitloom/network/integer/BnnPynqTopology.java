package org.bitloom.network.integer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The two network shapes that BNN-PYNQ publishes (its hw/config.h files), as facts: the sizes of the matrices, where
 * the pooling is, and how a pixel becomes the first layer's input.
 */
enum BnnPynqTopology {
    /** 784-1024-1024-1024-classes; a pixel of 128 or more is +1. The 784 inputs are padded to 832 with −1. */
    LFC(Shape.of(784), 832, List.of(1024, 1024, 1024), 0) {
        @Override
        Operation.Threshold inputLayer() {
            return new Operation.Threshold(ThresholdTable.shared(128), ValueType.bipolar());
        }
    },
    /** Six 3x3 convolutions without padding, 2x2 max-pooling after the second and the fourth, three dense layers. */
    CNV(Shape.of(32, 32, 3), 27, List.of(64, 64, 128, 128, 256, 256, 512, 512), 6) {
        @Override
        Operation.Threshold inputLayer() {
            long[] thresholds = new long[255];
            for (int level = 1; level <= 255; level++) {
                int pixel = 0;
                while (pixel < 256 && toQ17(pixel) < level - 128) {
                    pixel++;
                }
                thresholds[level - 1] = pixel;
            }
            return new Operation.Threshold(ThresholdTable.shared(thresholds), ValueType.signed(8));
        }
    };

    final Shape input;
    /** Columns of the first matrix, padding included. */
    final int paddedInputs;
    /** Rows of each matrix but the last. */
    final List<Integer> widths;
    final int convolutions;

    BnnPynqTopology(Shape input, int paddedInputs, List<Integer> widths, int convolutions) {
        this.input = input;
        this.paddedInputs = paddedInputs;
        this.widths = widths;
        this.convolutions = convolutions;
    }

    /** What the pixels (unsigned 8 bit) go through before the first matrix. */
    abstract Operation.Threshold inputLayer();

    int layers() {
        return widths.size() + 1;
    }

    boolean isConvolution(int layer) {
        return layer < convolutions;
    }

    boolean isPooled(int layer) {
        return this == CNV && (layer == 1 || layer == 3);
    }

    /** Whether the last layer's sums pass thresholds, too. */
    boolean endsInThreshold() {
        return this == LFC;
    }

    /** Columns of a layer's matrix as published, kernel taps included. */
    int paddedColumns(int layer) {
        if (layer == 0) {
            return paddedInputs;
        }
        return widths.get(layer - 1) * (isConvolution(layer) ? 9 : 1);
    }

    /** Columns of a layer's matrix that carry information. */
    int columns(int layer) {
        return this == LFC && layer == 0 ? input.size() : paddedColumns(layer);
    }

    /** The topology with this many layers, or null. */
    static @Nullable BnnPynqTopology ofLayers(int count) {
        for (BnnPynqTopology topology : values()) {
            if (topology.layers() == count) {
                return topology;
            }
        }
        return null;
    }

    /** Pixel / 255 · 2 − 1 as a fixed-point number of 7 fraction bits, rounded and saturated to 8 bits. */
    private static int toQ17(int pixel) {
        return Math.clamp(Math.floorDiv((2 * pixel - 255) * 256 + 255, 510), -128, 127);
    }

    /** What there is, for messages. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (BnnPynqTopology topology : values()) {
            names.add(topology.name().toLowerCase(Locale.ROOT) + " of " + topology.layers() + " layers");
        }
        return names;
    }
}
