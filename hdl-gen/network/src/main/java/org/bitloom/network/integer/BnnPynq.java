package org.bitloom.network.integer;

import java.nio.file.Path;
import java.util.List;

/**
 * A network from a folder of BNN-PYNQ parameters (Xilinx/BNN-PYNQ: lfcW1A1, lfcW1A2, cnvW1A1, cnvW1A2, cnvW2A2), and
 * the folding that its files are laid out for: one for each dense layer and convolution, in order.
 */
public record BnnPynq(IntegerNetwork network, List<Folding> foldings) {
    /** Rows and columns of the matrix of a layer that are worked on in one cycle. */
    public record Folding(String layer, int pe, int simd) {
        /** {@code 32x64}. */
        @Override
        public String toString() {
            return pe + "x" + simd;
        }
    }

    public BnnPynq {
        foldings = List.copyOf(foldings);
    }

    /**
     * Reads a folder of {@code <layer>-<pe>-weights.bin} and {@code -thres.bin} files. The topology is told by the set
     * of files (4 layers: lfc, 9 layers: cnv), the bit widths by their sizes; a folder that is named after a published
     * set must hold it. The number of classes is the number of lines of {@code classes.txt}, or 10 without that file.
     * Outputs beyond the classes and constant inputs, which pad the published memories, are left out; thresholds
     * account for them exactly.
     *
     * @throws org.bitloom.network.NetworkException when the files are not such a set
     */
    public static BnnPynq read(Path folder) {
        return new BnnPynqReader(folder).read();
    }
}
