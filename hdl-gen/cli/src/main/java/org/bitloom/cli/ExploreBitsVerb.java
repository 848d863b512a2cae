package org.bitloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.AcceleratorException;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.accelerator.Target;
import org.bitloom.compression.FloatClassifier;
import org.bitloom.network.model.Model;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One network with weights of several widths: accuracy, cycles and resources of each. */
@Command(
        name = "bits",
        header = "Accuracy, cycles and resources of a network quantized to several numbers of bits.",
        description = {
            "For each number of bits the network is quantized as compile --bits does it, mapped with the options given, and",
            "scored on all test images with the integers that the hardware computes. DIR/report.html shows the table and a",
            "plot, DIR/results.json has them for programs, DIR/bits-N is the design of each width.%n"
        },
        footer = {
            "%nExample:",
            "  ./bitloom explore bits lenet_iter_10000.caffemodel --input 1x28x28 --images t10k-images-idx3-ubyte.gz \\",
            "      --labels t10k-labels-idx1-ubyte.gz --calibrate train-images-idx3-ubyte.gz --board pynq-z1 \\",
            "      --folding 2x5,3x10,1x9,1x1"
        })
final class ExploreBitsVerb implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = "A float network: a .caffemodel or an .onnx file.")
    private Path model;

    @Mixin
    private CaffeFileOptions fileOptions = new CaffeFileOptions();

    @Option(
            names = "--bits",
            paramLabel = "N",
            split = ",",
            defaultValue = "3,4,5,6,8",
            description = "Bits of a weight in every layer; activations have as many but at least 8 and at most 12"
                    + " (default: ${DEFAULT-VALUE}).")
    private List<Integer> bits = new ArrayList<>();

    @Mixin
    private CalibrateOption calibrate = new CalibrateOption();

    @Mixin
    private TestImages testImages = new TestImages();

    @Mixin
    private HardwareOptions hardware = new HardwareOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Folder for table, plot and designs (default: rtl-out/bits-NAME).")
    private @Nullable Path output;

    @Mixin
    private Answer answer = new Answer();

    @Mixin
    private ProgressOption progressOption = new ProgressOption();

    /** A width that is mapped and not yet scored. */
    private record Mapped(int bits, ModelFile opened, Accelerator accelerator) {}

    @Override
    public Integer call() throws Exception {
        testImages.requireSome();
        List<Integer> wanted = bits.stream().distinct().sorted().toList();
        wanted.forEach(QuantizeOptions::uniform);
        Target target = hardware.target();
        Model graph = ModelSource.readFloat(model, fileOptions);
        FloatClassifier classifier = new FloatClassifier(graph);
        LabelledImages test = testImages.open(classifier.input().shape());
        Path folder = output != null ? output : Path.of("rtl-out", "bits-" + graph.name());
        BitsResults.requireReplaceable(folder);
        wanted.forEach(each -> GeneratedDesign.requireReplaceable(folder.resolve(BitsResults.folder(each))));
        BitsResults results;
        try (TerminalProgress progress = progressOption.start()) {
            List<Mapped> mapped = map(graph, wanted, target, progress);
            List<BitsResults.Width> widths = new ArrayList<>();
            for (Mapped each : mapped) {
                PredictionReport prediction = new PredictionReport(each.accelerator(), target);
                long correct = test.correct(each.opened().network(), each.bits() + " bits on test images", progress);
                widths.add(new BitsResults.Width(each.bits(), correct, each.accelerator(), prediction));
            }
            long floatCorrect = test.correct(classifier, "float on test images", progress);
            results = new BitsResults(graph.name(), calibrate.note("to weights of as many bits in every layer"), target,
                    test.count(), floatCorrect, widths);
            for (int i = 0; i < mapped.size(); i++) {
                Mapped each = mapped.get(i);
                progress.at("writing %d bits".formatted(each.bits()), i, mapped.size());
                GeneratedDesign.write(each.accelerator(), target,
                        new DesignPage(each.opened(), each.accelerator(), widths.get(i).prediction()),
                        folder.resolve(BitsResults.folder(each.bits())));
            }
        }
        results.write(folder);
        PrintWriter out = answer.out();
        if (answer.isJson()) {
            JsonOutput.print(out, results::json);
        } else {
            graph.notes().forEach(note -> new Fact("Note", note).print(out));
            results.print(out);
            new Fact("Report", Report.shown(folder.resolve("report.html")).toString()).print(out);
        }
        return ExitStatus.OK;
    }

    /** All widths before any is written: what cannot be mapped is refused without a trace. */
    private List<Mapped> map(Model graph, List<Integer> wanted, Target target, TerminalProgress progress)
            throws IOException {
        List<Mapped> mapped = new ArrayList<>();
        for (int each : wanted) {
            progress.at("quantizing and mapping %d bits".formatted(each), mapped.size(), wanted.size());
            ModelFile opened = ModelFile.quantized(calibrate.quantized(graph, QuantizeOptions.uniform(each)),
                    calibrate.note("to weights of " + each + " bits"));
            mapped.add(new Mapped(each, opened, accelerator(opened, each, target)));
        }
        return mapped;
    }

    private Accelerator accelerator(ModelFile opened, int bits, Target target) {
        try {
            return hardware.accelerator(opened, target);
        } catch (AcceleratorException e) {
            throw new AcceleratorException("with weights of " + bits + " bits: " + e.getMessage(), e);
        }
    }
}
