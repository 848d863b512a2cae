package org.bitloom.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.network.protobuf.FileLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFileTest {
    @TempDir
    Path folder;

    static OnnxModel small() {
        OnnxTensor weights = OnnxTensor.floats("w", List.of(3, 2), 1, -2, 3, 0.5f, -0.25f, 8);
        OnnxTensor shape = OnnxTensor.longs("shape", List.of(2), 1, 2);
        OnnxGraph graph = new OnnxGraph("small", List.of(
                OnnxNode.of("fc", "MatMul", List.of("x", "w"), "y"),
                OnnxNode.of("flat", "Reshape", List.of("y", "shape"), "z", OnnxAttribute.of("allowzero", 0))),
                List.of(weights, shape),
                List.of(new OnnxValue("x", Optional.of(ElementType.FLOAT), Optional.of(List.of(
                        new OnnxValue.Dimension.Symbolic("batch"), new OnnxValue.Dimension.Fixed(3))))),
                List.of(OnnxValue.of("z", ElementType.FLOAT, 1, 2)));
        return new OnnxModel(8, "test", "1.0", List.of(new OnnxOpset("", 17)), graph, Map.of("author", "nobody"));
    }

    @Test
    void aWrittenFileReadsBackEqualAndHasTheSameBytesEveryTime() throws Exception {
        Path file = folder.resolve("sub/small.onnx");
        OnnxWriter.write(small(), file);

        assertThat(OnnxReader.read(file)).isEqualTo(small());
        assertThat(Files.readAllBytes(file)).isEqualTo(OnnxWriter.toBytes(small()));
        assertThat(file.getParent()).isDirectoryContaining("glob:**small.onnx");
    }

    @Test
    void onnxRuntimeReadsWhatIsWritten() throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(OnnxWriter.toBytes(small()));
                OnnxTensorLike x = ai.onnxruntime.OnnxTensor.createTensor(environment, new float[][] {{1, 2, 3}});
                OrtSession.Result result = session.run(Map.of("x", x))) {
            float[][] z = (float[][]) result.get(0).getValue();
            assertThat(z[0]).containsExactly(6.25f, 23);
        }
    }

    @Test
    void everyAttributeKindSurvives() {
        List<OnnxAttribute> attributes = List.of(
                OnnxAttribute.of("f", 1.5f), OnnxAttribute.of("i", -7), OnnxAttribute.of("s", "ROUND"),
                OnnxAttribute.of("t", OnnxTensor.longs("inner", List.of(), 5)),
                new OnnxAttribute.FloatList("fs", List.of(1f, -0f)), OnnxAttribute.ints("is", List.of(1L, -1L)),
                new OnnxAttribute.StringList("ss", List.of("", "b")));
        OnnxNode node = new OnnxNode("n", "Odd", "some.domain", List.of("", "a"), List.of("b"), attributes);
        OnnxModel model = OnnxModel.of("test", List.of(new OnnxOpset("some.domain", 1)),
                new OnnxGraph("g", List.of(node), List.of(), List.of(), List.of()));

        assertThat(OnnxReader.read(OnnxWriter.toBytes(model), "odd.onnx", FileLimits.DEFAULT)).isEqualTo(model);
    }
}
