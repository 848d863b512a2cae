package org.bitloom.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.bitloom.network.onnx.OnnxGraph;
import org.bitloom.network.onnx.OnnxReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QonnxExportTest {
    @Test
    void theGraphReadsAsBrevitasWouldWriteIt(@TempDir Path folder) {
        OnnxGraph graph = OnnxReader.read(DigitsFiles.unpack(folder).model()).graph();
        assertThat(graph.nodes().stream().map(node -> node.name() + ": " + node.outputs().getFirst() + " = "
                + node.opType() + node.inputs().stream().collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining("\n", "", "\n"))).isEqualTo("""
                        flatten: flatten_out = Flatten(image)
                        input_double: input_double_out = Mul(flatten_out, input_double.factor)
                        input_centre: input_centre_out = Sub(input_double_out, input_centre.offset)
                        input_sign: input_sign_out = BipolarQuant(input_centre_out, input_sign.scale)
                        fc1_weight: fc1_weight_out = BipolarQuant(fc1.weight, fc1_weight.scale)
                        fc1_transpose: fc1_transpose_out = Transpose(fc1_weight_out)
                        fc1: fc1_out = MatMul(input_sign_out, fc1_transpose_out)
                        norm1: norm1_out = BatchNormalization(fc1_out, norm1.weight, norm1.bias, \
                        norm1.running_mean, norm1.running_var)
                        sign1: sign1_out = BipolarQuant(norm1_out, sign1.scale)
                        fc2_weight: fc2_weight_out = BipolarQuant(fc2.weight, fc2_weight.scale)
                        fc2_transpose: fc2_transpose_out = Transpose(fc2_weight_out)
                        fc2: fc2_out = MatMul(sign1_out, fc2_transpose_out)
                        norm2: norm2_out = BatchNormalization(fc2_out, norm2.weight, norm2.bias, \
                        norm2.running_mean, norm2.running_var)
                        sign2: sign2_out = BipolarQuant(norm2_out, sign2.scale)
                        fc3_weight: fc3_weight_out = BipolarQuant(fc3.weight, fc3_weight.scale)
                        fc3_transpose: fc3_transpose_out = Transpose(fc3_weight_out)
                        fc3: fc3_out = MatMul(sign2_out, fc3_transpose_out)
                        scale: logits = Mul(fc3_out, scale.factor)
                        """);
        assertThat(graph.initializers().stream().filter(t -> t.name().endsWith(".weight") && t.name().startsWith("fc"))
                .map(t -> t.name() + t.dimensions()))
                .containsExactly("fc1.weight[64, 784]", "fc2.weight[64, 64]", "fc3.weight[10, 64]");
    }
}
