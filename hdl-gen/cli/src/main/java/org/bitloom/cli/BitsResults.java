package org.bitloom.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.Folding;
import org.bitloom.accelerator.Target;
import org.bitloom.cli.report.Page;
import org.bitloom.cli.report.Scatter;
import org.bitloom.hdl.cost.Resources;

/**
 * What widths of weights cost a network in accuracy, and give back in hardware: for a person (text, page with a plot) and
 * for programs (JSON).
 *
 * @param model        name of the network
 * @param calibration  what was done to it, in a sentence
 * @param images       how many test images
 * @param floatCorrect how many of them the network gets right before it is quantized
 */
record BitsResults(String model, String calibration, Target target, int images, long floatCorrect, List<Width> widths) {
    /** The folder of a width's design. */
    static String folder(int bits) {
        return "bits-" + bits;
    }

    /** The network with weights of one width, as hardware. */
    record Width(int bits, long correct, Accelerator accelerator, PredictionReport prediction) {
        private Resources total() {
            return prediction.total();
        }
    }

    private static final Set<String> PARTS = Set.of("plots", "report.html", "results.json");

    private static final List<String> HEADS =
            List.of("bits", "accuracy", "cycles", "latency", "LUT", "BRAM", "DSP", "folding");

    BitsResults {
        widths = List.copyOf(widths);
    }

    private List<List<String>> rows() {
        return widths.stream()
                .map(width -> List.of(
                        String.valueOf(width.bits()),
                        percent(width.correct()),
                        count(width.accelerator().intervalCycles()),
                        count(width.accelerator().latencyCycles()),
                        count(width.total().lut()),
                        count(width.total().bram()),
                        count(width.total().dsp()),
                        Folding.text(width.accelerator().foldings())))
                .toList();
    }

    private List<Fact> facts() {
        return List.of(
                new Fact("Model", model + ", weights of " + String.join(", ", widths.stream()
                        .map(width -> String.valueOf(width.bits()))
                        .toList()) + " bits in every layer"),
                new Fact("Note", calibration),
                new Fact("Device", target.family().name().toLowerCase(Locale.ROOT)
                        + (target.board() == null ? "" : ", " + target.board())
                        + (target.hasClock() ? " at " + target.clockText() + " MHz" : "")),
                new Fact("Float", percent(floatCorrect) + " of " + count(images) + " test images"));
    }

    /** @throws CommandException where a folder holds anything but results and designs of widths */
    static void requireReplaceable(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw CommandException.badInput(folder + " is a file; choose a folder with -o");
        }
        try (Stream<Path> entries = Files.list(folder)) {
            Optional<String> other = entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !PARTS.contains(name) && !name.matches("bits-\\d+"))
                    .sorted()
                    .findFirst();
            if (other.isPresent()) {
                throw CommandException.badInput(folder + " holds more than the results of explore bits (" + other.get()
                        + ") and is left alone; choose an empty or new folder with -o");
            }
        }
    }

    void print(PrintWriter out) {
        facts().forEach(fact -> fact.print(out));
        out.println();
        Table table = new Table(HEADS);
        rows().forEach(table::row);
        table.print(out);
        out.println();
    }

    /** Writes {@code results.json}, the plot and the page that shows it; the designs lie there already. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        JsonOutput.write(folder.resolve("results.json"), this::json);
        page().writeTo(folder);
    }

    private Page page() {
        Page page = new Page("Bits of weights: " + model, "plots");
        page.list(facts().stream().map(Fact::cells).toList());
        page.figure("accuracy-luts", plot().svg(), "What each width costs in LUTs and gives in accuracy; beside it the cycles"
                + " of a frame. Accuracy is that of the integers, which the hardware computes bit for bit.");
        page.table(HEADS, rows())
                .paragraph("Cycles from one frame to the next, and from a frame's first word to its last result; LUT, BRAM and"
                        + " DSP predicted before any synthesis.");
        widths.forEach(width -> page.link(folder(width.bits()) + "/report.html",
                "%d bits: layers, resources and weights of the design".formatted(width.bits())));
        page.link("results.json", "All of it for programs: results.json");
        return page;
    }

    private Scatter plot() {
        return new Scatter(model + ", weights of n bits",
                "LUTs, predicted for " + (target.board() == null
                        ? target.family().name().toLowerCase(Locale.ROOT)
                        : target.board().name()),
                "%% of %s test images right".formatted(count(images)),
                new Scatter.Line(share(floatCorrect), "float, " + percent(floatCorrect)),
                widths.stream()
                        .map(width -> new Scatter.Point(width.total().lut(), share(width.correct()),
                                "%d bits, %s".formatted(width.bits(), percent(width.correct())),
                                count(width.accelerator().intervalCycles()) + " cycles"))
                        .toList());
    }

    void json(JsonGenerator json) throws IOException {
        json.writeStringField("model", model);
        json.writeStringField("calibration", calibration);
        json.writeNumberField("images", images);
        json.writeNumberField("floatCorrect", floatCorrect);
        json.writeNumberField("floatAccuracy", (double) floatCorrect / images);
        json.writeArrayFieldStart("widths");
        for (Width width : widths) {
            json.writeStartObject();
            json.writeNumberField("bits", width.bits());
            json.writeNumberField("correct", width.correct());
            json.writeNumberField("accuracy", (double) width.correct() / images);
            json.writeStringField("design", folder(width.bits()));
            DesignSummary.write(width.accelerator(), json);
            width.prediction().write(json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private double share(long correct) {
        return 100.0 * correct / images;
    }

    private String percent(long correct) {
        return String.format(Locale.ROOT, "%.2f %%", share(correct));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
