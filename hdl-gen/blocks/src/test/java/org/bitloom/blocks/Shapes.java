package org.bitloom.blocks;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Windows of small frames, and what stands in them. */
final class Shapes {
    private Shapes() {}

    static WindowShape some(RandomGenerator random) {
        int kernelHeight = random.nextInt(1, 4);
        int kernelWidth = random.nextInt(1, 4);
        int dilationHeight = random.nextInt(1, 3);
        int dilationWidth = random.nextInt(1, 3);
        return new WindowShape(
                (kernelHeight - 1) * dilationHeight + random.nextInt(1, 6),
                (kernelWidth - 1) * dilationWidth + random.nextInt(1, 6),
                random.nextInt(1, 4),
                kernelHeight,
                kernelWidth,
                random.nextInt(1, 5),
                random.nextInt(1, 5),
                dilationHeight,
                dilationWidth);
    }

    /** For each window the pixels that stand in it. */
    static List<List<Integer>> windows(WindowShape shape) {
        List<List<Integer>> windows = new ArrayList<>();
        for (int y = 0; y + (shape.kernelHeight() - 1) * shape.dilationHeight() < shape.height(); y += shape.strideHeight()) {
            for (int x = 0; x + (shape.kernelWidth() - 1) * shape.dilationWidth() < shape.width(); x += shape.strideWidth()) {
                List<Integer> pixels = new ArrayList<>();
                for (int ky = 0; ky < shape.kernelHeight(); ky++) {
                    for (int kx = 0; kx < shape.kernelWidth(); kx++) {
                        pixels.add((y + ky * shape.dilationHeight()) * shape.width() + x + kx * shape.dilationWidth());
                    }
                }
                windows.add(pixels);
            }
        }
        return windows;
    }
}
