package org.bitloom.network.caffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.ModelEvaluator;
import org.bitloom.network.model.Operator;
import org.bitloom.network.model.Tensor;
import org.bitloom.network.onnx.OnnxAttribute;
import org.bitloom.network.onnx.OnnxGraph;
import org.bitloom.network.onnx.OnnxGraphBuilder;
import org.bitloom.network.onnx.OnnxModel;
import org.bitloom.network.onnx.OnnxOpset;
import org.bitloom.network.onnx.OnnxValue;
import org.bitloom.network.onnx.OnnxWriter;
import org.junit.jupiter.api.Test;

/** Pools beside Caffe's formulas, written down once more, and beside ONNX Runtime where it has the same rule. */
class CaffePoolsTest {
    private record Case(int height, int width, int kernel, int stride, int pad) {
        static Case random(Random random) {
            int kernel = 1 + random.nextInt(4);
            // A stride beyond the kernel may leave a last window without data, which Caffe does not define.
            return new Case(kernel + random.nextInt(8), kernel + random.nextInt(8), kernel, 1 + random.nextInt(kernel),
                    random.nextInt(kernel));
        }

        Message message(String pool) {
            Message message = new Message();
            message.add("pool", pool);
            message.add("kernel_size", (long) kernel);
            message.add("stride", (long) stride);
            message.add("pad", (long) pad);
            return message;
        }

        Tensor image(Random random) {
            float[] values = new float[height * width];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextInt(200) - 100;
            }
            return Tensor.of(Dimensions.of(1, 1, height, width), values);
        }

        /** PoolingLayer::Reshape. */
        int positions(int extent) {
            int positions = (int) Math.ceil((double) (extent + 2 * pad - kernel) / stride) + 1;
            return pad > 0 && (positions - 1) * stride >= extent + pad ? positions - 1 : positions;
        }

        /** PoolingLayer::Forward_cpu. */
        float[] pooled(Tensor image, boolean average) {
            int rows = positions(height);
            int columns = positions(width);
            float[] result = new float[rows * columns];
            for (int i = 0; i < result.length; i++) {
                int top = i / columns * stride - pad;
                int left = i % columns * stride - pad;
                int bottom = Math.min(top + kernel, height + pad);
                int right = Math.min(left + kernel, width + pad);
                int size = (bottom - top) * (right - left);
                float sum = 0;
                float max = -Float.MAX_VALUE;
                for (int y = Math.max(top, 0); y < Math.min(bottom, height); y++) {
                    for (int x = Math.max(left, 0); x < Math.min(right, width); x++) {
                        sum += image.at(y * width + x);
                        max = Math.max(max, image.at(y * width + x));
                    }
                }
                result[i] = average ? sum / size : max;
            }
            return result;
        }
    }

    private static float[] ours(Case each, String pool, Tensor image) {
        Operator operator = CaffePools.of(each.message(pool), image.shape());
        return ModelEvaluator.apply(operator, List.of(image)).getFirst().toArray();
    }

    @Test
    void poolsFollowCaffesFormulas() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Case each = Case.random(random);
            Tensor image = each.image(random);
            assertThat(ours(each, "MAX", image)).as("seed %d, %s", seed, each).containsExactly(each.pooled(image, false));
            assertThat(ours(each, "AVE", image)).as("seed %d, %s", seed, each).containsExactly(each.pooled(image, true));
        }
    }

    @Test
    void maximaAndUnpaddedMeansAreThoseOfOnnxRuntimeWithCeilMode() throws OrtException {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Case each = Case.random(random);
            Tensor image = each.image(random);
            assertThat(ours(each, "MAX", image)).as("seed %d, %s", seed, each).containsExactly(runtime("MaxPool", each, image));
            Case plain = new Case(each.height, each.width, each.kernel, each.stride, 0);
            float[] means = runtime("AveragePool", plain, image);
            float[] ours = ours(plain, "AVE", image);
            assertThat(ours).hasSameSizeAs(means);
            for (int i = 0; i < means.length; i++) {
                assertThat(ours[i]).as("seed %d, %s", seed, plain).isCloseTo(means[i],
                        offset(1e-3f));
            }
        }
    }

    private static float[] runtime(String pool, Case each, Tensor image) throws OrtException {
        OnnxGraphBuilder builder = new OnnxGraphBuilder();
        String x = builder.input("x", 1, 1, each.height, each.width);
        long pad = each.pad;
        String y = builder.node(pool, List.of(x), OnnxAttribute.of("ceil_mode", 1),
                OnnxAttribute.ints("kernel_shape", List.of((long) each.kernel, (long) each.kernel)),
                OnnxAttribute.ints("strides", List.of((long) each.stride, (long) each.stride)),
                OnnxAttribute.ints("pads", List.of(pad, pad, pad, pad)));
        OnnxGraph graph = builder.graph("pool");
        OnnxModel model = OnnxModel.of("test", List.of(new OnnxOpset("", 19)), new OnnxGraph("pool", graph.nodes(),
                graph.initializers(), graph.inputs(), List.of(new OnnxValue(y, Optional.empty(),
                        Optional.empty()))));
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(OnnxWriter.toBytes(model));
                OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(image.toArray()),
                        new long[] {1, 1, each.height, each.width});
                OrtSession.Result result = session.run(Map.of("x", input))) {
            FloatBuffer floats = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] values = new float[floats.remaining()];
            floats.get(values);
            return values;
        }
    }
}
