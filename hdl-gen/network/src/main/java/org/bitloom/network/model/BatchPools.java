package org.bitloom.network.model;

import java.util.Arrays;
import java.util.List;

/** Pools of a batch. */
final class BatchPools {
    private BatchPools() {
    }

    /** Combines the elements under a kernel, {@code seen[0]} to {@code seen[count − 1]}, into the result. */
    private interface Combination {
        void of(float[][] seen, int count, int divisor, float[] result);
    }

    static Batch maxima(Spatial.MaxPool pool, Batch image) {
        return pooled(pool, image, (seen, count, divisor, result) -> {
            Arrays.fill(result, Float.NEGATIVE_INFINITY);
            for (int k = 0; k < count; k++) {
                max(result, seen[k]);
            }
        });
    }

    static Batch means(Spatial.AveragePool pool, Batch image) {
        return pooled(pool, image, (seen, count, divisor, result) -> {
            for (int k = 0; k < count; k++) {
                add(result, seen[k]);
            }
            divide(result, divisor);
        });
    }

    private static Batch pooled(Spatial pool, Batch image, Combination combination) {
        Dimensions x = image.shape();
        Dimensions shape = SpatialShapes.output(pool, List.of(x));
        float[][] result = new float[shape.size()][image.images()];
        float[][] seen = new float[Math.min(pool.rows().kernel(), x.at(2)) * Math.min(pool.columns().kernel(), x.at(3))][];
        for (int i = 0; i < result.length; i++) {
            int plane = i / shape.stride(1);
            int y = i / shape.at(3) % shape.at(2);
            int column = i % shape.at(3);
            int count = 0;
            for (int ky = 0; ky < pool.rows().kernel(); ky++) {
                int row = pool.rows().place(y, ky);
                if (row < 0 || row >= x.at(2)) {
                    continue;
                }
                for (int kx = 0; kx < pool.columns().kernel(); kx++) {
                    int place = pool.columns().place(column, kx);
                    if (place >= 0 && place < x.at(3)) {
                        seen[count++] = image.elements()[(plane * x.at(2) + row) * x.at(3) + place];
                    }
                }
            }
            int divisor = pool instanceof Spatial.AveragePool mean ? mean.divisor(y, column, x.at(2), x.at(3)) : 1;
            combination.of(seen, count, divisor, result[i]);
        }
        return Batch.owning(shape, result, image.images());
    }

    private static void max(float[] result, float[] other) {
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.max(result[i], other[i]);
        }
    }

    private static void add(float[] result, float[] other) {
        for (int i = 0; i < result.length; i++) {
            result[i] += other[i];
        }
    }

    private static void divide(float[] result, float divisor) {
        for (int i = 0; i < result.length; i++) {
            result[i] /= divisor;
        }
    }
}
