package org.bitloom.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.ModelEvaluator;
import org.bitloom.network.model.Tensor;

/** Runs a graph here and in ONNX Runtime on random inputs. */
final class RuntimeComparison {
    static final int TRIALS = 20;

    private RuntimeComparison() {
    }

    static void compare(OnnxGraphBuilder graph, String output, long[] shape, Random random) throws OrtException {
        compare(graph, output, shape, random, 17, TRIALS);
    }

    static void compare(OnnxGraphBuilder graph, String output, long[] shape, Random random, long opset, int trials)
            throws OrtException {
        OnnxModel file = untyped(graph, output, opset);
        Model model = OnnxImporter.of(file, "test.onnx");
        ModelEvaluator evaluator = new ModelEvaluator(model);
        int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        try (OrtSession session = session(file)) {
            for (int trial = 0; trial < trials; trial++) {
                float[] input = new float[size];
                for (int i = 0; i < size; i++) {
                    input[i] = (float) random.nextGaussian();
                }
                Tensor ours = evaluator.run(input);
                float[] theirs = run(session, input, shape);
                assertThat(ours.size()).as("%s", file.graph().nodes()).isEqualTo(theirs.length);
                for (int i = 0; i < theirs.length; i++) {
                    assertThat(ours.at(i)).as("%s, element %d", file.graph().nodes(), i)
                            .isCloseTo(theirs[i], offset(1e-4f * Math.max(1, Math.abs(theirs[i]))));
                }
            }
        }
    }

    /** The output declared without a type, so that ONNX Runtime infers it. */
    private static OnnxModel untyped(OnnxGraphBuilder builder, String output, long opset) {
        OnnxGraph graph = builder.graph("test");
        OnnxGraph complete = new OnnxGraph("test", graph.nodes(), graph.initializers(), graph.inputs(),
                List.of(new OnnxValue(output, Optional.empty(), Optional.empty())));
        return OnnxModel.of("test", List.of(new OnnxOpset("", opset)), complete);
    }

    static OrtSession session(OnnxModel file) throws OrtException {
        return OrtEnvironment.getEnvironment().createSession(OnnxWriter.toBytes(file));
    }

    static float[] run(OrtSession session, float[] input, long... shape) throws OrtException {
        try (ai.onnxruntime.OnnxTensor x = ai.onnxruntime.OnnxTensor.createTensor(OrtEnvironment.getEnvironment(),
                FloatBuffer.wrap(input), shape);
                OrtSession.Result result = session.run(Map.of("x", x))) {
            ai.onnxruntime.OnnxTensor y = (ai.onnxruntime.OnnxTensor) result.get(0);
            FloatBuffer floats = y.getInfo().type == ai.onnxruntime.OnnxJavaType.FLOAT ? y.getFloatBuffer() : null;
            if (floats != null) {
                float[] values = new float[floats.remaining()];
                floats.get(values);
                return values;
            }
            LongBuffer longs = y.getLongBuffer();
            float[] values = new float[longs.remaining()];
            IntStream.range(0, values.length).forEach(i -> values[i] = longs.get(i));
            return values;
        }
    }
}
