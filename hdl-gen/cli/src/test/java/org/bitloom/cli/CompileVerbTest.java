package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bitloom.training.DigitsFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** Boards, rates and foldings as a script sees them: what is chosen, what is refused, and that then nothing is written. */
class CompileVerbTest {
    @TempDir
    private Path folder;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();
    private String model = "";
    private Path design = Path.of("");

    @BeforeEach
    void unpack() {
        model = DigitsFiles.unpack(folder).model().toString();
        design = folder.resolve("rtl-out");
    }

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        return Bitloom.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private int compile(String... more) {
        String[] arguments = new String[4 + more.length];
        System.arraycopy(new String[] {"compile", model, "-o", design.toString()}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return run(arguments);
    }

    private void assertRefused(String... parts) {
        assertThat(err.toString()).contains(parts).doesNotContain("\tat ");
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
        assertThat(design).doesNotExist();
    }

    @Test
    void aRateOnABoardChoosesTheFolding() throws IOException {
        assertThat(compile("--board", "PYNQ Z1", "--fps", "1e6")).as(err.toString()).isEqualTo(ExitStatus.OK);
        assertThat(out.toString())
                .contains("Layer", "PE x SIMD", "LUT", "BRAM", "total", "of pynq-z1", " %")
                .containsPattern("Speed +[0-9,]+ frames/s, [0-9,.]+ us latency at 125 MHz")
                .containsPattern("Clock +about [0-9]+ MHz, limited by the [\\w ]+ of \\w+ \\([0-9]+ LUT");
        String frames = out.toString().replaceAll("(?s).*Speed +([0-9,]+) frames/s.*", "$1").replace(",", "");
        assertThat(Integer.parseInt(frames)).isGreaterThanOrEqualTo(1_000_000);
        assertThat(Files.readString(design.resolve("manifest.json")))
                .contains("\"board\" : \"pynq-z1\"", "\"clockMegahertz\" : 125.0", "\"predictedResources\"");
    }

    @Test
    void theFamilyAndTheClockComeWithTheBoard() throws IOException {
        assertThat(compile("--board", "ulx3s-85f", "--fps", "10000", "--clock", "50", "--json")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString())
                .contains(
                        "\"family\" : \"ecp5\"", "\"board\" : \"ulx3s-85f\"", "\"clockMegahertz\" : 50.0", "\"layers\" : [",
                        "\"predictedFramesPerSecond\" : ", "\"criticalStage\" : ", "\"available\" : {");
        assertThat(Files.readString(design.resolve("manifest.json"))).contains("\"family\" : \"ecp5\"");
    }

    @Test
    void aBoardAloneIsTakenAsFastAsFits() {
        assertThat(compile("--board", "icebreaker")).as(err.toString()).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("of icebreaker", "at 12 MHz");
    }

    @Test
    void aClockChoosesTheRegisters() throws IOException {
        assertThat(compile("--folding", "16x56,16x8,10x8", "--clock", "180")).as(err.toString()).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).containsPattern("Depth +\\w+ [0-9]\\+[0-9]").contains(" at 180 MHz").doesNotContain("missed");
        assertThat(Files.readString(design.resolve("manifest.json")))
                .contains("\"depths\" : {", "\"predictedCriticalPart\"", "\"clockMegahertz\" : 180.0");
        assertThat(run("simulate", design.toString(), "--images", DigitsFiles.unpack(folder).images().toString(), "--frames", "9"))
                .as(err.toString()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void aClockThatNoRegisterMeetsIsRefusedWithTheNearest() {
        assertThat(compile("--family", "ice40_up", "--clock", "200")).isEqualTo(ExitStatus.BAD_INPUT);
        assertRefused("a clock of 200 MHz is predicted to be missed on ice40_up: the ", " reaches ", "ask for up to --clock ");
        String nearest = err.toString().replaceAll("(?s).*--clock ([0-9.]+).*", "$1");
        assertThat(compile("--family", "ice40_up", "--clock", nearest)).as(err.toString()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingIsWritten() {
        assertThat(compile("--board", "icebreaker", "--fps", "4e6")).isEqualTo(ExitStatus.BAD_INPUT);
        assertRefused("it does not fit iCEBreaker", "are needed, ", "; layer ", "the nearest that fits is --folding ");
        assertThat(compile("--board", "icebreaker", "--folding", "64x784,64x64,10x64")).isEqualTo(ExitStatus.BAD_INPUT);
        assertRefused("with folding 64x784,64x64,10x64", "the nearest that fits is --folding ");
    }

    @Test
    void contradictionsAreRefused() {
        assertThat(compile("--board", "pynq-z1", "--fps", "5", "--folding", "1x1,1x1,1x1")).isEqualTo(ExitStatus.BAD_INPUT);
        assertRefused("not both");
        assertThat(compile("--board", "pynq-z1", "--family", "ecp5")).isEqualTo(ExitStatus.BAD_INPUT);
        assertRefused("is of family xilinx7, not ecp5");
        assertThat(compile("--fps", "5")).isEqualTo(ExitStatus.BAD_INPUT);
        assertRefused("--board, or --clock MHz");
        assertThat(compile("--board", "pynq-z9")).isEqualTo(ExitStatus.BAD_INPUT);
        assertRefused("board 'pynq-z9' is not known; known are ");
        assertThat(compile("--board", "pynq-z1", "--clock", "0")).isEqualTo(ExitStatus.BAD_INPUT);
        assertRefused("--clock is above 0 MHz");
    }

    @Test
    void thePageSaysWhatIsPrintedAndShowsEachLayersWeights() throws Exception {
        assertThat(compile("--board", "pynq-z1", "--fps", "1e6")).as(err.toString()).isEqualTo(ExitStatus.OK);
        String page = Files.readString(design.resolve("report.html"));
        List<String> rows = page.lines().map(line -> line.replaceAll("<[^>]*>", " ").replace("&gt;", ">")).toList();
        assertThat(rows).map(CompileVerbTest::plain).containsAll(out.toString().lines()
                .filter(line -> !line.matches("(Verilog|Report) .*"))
                .map(CompileVerbTest::plain)
                .toList());
        assertThat(out.toString()).contains("Report    " + design.resolve("report.html"));
        assertThat(page).contains("xilinx7: it fits PYNQ-Z1", "XNOR-popcount unit", "fc2: 4,096 integer weights (binary)");
        for (String layer : List.of("fc1", "fc2", "fc3")) {
            String svg = Files.readString(design.resolve("report/weights-" + layer + ".svg"));
            assertThat(page).contains(svg, "href=\"report/weights-" + layer + ".svg\"");
            Document figure = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
            assertThat(figure.getDocumentElement().getTextContent()).contains("digits, weights of " + layer, "binary");
        }
        for (String link : page.lines().filter(line -> line.contains("href=")).toList()) {
            assertThat(design.resolve(link.replaceAll(".*href=\"([^\"]*)\".*", "$1"))).isRegularFile();
        }
    }

    @Test
    void aReportSaysWhatCompileSaidFromTheFolderAlone() throws IOException {
        assertThat(compile("--board", "pynq-z1", "--folding", "16x56,16x8,10x8", "--clock", "112.5")).isEqualTo(ExitStatus.OK);
        String said = out.toString();
        assertThat(said).contains("at 112.5 MHz", "of pynq-z1");
        assertThat(run("report", design.toString())).as(err.toString()).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).isEqualTo(said);
        assertThat(compile("--family", "ecp5", "--json")).isEqualTo(ExitStatus.OK);
        said = out.toString();
        assertThat(run("report", design.toString(), "--json")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).isEqualTo(said);
        Files.writeString(design.resolve("rtl/digits.v"), "changed");
        assertThat(run("report", design.toString())).isEqualTo(ExitStatus.MISMATCH);
        assertThat(out.toString()).contains("Changed   digits.v: no longer what was generated");
        Files.delete(design.resolve("report.html"));
        assertThat(run("report", design.toString())).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(err.toString()).contains("report.html is missing: compile the model again");
        assertThat(run("report", folder.toString())).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(err.toString()).contains("is no generated design");
    }

    private static String plain(String line) {
        return line.strip().replaceAll("\\s+", " ");
    }

    @Test
    void aDesignWithItsPageIsReplacedByTheSameBytesAndSimulated() throws IOException {
        assertThat(compile()).isEqualTo(ExitStatus.OK);
        String page = Files.readString(design.resolve("report.html"));
        Files.writeString(design.resolve("report/weights-fc1.svg"), "changed");
        assertThat(compile()).as(err.toString()).isEqualTo(ExitStatus.OK);
        assertThat(Files.readString(design.resolve("report.html"))).isEqualTo(page);
        assertThat(page).contains(Files.readString(design.resolve("report/weights-fc1.svg")));
        assertThat(run("simulate", design.toString(), "--images", DigitsFiles.unpack(folder).images().toString(), "--frames", "3"))
                .as(err.toString()).isEqualTo(ExitStatus.OK);
    }

    @Test
    void theBoardsAreListedWithTheirCapacities() {
        assertThat(run("boards")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("pynq-z1", "xc7z020clg400-1", "53,200", "icebreaker");
        assertThat(run("boards", "--json")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("\"id\" : \"pynq-z1\"", "\"lut\" : 53200");
    }
}
