package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bitloom.network.onnx.OnnxGraph;
import org.bitloom.network.onnx.OnnxGraphBuilder;
import org.bitloom.network.onnx.OnnxModel;
import org.bitloom.network.onnx.OnnxOpset;
import org.bitloom.network.onnx.OnnxValue;
import org.bitloom.network.onnx.OnnxWriter;
import org.bitloom.training.DigitsFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** The bit-mask experiment on a small network with random weights. */
class ExploreMasksVerbTest {
    private static final int IMAGES = 70;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path model;
    private Path images;
    private Path labels;

    @BeforeEach
    void write() throws IOException {
        Random random = new Random(9);
        OnnxGraphBuilder graph = new OnnxGraphBuilder();
        String x = graph.input("x", 1, 1, 6, 6);
        String first = graph.node("Relu", List.of(graph.node("Conv", List.of(x, weights(graph, random, 3, 1, 3, 3)))));
        String second = graph.node("Conv", List.of(first, weights(graph, random, 4, 3, 3, 3)));
        String y = graph.node("Gemm", List.of(graph.node("Flatten", List.of(second)), weights(graph, random, 16, 3)));
        OnnxGraph whole = graph.graph("two");
        model = folder.resolve("two.onnx");
        OnnxWriter.write(OnnxModel.of("test", List.of(new OnnxOpset("", 17)), new OnnxGraph("two", whole.nodes(),
                whole.initializers(), whole.inputs(), List.of(new OnnxValue(y, Optional.empty(), Optional.empty())))), model);
        byte[] pixels = new byte[IMAGES * 36];
        random.nextBytes(pixels);
        images = Files.write(folder.resolve("images.raw"), pixels);
        labels = Files.writeString(folder.resolve("labels.txt"), "1\n2\n0\n1\n2\n".repeat(IMAGES / 5));
    }

    private static String weights(OnnxGraphBuilder graph, Random random, Integer... shape) {
        float[] values = new float[Stream.of(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() / 3;
        }
        return graph.floats(List.of(shape), values);
    }

    private int explore(Path network, String... more) {
        List<String> arguments = new ArrayList<>(List.of("explore", "masks", network.toString(), "--images",
                images.toString(), "--labels", labels.toString(), "-o", folder.resolve("out").toString()));
        arguments.addAll(List.of(more));
        return Bitloom.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    }

    @Test
    void writesTablesPlotsAndScoresAndGoesOnFromThem() throws Exception {
        String[] options = {"--calibrate", images.toString(), "--calibrate-labels", labels.toString(), "--width", "6"};
        assertThat(explore(model, options)).as(err.toString()).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("Float ", "on 70 test images", "3 bits, all masked layers alike: all of 10 patterns",
                "Chosen on 70 calibration images", "by layer", "report.html").doesNotContain("thesis");
        Path written = folder.resolve("out");
        assertThat(Files.readString(written.resolve("report.html"))).contains("plots/accuracy-3-bits.svg",
                "plots/accuracy-4-bits.svg", "masks.json");
        try (Stream<Path> plots = Files.list(written.resolve("plots"))) {
            for (Path plot : plots.toList()) {
                Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                        .parse(new ByteArrayInputStream(Files.readAllBytes(plot)));
                assertThat(svg.getDocumentElement().getTagName()).isEqualTo("svg");
            }
        }
        assertThat(Files.readAllLines(written.resolve("accuracy.csv"))).hasSize(1 + 1 + 10 + 10);
        String first = Files.readString(written.resolve("masks.json"));
        String scores = Files.readString(written.resolve("scores.csv"));
        String page = Files.readString(written.resolve("report.html"));
        assertThat(explore(model, options)).isEqualTo(ExitStatus.OK);
        assertThat(Files.readString(written.resolve("scores.csv"))).isEqualTo(scores);
        assertThat(Files.readString(written.resolve("masks.json"))).isEqualTo(first);
        assertThat(Files.readString(written.resolve("report.html"))).isEqualTo(page);
    }

    @Test
    void jsonIsOneObject() {
        assertThat(explore(model, "--bits", "4", "--width", "5", "--rule", "nearest", "--json")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString().strip()).startsWith("{").endsWith("}").contains("\"rule\" : \"nearest\"", "\"4_0_0/4_0_0\"");
    }

    @Test
    void whatCannotBeExploredIsOneMessage() throws IOException {
        assertRefused(explore(model, "--width", "2"), "width");
        assertRefused(explore(model, "--frames", "0"), "--frames");
        Path few = Files.writeString(folder.resolve("few.txt"), "1\n");
        assertRefused(explore(model, "--calibrate", images.toString(), "--calibrate-labels", few.toString()), "1 labels");
        Path dense = DigitsFiles.unpack(folder).model();
        assertRefused(explore(dense), "convolution");
    }

    private void assertRefused(int status, String said) {
        assertThat(status).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(err.toString().strip()).startsWith("bitloom: ").contains(said).doesNotContain("\n");
        err.getBuffer().setLength(0);
    }
}
