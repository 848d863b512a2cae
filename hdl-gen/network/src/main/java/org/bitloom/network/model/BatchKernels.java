package org.bitloom.network.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The operators on a batch of images, in loops over the images that the JVM turns into vector instructions. For each
 * image the elementary operations are those of {@link Kernels}, in the same order, so that the results are the same to
 * the last bit; only products with a weight of 0 are left out, which finite values cannot show.
 */
final class BatchKernels {
    private BatchKernels() {
    }

    /** One input of an operator: either differs from image to image or is the same for all. */
    record Operand(@Nullable Batch varying, @Nullable Tensor constant) {
        Dimensions shape() {
            return varying != null ? varying.shape() : Objects.requireNonNull(constant).shape();
        }

        Batch batch() {
            return Objects.requireNonNull(varying);
        }

        Tensor tensor(int image) {
            return constant != null ? constant : batch().image(image);
        }
    }

    /** All outputs of an operator of which at least one input varies. */
    static List<Batch> apply(Operator operator, List<Operand> inputs, int images) {
        Operand x = inputs.getFirst();
        Optional<Batch> fast = x.varying() == null ? Optional.empty() : switch (operator) {
            case Arithmetic arithmetic -> arithmetic(arithmetic, x.batch(), inputs.get(1));
            case Activation.Relu r -> Optional.of(relu(x.batch()));
            case Activation.Identity i -> Optional.of(x.batch());
            case Linear.BatchNormalization norm -> Optional.of(batchNormalization(norm, x.batch()));
            case Linear.Gemm gemm -> gemm(gemm, inputs);
            case Movement.Reshape reshape -> Optional.of(x.batch().reshaped(reshape.target()));
            case Spatial.Convolution convolution -> inputs.stream().skip(1).allMatch(i -> i.constant() != null)
                    ? Optional.of(BatchConvolution.of(convolution, x.batch(), inputs)) : Optional.empty();
            case Spatial.MaxPool pool -> Optional.of(BatchPools.maxima(pool, x.batch()));
            case Spatial.AveragePool pool -> Optional.of(BatchPools.means(pool, x.batch()));
            default -> Optional.empty();
        };
        return fast.map(List::of).orElseGet(() -> imageByImage(operator, inputs, images));
    }

    /** Any operator, by its definition. */
    static List<Batch> imageByImage(Operator operator, List<Operand> inputs, int images) {
        List<float[][]> results = new ArrayList<>();
        List<Dimensions> shapes = ShapeRules.outputs(operator, inputs.stream().map(Operand::shape).toList());
        shapes.forEach(shape -> results.add(new float[shape.size()][images]));
        for (int image = 0; image < images; image++) {
            int which = image;
            List<Tensor> outputs = Kernels.apply(operator, inputs.stream().map(input -> input.tensor(which)).toList());
            for (int output = 0; output < outputs.size(); output++) {
                for (int i = 0; i < outputs.get(output).size(); i++) {
                    results.get(output)[i][image] = outputs.get(output).at(i);
                }
            }
        }
        List<Batch> batches = new ArrayList<>();
        for (int output = 0; output < results.size(); output++) {
            batches.add(Batch.owning(shapes.get(output), results.get(output), images));
        }
        return batches;
    }

    private static Optional<Batch> arithmetic(Arithmetic operation, Batch a, Operand b) {
        if (operation == Arithmetic.POWER) {
            return Optional.empty();
        }
        Dimensions shape = a.shape().broadcast(b.shape());
        int[] left = a.shape().broadcastIndexes(shape);
        int[] right = b.shape().broadcastIndexes(shape);
        float[][] result = new float[shape.size()][a.images()];
        for (int i = 0; i < result.length; i++) {
            float[] l = a.elements()[left[i]];
            if (b.constant() != null) {
                with(operation, l, b.constant().at(right[i]), result[i]);
            } else {
                with(operation, l, b.batch().elements()[right[i]], result[i]);
            }
        }
        return Optional.of(Batch.owning(shape, result, a.images()));
    }

    private static void with(Arithmetic operation, float[] l, float r, float[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = switch (operation) {
                case ADD -> l[i] + r;
                case SUBTRACT -> l[i] - r;
                case MULTIPLY -> l[i] * r;
                case DIVIDE -> l[i] / r;
                case POWER -> (float) Math.pow(l[i], r);
            };
        }
    }

    private static void with(Arithmetic operation, float[] l, float[] r, float[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = switch (operation) {
                case ADD -> l[i] + r[i];
                case SUBTRACT -> l[i] - r[i];
                case MULTIPLY -> l[i] * r[i];
                case DIVIDE -> l[i] / r[i];
                case POWER -> (float) Math.pow(l[i], r[i]);
            };
        }
    }

    private static Batch relu(Batch x) {
        float[][] result = new float[x.shape().size()][x.images()];
        for (int i = 0; i < result.length; i++) {
            float[] from = x.elements()[i];
            float[] to = result[i];
            for (int image = 0; image < to.length; image++) {
                float v = from[image];
                to[image] = v > 0 || Float.isNaN(v) ? v : 0;
            }
        }
        return Batch.owning(x.shape(), result, x.images());
    }

    private static Batch batchNormalization(Linear.BatchNormalization norm, Batch x) {
        int inner = x.shape().stride(1);
        float[][] result = new float[x.shape().size()][x.images()];
        for (int i = 0; i < result.length; i++) {
            int channel = i / inner % norm.channels();
            float mean = norm.mean().at(channel);
            float deviation = (float) Math.sqrt(norm.variance().at(channel) + norm.epsilon());
            float gamma = norm.gamma().at(channel);
            float beta = norm.beta().at(channel);
            float[] from = x.elements()[i];
            float[] to = result[i];
            for (int image = 0; image < to.length; image++) {
                to[image] = (from[image] - mean) / deviation * gamma + beta;
            }
        }
        return Batch.owning(x.shape(), result, x.images());
    }

    /** Only the form that a fully connected layer has: one row, constant weights, factors of 1. */
    private static Optional<Batch> gemm(Linear.Gemm gemm, List<Operand> inputs) {
        Tensor weights = inputs.get(1).constant();
        boolean plain = gemm.alpha() == 1 && gemm.beta() == 1 && !gemm.transposeA();
        if (weights == null || !plain || inputs.getFirst().shape().at(0) != 1
                || inputs.size() > 2 && inputs.get(2).constant() == null) {
            return Optional.empty();
        }
        Batch x = inputs.getFirst().batch();
        int outputs = weights.shape().at(gemm.transposeB() ? 0 : 1);
        int inner = x.shape().at(1);
        Tensor bias = inputs.size() > 2 ? inputs.get(2).constant() : null;
        Dimensions shape = Dimensions.of(1, outputs);
        int[] biasIndexes = bias == null ? new int[0] : bias.shape().broadcastIndexes(shape);
        float[][] result = new float[outputs][x.images()];
        float[][] terms = new float[inner][];
        float[] factors = new float[inner];
        for (int output = 0; output < outputs; output++) {
            int count = 0;
            for (int k = 0; k < inner; k++) {
                float weight = weights.at(gemm.transposeB() ? output * inner + k : k * outputs + output);
                if (weight != 0) {
                    terms[count] = x.elements()[k];
                    factors[count++] = weight;
                }
            }
            BatchSums.add(result[output], terms, factors, count);
            if (bias != null) {
                BatchSums.add(result[output], bias.at(biasIndexes[output]));
            }
        }
        return Optional.of(Batch.owning(shape, result, x.images()));
    }
}
