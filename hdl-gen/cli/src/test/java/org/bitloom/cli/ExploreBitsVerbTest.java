package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bitloom.training.DigitsFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Several widths of a small float network on the digits of the demo. */
class ExploreBitsVerbTest {
    private static final String FOLDING = "4x28,5x4";

    @TempDir
    private Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();
    private DigitsFiles digits;
    private Path model;
    private Path results;

    @BeforeEach
    void write() {
        digits = DigitsFiles.unpack(folder);
        model = FloatModelFile.write(folder);
        results = folder.resolve("results");
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return Bitloom.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private int explore(Path network, String... more) {
        List<String> arguments = new ArrayList<>(List.of("explore", "bits", network.toString(), "--images",
                digits.images().toString(), "--labels", digits.labels().toString(), "--frames", "60", "-o",
                results.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private void assertRefused(int status, String... said) {
        assertThat(status).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().strip()).startsWith("bitloom: ").contains(said).doesNotContain("\n");
        assertThat(results).doesNotExist();
    }

    /** Rows of the table: cells two blanks apart. */
    private List<String[]> rows() {
        return out.toString().lines().filter(line -> line.matches(" +\\d .* %.*"))
                .map(line -> line.strip().split("  +")).toList();
    }

    @Test
    void eachWidthIsScoredAndMappedAsEvaluateAndCompileDoIt() throws IOException {
        assertThat(explore(model, "--bits", "8,3", "--calibrate", digits.images().toString(), "--board", "pynq-z1", "--folding",
                FOLDING)).as(err.toString()).isEqualTo(ExitStatus.OK);
        List<String[]> rows = rows();
        assertThat(rows).extracting(row -> row[0]).containsExactly("3", "8");
        assertThat(out.toString()).contains("bits  accuracy  cycles", "Float     ", " of 60 test images", "PYNQ-Z1",
                "Report    " + results.resolve("report.html"));
        for (String[] row : rows) {
            String width = row[0];
            assertThat(run("evaluate", model.toString(), "--images", digits.images().toString(), "--labels",
                    digits.labels().toString(), "--frames", "60", "--bits", width, "--calibrate", digits.images().toString()))
                    .isEqualTo(ExitStatus.OK);
            assertThat(out.toString()).contains("(" + row[1] + ")");
            Path design = folder.resolve("design-" + width);
            assertThat(run("compile", model.toString(), "--bits", width, "--calibrate", digits.images().toString(), "--board",
                    "pynq-z1", "--folding", FOLDING, "-o", design.toString())).isEqualTo(ExitStatus.OK);
            assertThat(out.toString())
                    .contains("Predicted " + row[2] + " cycles a frame, " + row[3] + " cycles latency")
                    .containsPattern("total +" + row[2] + " +" + row[4] + " +[0-9,]+ +" + row[5] + " +" + row[6] + "\n");
            assertThat(row[7]).isEqualTo(FOLDING);
            for (String file : List.of("manifest.json", "network.json", "report.html")) {
                assertThat(results.resolve("bits-" + width).resolve(file)).hasSameTextualContentAs(design.resolve(file));
            }
        }
    }

    @Test
    void thePlotNamesEachWidthAtItsPlaceWithoutOverlap() throws Exception {
        assertThat(explore(model, "--bits", "2,3,4,8", "--calibrate", digits.images().toString(), "--folding", FOLDING))
                .as(err.toString()).isEqualTo(ExitStatus.OK);
        List<String[]> rows = rows();
        String svg = Files.readString(results.resolve("plots/accuracy-luts.svg"));
        String page = Files.readString(results.resolve("report.html"));
        assertThat(page).contains(svg, "bits-2/report.html", "results.json", "<td class=\"number\">" + rows.getFirst()[4] + "</td>");
        NodeList circles = elements(svg, "circle");
        assertThat(circles.getLength()).isEqualTo(4);
        for (int i = 1; i < 4; i++) {
            long more = lut(rows.get(i)) - lut(rows.get(i - 1));
            assertThat(Double.compare(number(circles, i, "cx"), number(circles, i - 1, "cx"))).isEqualTo(Long.signum(more));
        }
        NodeList texts = elements(svg, "text");
        List<Element> names = IntStream.range(0, texts.getLength())
                .mapToObj(i -> (Element) texts.item(i))
                .filter(text -> text.getTextContent().matches("\\d bits, .*"))
                .toList();
        assertThat(names).extracting(Element::getTextContent).containsExactlyElementsOf(
                rows.stream().map(row -> row[0] + " bits, " + row[1]).toList());
        for (Element one : names) {
            assertThat(names).filteredOn(other -> other != one
                    && Math.abs(place(other, "y") - place(one, "y")) < 28
                    && Math.abs(place(other, "x") - place(one, "x")) < 80).isEmpty();
        }
    }

    private static long lut(String[] row) {
        return Long.parseLong(row[4].replace(",", ""));
    }

    private static NodeList elements(String svg, String tag) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName(tag);
    }

    private static double number(NodeList elements, int i, String attribute) {
        return place((Element) elements.item(i), attribute);
    }

    private static double place(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    @Test
    void theResultsAreTheSameBytesEachTimeAndJsonPrintsThem() throws IOException {
        String[] options = {"--bits", "4", "--calibrate", digits.images().toString(), "--folding", FOLDING, "--json"};
        assertThat(explore(model, options)).as(err.toString()).isEqualTo(ExitStatus.OK);
        String json = Files.readString(results.resolve("results.json"));
        String page = Files.readString(results.resolve("report.html"));
        assertThat(json.strip()).isEqualTo(out.toString().strip())
                .contains("\"images\" : 60", "\"bits\" : 4", "\"folding\" : \"" + FOLDING + "\"", "\"design\" : \"bits-4\"",
                        "\"predictedIntervalCycles\" : ", "\"lut\" : ");
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            JsonToken last = null;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                last = token;
            }
            assertThat(last).isEqualTo(JsonToken.END_OBJECT);
        }
        assertThat(explore(model, options)).as(err.toString()).isEqualTo(ExitStatus.OK);
        assertThat(Files.readString(results.resolve("results.json"))).isEqualTo(json);
        assertThat(Files.readString(results.resolve("report.html"))).isEqualTo(page);
    }

    @Test
    void whatCannotBeExploredIsOneMessageAndNothingIsWritten() throws IOException {
        String images = digits.images().toString();
        assertRefused(explore(model), "--calibrate F is missing");
        assertRefused(explore(model, "--calibrate", images, "--bits", "4,1"), "--bits 1", "2 to 16");
        assertRefused(explore(model, "--calibrate", images, "--folding", "1x1"), "with weights of 3 bits: ", "folding");
        assertRefused(explore(model, "--calibrate", images, "--board", "pynq-z9"), "board 'pynq-z9' is not known");
        assertRefused(explore(digits.model(), "--calibrate", images), "quantized already");
        Path few = Files.writeString(folder.resolve("few.txt"), "1\n");
        assertThat(run("explore", "bits", model.toString(), "--images", images, "--labels", few.toString(), "--calibrate", images,
                "-o", results.toString())).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(err.toString()).contains("1 labels");
        assertRefused(run("explore", "bits", model.toString(), "--images", images, "--labels", few.toString(), "--frames", "0"),
                "--frames 0");
    }

    @Test
    void aFolderOfSomebodyElseIsLeftAlone() throws IOException {
        Path mine = Files.createDirectories(results.resolve("bits-5"));
        Files.writeString(mine.resolve("diary.txt"), "mine");
        assertThat(explore(model, "--calibrate", digits.images().toString())).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(err.toString()).contains("bits-5 holds more than a generated design (diary.txt");
        assertThat(results.resolve("bits-3")).doesNotExist();
        assertThat(results.resolve("report.html")).doesNotExist();
    }
}
