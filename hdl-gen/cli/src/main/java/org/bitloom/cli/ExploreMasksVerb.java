package org.bitloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.bitloom.compression.FloatClassifier;
import org.bitloom.compression.mask.MaskExperiment;
import org.bitloom.compression.mask.MaskSearch;
import org.bitloom.compression.mask.MaskedLayers;
import org.bitloom.compression.mask.Masks;
import org.bitloom.compression.mask.PatternSet;
import org.bitloom.compression.mask.PublishedMasks;
import org.bitloom.compression.mask.Score;
import org.bitloom.compression.mask.ScoreFile;
import org.bitloom.compression.mask.ScoredSet;
import org.bitloom.network.BitPattern;
import org.bitloom.network.model.Model;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The bit-mask experiment: weights of a trained network in formats with masked bits, activations in float. */
@Command(
        name = "masks",
        header = "Bit-mask quantization: the accuracy of every pattern of masked bits, and a search layer by layer.",
        description = {
            "The weights of the convolutions are rounded to each pattern (X0.0XXX: sign, masked integer bit, one masked and",
            "three kept fraction bits), without training again; activations stay in float. For LeNet the tables of the",
            "bit-mask thesis are printed beside ours. With --calibrate a pattern is chosen for each layer on those images,",
            "and scored once on the test images. Interrupted work goes on where it stopped: DIR/scores.csv knows every",
            "score. DIR/report.html shows tables and plots.%n"
        },
        footer = {
            "%nExample:",
            "  ./bitloom explore masks lenet_iter_10000.caffemodel --input 1x28x28 --images t10k-images-idx3-ubyte.gz \\",
            "      --labels t10k-labels-idx1-ubyte.gz --calibrate train-images-idx3-ubyte.gz \\",
            "      --calibrate-labels train-labels-idx1-ubyte.gz"
        })
final class ExploreMasksVerb implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A float network: a .caffemodel or an .onnx file.")
    private Path model;

    @Mixin
    private CaffeFileOptions fileOptions = new CaffeFileOptions();

    @Mixin
    private TestImages testImages = new TestImages();

    @Option(
            names = "--calibrate",
            paramLabel = "F",
            description = "Images to choose patterns on: training images, never the test images.")
    private @Nullable Path calibration;

    @Option(
            names = "--calibrate-labels",
            paramLabel = "F",
            description = "Their classes (default: the same file, where images and labels lie together).")
    private @Nullable Path calibrationLabels;

    @Option(
            names = "--calibrate-frames",
            paramLabel = "N",
            description = "How many of them are used (default: ${DEFAULT-VALUE}).")
    private int calibrationFrames = 2000;

    @Option(
            names = "--bits",
            paramLabel = "N",
            split = ",",
            description = "Stored bits of a weight, sign included (default: 3,4).")
    private List<Integer> bits = List.of(3, 4);

    @Option(
            names = "--width",
            paramLabel = "W",
            description = "Widest pattern, masked bits included (default: ${DEFAULT-VALUE}).")
    private int width = 8;

    @Option(
            names = "--rule",
            paramLabel = "RULE",
            description = "What becomes of a weight that needs masked bits: ${COMPLETION-CANDIDATES} (default: mask, as in"
                    + " the thesis: it loses them).")
    private BitPattern.Overflow rule = BitPattern.Overflow.MASK;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            description = "Patterns tried for a layer, those that represent its weights best (default: ${DEFAULT-VALUE}).")
    private int candidates = 12;

    @Option(names = "--dense", description = "Mask the fully connected layers as well.")
    private boolean dense;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Folder for scores, tables and plots (default: rtl-out/masks-NAME).")
    private @Nullable Path output;

    @Mixin
    private Answer answer = new Answer();

    @Mixin
    private ProgressOption progressOption = new ProgressOption();

    @Override
    public Integer call() throws Exception {
        testImages.requireSome();
        if (calibrationFrames < 1 || candidates < 1) {
            throw CommandException.badInput("--calibrate-frames and --candidates are at least 1.");
        }
        Model graph = ModelSource.readFloat(model, fileOptions);
        Path folder = output != null ? output : Path.of("rtl-out", "masks-" + graph.name());
        MaskResults results;
        try (TerminalProgress progress = progressOption.start()) {
            results = explore(graph, folder, progress);
        }
        MaskReport report = new MaskReport(results);
        report.write(folder);
        PrintWriter out = answer.out();
        if (answer.isJson()) {
            JsonOutput.print(out, report::json);
        } else {
            report.print(out);
            out.println("Report    " + Report.shown(folder.resolve("report.html")));
        }
        return ExitStatus.OK;
    }

    private MaskResults explore(Model graph, Path folder, TerminalProgress progress) throws IOException {
        FloatClassifier classifier = new FloatClassifier(graph);
        MaskedLayers layers = MaskedLayers.of(graph, classifier.evaluator(), dense, rule);
        MaskExperiment experiment = new MaskExperiment(classifier, layers);
        LabelledImages test = testImages.open(classifier.input().shape());
        List<List<BitPattern>> patterns = new ArrayList<>();
        bits = bits.stream().distinct().toList();
        for (int each : bits) {
            patterns.add(PatternSet.of(each, width));
        }
        Scoring scoring = new Scoring(experiment, graph, ScoreFile.open(folder.resolve("scores.csv")), progress);
        ScoredSet tested = scoring.on(test);
        List<PublishedMasks.Table> published =
                rule == BitPattern.Overflow.MASK && PublishedMasks.areAbout(layers)
                        ? PublishedMasks.tables()
                        : List.of();
        List<Masks> wanted = new ArrayList<>(List.of(Masks.NONE));
        published.forEach(table -> table.rows().forEach(row -> wanted.add(row.masks())));
        patterns.forEach(list -> list.forEach(
                pattern -> wanted.add(Masks.uniform(pattern, layers.layers().size()))));
        Map<Masks, Score> scores = tested.scores(wanted, "patterns on test images");
        List<MaskResults.Choice> choices = new ArrayList<>();
        if (calibration != null) {
            LabelledImages training = LabelledImages.open(
                    calibration, calibrationLabels != null ? calibrationLabels : calibration, classifier.input().shape());
            ScoredSet calibrated = scoring.on(training.first(calibrationFrames));
            for (int i = 0; i < patterns.size(); i++) {
                MaskSearch.Result found = new MaskSearch(layers, calibrated, candidates).among(patterns.get(i));
                Map<Masks, Score> judged =
                        tested.scores(List.of(found.uniform(), found.best()), "the chosen patterns on test images");
                choices.add(new MaskResults.Choice(
                        bits.get(i),
                        found,
                        Objects.requireNonNull(judged.get(found.uniform())),
                        Objects.requireNonNull(judged.get(found.best()))));
            }
        }
        return new MaskResults(graph, layers, tested.count(), scores, published, bits, patterns, choices);
    }

    /** What every set of images is scored with. */
    private record Scoring(MaskExperiment experiment, Model graph, ScoreFile file, TerminalProgress progress) {
        ScoredSet on(LabelledImages images) {
            return new ScoredSet(
                    experiment, graph, images.images(), images.labels(), images.count(), file, progress::at);
        }
    }
}
