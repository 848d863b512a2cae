package org.bitloom.network.model;

import java.util.List;

/** The operators on images in float32; products are added up in the order channel, row, column. */
final class SpatialKernels {
    private SpatialKernels() {
    }

    static Tensor apply(Spatial operator, List<Tensor> inputs) {
        Dimensions shape = ShapeRules.outputs(operator, inputs.stream().map(Tensor::shape).toList()).getFirst();
        return switch (operator) {
            case Spatial.Convolution convolution -> convolution(convolution, shape, inputs);
            case Spatial.MaxPool pool -> maxima(pool, shape, inputs.getFirst());
            case Spatial.AveragePool pool -> means(pool, shape, inputs.getFirst());
            case Spatial.Pad pad -> padded(pad, shape, inputs.getFirst());
        };
    }

    private static Tensor convolution(Spatial.Convolution convolution, Dimensions shape, List<Tensor> inputs) {
        Tensor image = inputs.get(0);
        Tensor weights = inputs.get(1);
        int channels = image.shape().at(1);
        int perGroup = weights.shape().at(1);
        int outputs = shape.at(1);
        int taps = convolution.rows().kernel() * convolution.columns().kernel();
        float[] result = new float[shape.size()];
        for (int plane = 0; plane < shape.at(0) * outputs; plane++) {
            int output = plane % outputs;
            int group = output / (outputs / convolution.groups());
            Plane sums = new Plane(result, plane, shape);
            for (int c = 0; c < perGroup; c++) {
                int channel = plane / outputs * channels + group * perGroup + c;
                Plane values = new Plane(image.values(), channel, image.shape());
                for (int tap = 0; tap < taps; tap++) {
                    addProducts(convolution, values, weights.at((output * perGroup + c) * taps + tap), tap, sums);
                }
            }
            if (inputs.size() > 2) {
                for (int i = 0; i < sums.rows * sums.columns; i++) {
                    result[sums.start + i] += inputs.get(2).at(output);
                }
            }
        }
        return Tensor.owning(shape, result);
    }

    private static void addProducts(Spatial.Convolution convolution, Plane values, float weight, int tap, Plane sums) {
        int ky = tap / convolution.columns().kernel();
        int kx = tap % convolution.columns().kernel();
        for (int y = 0; y < sums.rows; y++) {
            int row = convolution.rows().place(y, ky);
            if (row < 0 || row >= values.rows) {
                continue;
            }
            for (int x = 0; x < sums.columns; x++) {
                int column = convolution.columns().place(x, kx);
                if (column >= 0 && column < values.columns) {
                    sums.elements[sums.at(y, x)] += weight * values.elements[values.at(row, column)];
                }
            }
        }
    }

    private static Tensor maxima(Spatial.MaxPool pool, Dimensions shape, Tensor image) {
        float[] result = new float[shape.size()];
        forEachWindow(pool, shape, image, (window, at) -> {
            float max = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < window.count; i++) {
                max = Math.max(max, window.inside[i]);
            }
            result[at] = max;
        });
        return Tensor.owning(shape, result);
    }

    private static Tensor means(Spatial.AveragePool pool, Dimensions shape, Tensor image) {
        float[] result = new float[shape.size()];
        forEachWindow(pool, shape, image, (window, at) -> {
            float sum = 0;
            for (int i = 0; i < window.count; i++) {
                sum += window.inside[i];
            }
            result[at] = sum / (pool.countsPadding() ? window.counted : window.count);
        });
        return Tensor.owning(shape, result);
    }

    private static Tensor padded(Spatial.Pad pad, Dimensions shape, Tensor image) {
        float[] result = new float[shape.size()];
        forEachWindow(pad, shape, image, (window, at) -> result[at] = window.count == 0 ? pad.value() : window.inside[0]);
        return Tensor.owning(shape, result);
    }

    /** What a kernel sees at one position: the elements in the image, and how many places in all that count. */
    private static final class Window {
        private final float[] inside;
        private int count;
        private int counted;

        private Window(int taps) {
            inside = new float[taps];
        }
    }

    private interface Visitor {
        void visit(Window window, int at);
    }

    private static void forEachWindow(Spatial operator, Dimensions shape, Tensor image, Visitor visitor) {
        int taps = Math.min(operator.rows().kernel(), image.shape().at(2))
                * Math.min(operator.columns().kernel(), image.shape().at(3));
        Window window = new Window(taps);
        for (int i = 0; i < shape.at(0) * shape.at(1); i++) {
            Plane plane = new Plane(image.values(), i, image.shape());
            for (int y = 0; y < shape.at(2); y++) {
                for (int x = 0; x < shape.at(3); x++) {
                    fill(window, operator, plane, y, x);
                    visitor.visit(window, (i * shape.at(2) + y) * shape.at(3) + x);
                }
            }
        }
    }

    private static void fill(Window window, Spatial operator, Plane plane, int y, int x) {
        window.count = 0;
        window.counted = 0;
        for (int ky = 0; ky < operator.rows().kernel(); ky++) {
            int row = operator.rows().place(y, ky);
            for (int kx = 0; kx < operator.columns().kernel(); kx++) {
                int column = operator.columns().place(x, kx);
                if (row >= 0 && row < plane.rows && column >= 0 && column < plane.columns) {
                    window.inside[window.count++] = plane.elements[plane.at(row, column)];
                }
                if (row < plane.rows + operator.rows().after() && column < plane.columns + operator.columns().after()) {
                    window.counted++;
                }
            }
        }
    }

    /** One channel of one image within an array. */
    private static final class Plane {
        private final float[] elements;
        private final int start;
        private final int rows;
        private final int columns;

        private Plane(float[] elements, int index, Dimensions shape) {
            this.elements = elements;
            this.rows = shape.at(2);
            this.columns = shape.at(3);
            this.start = index * rows * columns;
        }

        private int at(int row, int column) {
            return start + row * columns + column;
        }
    }
}
