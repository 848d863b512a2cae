package org.bitloom.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bitloom.compression.mask.Masks;
import org.bitloom.compression.mask.PublishedMasks;
import org.bitloom.compression.mask.Score;
import org.bitloom.network.BitPattern;

/** The bit-mask experiment for a person (text, page with plots) and for programs (JSON, CSV). */
final class MaskReport {
    private static final int SHOWN = 5;

    private final MaskResults results;

    MaskReport(MaskResults results) {
        this.results = results;
    }

    /** A table as any of the outputs shows it. */
    record Sheet(String title, List<String> heads, List<List<String>> rows) {}

    /** All sheets: the published tables beside ours, the patterns alike on all layers, the search. */
    List<Sheet> sheets(int patterns) {
        List<Sheet> sheets = new ArrayList<>();
        results.published().forEach(table -> sheets.add(sheet(table)));
        for (int i = 0; i < results.bits().size(); i++) {
            List<BitPattern> all = sorted(results.patterns().get(i));
            List<BitPattern> shown = all.size() <= 2 * patterns ? all
                    : Stream.concat(all.stream().limit(patterns), all.stream().skip(all.size() - patterns)).toList();
            sheets.add(new Sheet(
                    "%d bits, all masked layers alike: %s of %d patterns".formatted(results.bits().get(i),
                            shown.size() == all.size() ? "all" : "the best and the worst " + patterns, all.size()),
                    List.of("pattern", "", "accuracy"),
                    shown.stream()
                            .map(pattern -> List.of(
                                    pattern.toString(), pattern.listed(), share(results.uniform(pattern).accuracy())))
                            .toList()));
        }
        if (!results.choices().isEmpty()) {
            sheets.add(search());
        }
        return sheets;
    }

    private List<BitPattern> sorted(List<BitPattern> patterns) {
        return patterns.stream()
                .sorted(Comparator.comparing((BitPattern pattern) -> results.uniform(pattern), Score.BEST_FIRST))
                .toList();
    }

    /** Differences are those to the table's first line, as in the thesis. */
    private Sheet sheet(PublishedMasks.Table table) {
        PublishedMasks.Row first = table.rows().getFirst();
        double base = results.score(first.masks()).accuracy();
        List<List<String>> rows = new ArrayList<>();
        for (PublishedMasks.Row row : table.rows()) {
            double ours = results.score(row.masks()).accuracy();
            boolean isBase = row.equals(first);
            OptionalDouble published = row.published();
            rows.add(List.of(
                    row.masks().toString(),
                    row.masks().listed(),
                    published.isEmpty() ? "not known" : three(published.getAsDouble()),
                    published.isEmpty() || isBase ? "" : signed(published.getAsDouble() - first.published().orElseThrow()),
                    share(ours),
                    isBase ? "" : signed(ours - base)));
        }
        return new Sheet(table.title(), List.of("conv1 / conv2", "", "thesis", "", "ours", ""), rows);
    }

    private Sheet search() {
        List<List<String>> rows = new ArrayList<>();
        for (MaskResults.Choice choice : results.choices()) {
            rows.add(row(choice.bits(), "alike", choice.search().uniform(), choice.search().uniformScore(),
                    choice.uniformOnTest()));
            rows.add(row(choice.bits(), "by layer", choice.search().best(), choice.search().bestScore(),
                    choice.bestOnTest()));
        }
        int images = results.choices().getFirst().search().bestScore().images();
        return new Sheet("Chosen on %,d calibration images".formatted(images),
                List.of("bits", "layers", "pattern", "calibration", "test"), rows);
    }

    private static List<String> row(int bits, String layers, Masks masks, Score calibration, Score test) {
        return List.of(String.valueOf(bits), layers, masks.toString(), share(calibration.accuracy()), share(test.accuracy()));
    }

    private static String share(double accuracy) {
        return String.format(Locale.ROOT, "%.4f", accuracy);
    }

    private static String three(double accuracy) {
        return String.format(Locale.ROOT, "%.3f", accuracy);
    }

    private static String signed(double difference) {
        return String.format(Locale.ROOT, "(%+.3f)", difference);
    }

    /** What the thesis says of LeNet, and whether it is so here. */
    List<String> findings() {
        List<String> findings = new ArrayList<>();
        if (results.published().isEmpty()) {
            return findings;
        }
        findings.add(finding("below 0.6", Masks.parse("3_0_0", "3_0_0"), 0, 0.6));
        findings.add(finding("below 0.6", Masks.parse("4_0_0", "4_0_0"), 0, 0.6));
        findings.add(finding("at least 0.98", Masks.parse("6_2_0_1_0", "6_2_0_1_0"), 0.98, 2));
        findings.add(finding("at least 0.97", Masks.parse("5_2_0_1_0", "6_3_0_1_2_0"), 0.97, 2));
        BitPattern worst = PublishedMasks.threeBits().stream()
                .max(Comparator.comparing(pattern -> results.uniform(pattern), Score.BEST_FIRST))
                .orElseThrow();
        findings.add("the worst of the masked 3-bit patterns is X0.X0000X: "
                + (worst.equals(BitPattern.parse("X0.X0000X")) ? "yes" : "no, " + worst));
        return findings;
    }

    private String finding(String what, Masks masks, double least, double below) {
        double accuracy = results.score(masks).accuracy();
        return masks + " " + what + ": " + (accuracy >= least && accuracy < below ? "yes" : "no") + ", " + share(accuracy);
    }

    void print(PrintWriter out) {
        out.printf("Model     %s, masked: %s%n", results.model().name(), layerNames());
        results.model().notes().forEach(note -> out.println("Note      " + note));
        out.printf("Float     %s on %,d test images%n", share(results.score(Masks.NONE).accuracy()), results.images());
        for (Sheet sheet : sheets(SHOWN)) {
            out.println();
            out.println(sheet.title());
            Table table = new Table(sheet.heads());
            sheet.rows().forEach(table::row);
            table.print(out);
        }
        out.println();
        findings().forEach(finding -> out.println("Finding   " + finding));
    }

    String layerNames() {
        return String.join(", ", results.layers().layers().stream().map(layer -> layer.name()).toList());
    }

    void json(JsonGenerator json) throws IOException {
        json.writeStringField("model", results.model().name());
        json.writeNumberField("images", results.images());
        json.writeStringField("rule", results.layers().rule().name().toLowerCase(Locale.ROOT));
        json.writeArrayFieldStart("layers");
        for (var layer : results.layers().layers()) {
            json.writeString(layer.name());
        }
        json.writeEndArray();
        json.writeNumberField("float", results.score(Masks.NONE).accuracy());
        json.writeArrayFieldStart("masks");
        for (var entry : results.scores().entrySet()) {
            json.writeStartObject();
            write(json, "", entry.getKey(), entry.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("chosen");
        for (MaskResults.Choice choice : results.choices()) {
            json.writeStartObject();
            json.writeNumberField("bits", choice.bits());
            json.writeNumberField("calibrationImages", choice.search().bestScore().images());
            write(json, "", choice.search().best(), choice.bestOnTest());
            json.writeNumberField("calibrationAccuracy", choice.search().bestScore().accuracy());
            write(json, "uniform", choice.search().uniform(), choice.uniformOnTest());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("findings");
        for (String finding : findings()) {
            json.writeString(finding);
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, String prefix, Masks masks, Score score) throws IOException {
        json.writeStringField(prefix.isEmpty() ? "masks" : prefix + "Masks", masks.listed());
        json.writeNumberField(prefix.isEmpty() ? "correct" : prefix + "Correct", score.correct());
        json.writeNumberField(prefix.isEmpty() ? "accuracy" : prefix + "Accuracy", score.accuracy());
    }

    /** Every file is written whole: {@code masks.json}, {@code accuracy.csv}, the plots and the page that shows them. */
    void write(Path folder) throws IOException {
        JsonOutput.write(folder.resolve("masks.json"), this::json);
        Files.writeString(folder.resolve("accuracy.csv"), csv());
        new MaskPage(results, this).write(folder);
    }

    private String csv() {
        StringBuilder csv = new StringBuilder("masks,shown,images,correct,accuracy\n");
        results.scores().forEach((masks, score) -> csv.append(String.join(",", masks.listed(), masks.toString(),
                String.valueOf(score.images()), String.valueOf(score.correct()), share(score.accuracy()))).append('\n'));
        return csv.toString();
    }
}
