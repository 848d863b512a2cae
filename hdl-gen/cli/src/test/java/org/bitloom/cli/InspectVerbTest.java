package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Classifier;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.NetworkFile;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.OutputScale;
import org.bitloom.network.integer.Weights;
import org.bitloom.network.onnx.OnnxGraph;
import org.bitloom.network.onnx.OnnxModel;
import org.bitloom.network.onnx.OnnxNode;
import org.bitloom.network.onnx.OnnxReader;
import org.bitloom.network.onnx.OnnxWriter;
import org.bitloom.training.DigitsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What inspect says of models that can be mapped, that can in part, and that cannot even be folded. */
class InspectVerbTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private String inspect(Path model, String... more) {
        String[] arguments = new String[2 + more.length];
        arguments[0] = "inspect";
        arguments[1] = model.toString();
        System.arraycopy(more, 0, arguments, 2, more.length);
        assertThat(Bitloom.run(new PrintWriter(out), new PrintWriter(err), arguments))
                .as(err.toString())
                .isEqualTo(ExitStatus.OK);
        assertThat(err.toString()).isEmpty();
        return out.toString();
    }

    @Test
    void aModelThatCanBeMappedIsListedWithItsBlocksAndTheNextCommand() {
        DigitsFiles digits = DigitsFiles.unpack(folder);
        assertThat(inspect(digits.model()).lines())
                .anyMatch(line -> line.matches(" *fc2 +dense +64 +b1 +64 .* 4,096 +b1 +\\d+ +4,096 +XNOR-popcount unit"))
                .anyMatch(line -> line.contains("in the unit of fc2"))
                .anyMatch(line -> line.matches("Total +54,912 weights in 54,912 bits, 54,912 MACs a frame"))
                .anyMatch(line -> line.startsWith("Next      ./bitloom compile "));
    }

    @Test
    void jsonHasEveryLayer() {
        DigitsFiles digits = DigitsFiles.unpack(folder);
        assertThat(inspect(digits.model(), "--json").strip())
                .startsWith("{")
                .endsWith("}")
                .contains("\"canBeCompiled\" : true", "\"block\" : \"XNOR-popcount unit\"", "\"macs\" : 50176");
    }

    @Test
    void everyLayerThatCannotBeMappedIsNamedNotOnlyTheFirst() {
        Weights square = Weights.Binary.of(4, 4, (row, column) -> row == column ? 1 : -1);
        IntegerNetwork network = new IntegerNetwork(
                "wide",
                Shape.of(4),
                ValueType.unsigned(33),
                List.of(
                        new Layer("first", new Operation.Dense(square), IntegerNetwork.INPUT),
                        new Layer("second", new Operation.Dense(square), 0)),
                new Classifier(Classifier.Rule.FIRST_MAXIMUM, 4),
                OutputScale.NONE);
        Path saved = folder.resolve("wide.json");
        NetworkFile.save(network, saved);
        assertThat(inspect(saved).lines())
                .anyMatch(line -> line.contains("first") && line.contains("CANNOT BE MAPPED: ") && line.contains("32 bits"))
                .anyMatch(line -> line.contains("second") && line.contains("CANNOT BE MAPPED: "))
                .anyMatch(line -> line.startsWith("2 of 2 layers cannot be mapped"))
                .noneMatch(line -> line.startsWith("Next"));
    }

    @Test
    void aGraphThatCannotBeFoldedIsListedWithTheReasonAtItsNode() {
        DigitsFiles digits = DigitsFiles.unpack(folder);
        OnnxModel good = OnnxReader.read(digits.model());
        List<OnnxNode> nodes = good.graph().nodes().stream()
                .map(node -> node.name().equals("sign1")
                        ? OnnxNode.of("sign1", "Sqrt", List.of(node.inputs().getFirst()), node.outputs().getFirst())
                        : node)
                .toList();
        OnnxGraph graph = new OnnxGraph(
                "bad", nodes, good.graph().initializers(), good.graph().inputs(), good.graph().outputs());
        Path file = folder.resolve("bad.onnx");
        OnnxWriter.write(OnnxModel.of("test", good.opsets(), graph), file);
        assertThat(inspect(file).lines())
                .anyMatch(line -> line.contains("'fc1' (MatMul)") && !line.contains("CANNOT"))
                .anyMatch(line -> line.contains("'sign1' (Sqrt)") && line.contains("CANNOT BE FOLDED: "))
                .anyMatch(line -> line.startsWith("No integer network can be made of it: "));
    }
}
