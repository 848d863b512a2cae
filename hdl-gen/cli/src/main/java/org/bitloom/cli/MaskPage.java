package org.bitloom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.bitloom.cli.report.BarChart;
import org.bitloom.cli.report.Histogram;
import org.bitloom.cli.report.Page;
import org.bitloom.compression.mask.MaskedLayers;
import org.bitloom.compression.mask.Masks;
import org.bitloom.compression.mask.PublishedMasks;
import org.bitloom.compression.mask.Score;
import org.bitloom.network.BitPattern;

/** The plots of the bit-mask experiment, and {@code report.html}, which shows them with the tables. */
final class MaskPage {
    private final MaskResults results;
    private final MaskReport report;

    MaskPage(MaskResults results, MaskReport report) {
        this.results = results;
        this.report = report;
    }

    void write(Path folder) throws IOException {
        Page page = new Page("Bit masks: " + results.model().name(), "plots");
        page.paragraph("The weights of %s in formats with masked bits, rule '%s'; activations in float, %,d test images. "
                        .formatted(report.layerNames(), results.layers().rule().name().toLowerCase(Locale.ROOT),
                                results.images())
                + "The trained network itself scores %.4f.".formatted(results.score(Masks.NONE).accuracy()));
        report.findings().forEach(page::paragraph);
        page.heading("Accuracy against pattern");
        for (int i = 0; i < results.bits().size(); i++) {
            int bits = results.bits().get(i);
            page.figure("accuracy-%d-bits".formatted(bits), accuracy(bits, results.patterns().get(i)).svg(),
                    "%d bits, all masked layers alike; best first.".formatted(bits));
        }
        page.heading("Weights and representable values");
        List<MaskedLayers.Layer> layers = results.layers().layers();
        for (int layer = 0; layer < layers.size(); layer++) {
            String name = layers.get(layer).name();
            page.figure("weights-" + name, weights(layer).svg(),
                    "Trained weights of " + name + "; the marks below are the values that each format has.");
        }
        page.heading("Tables");
        for (MaskReport.Sheet sheet : report.sheets(Integer.MAX_VALUE / 2)) {
            page.paragraph(sheet.title()).table(sheet.heads(), sheet.rows());
        }
        page.link("masks.json", "All of it for programs: masks.json").link("accuracy.csv", "accuracy.csv");
        page.writeTo(folder);
    }

    private BarChart accuracy(int bits, List<BitPattern> patterns) {
        List<BarChart.Bar> bars = patterns.stream()
                .sorted(Comparator.comparing((BitPattern pattern) -> results.uniform(pattern), Score.BEST_FIRST))
                .map(pattern -> new BarChart.Bar(
                        pattern.toString(), results.uniform(pattern).accuracy(), published(pattern)))
                .toList();
        boolean any = bars.stream().anyMatch(bar -> bar.published().isPresent());
        return new BarChart("%s, %d-bit weights".formatted(results.model().name(), bits),
                "share of %,d test images classified right".formatted(results.images()), any ? "thesis" : "", bars);
    }

    private OptionalDouble published(BitPattern pattern) {
        Masks masks = Masks.uniform(pattern, results.layers().layers().size());
        return results.published().stream()
                .flatMap(table -> table.rows().stream())
                .filter(row -> row.masks().equals(masks) && row.published().isPresent())
                .map(PublishedMasks.Row::published)
                .findFirst()
                .orElse(OptionalDouble.empty());
    }

    /** Under the weights the pattern that suits them best, and the plain format of as many bits. */
    private Histogram weights(int layer) {
        MaskedLayers.Layer masked = results.layers().layers().get(layer);
        List<Histogram.Comb> combs = new ArrayList<>();
        for (int i = 0; i < results.bits().size(); i++) {
            int bits = results.bits().get(i);
            combs.add(comb(chosen(layer, i)));
            combs.add(comb(BitPattern.plain(bits)));
        }
        return new Histogram(results.model().name() + ", weights of " + masked.name(), "weight", masked.trained().toArray(), 0,
                combs);
    }

    /** What the search chose for a layer, or else the best pattern for all layers alike. */
    private BitPattern chosen(int layer, int which) {
        if (!results.choices().isEmpty()) {
            return results.choices().get(which).search().best().patterns().get(layer);
        }
        return results.patterns().get(which).stream()
                .min(Comparator.comparing((BitPattern pattern) -> results.uniform(pattern), Score.BEST_FIRST))
                .orElseThrow();
    }

    private static Histogram.Comb comb(BitPattern pattern) {
        return new Histogram.Comb(pattern.toString(), pattern.numbers());
    }
}
