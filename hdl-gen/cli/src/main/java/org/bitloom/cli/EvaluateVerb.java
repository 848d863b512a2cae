package org.bitloom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bitloom.compression.FloatClassifier;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.model.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The accuracy of the golden model: what the hardware will score, as it computes the same integers. */
@Command(
        name = "evaluate",
        header = "Runs images through the golden model, which the hardware equals bit for bit: accuracy.",
        description = {
            "A model of real numbers, in which nothing is quantized yet, is evaluated in float32 as it is written; so is",
            "any other graph with --float. With --bits or --recipe it is quantized first.%n"
        },
        footer = {
            "%nExample:",
            "  ./bitloom evaluate TFC_1W1A.onnx --images t10k-images-idx3-ubyte.gz --labels t10k-labels-idx1-ubyte.gz",
            "  ./bitloom evaluate lenet_iter_10000.caffemodel --input 1x28x28 --images t10k-images-idx3-ubyte.gz"
                    + " --labels t10k-labels-idx1-ubyte.gz",
            "  ./bitloom evaluate lenet_iter_10000.caffemodel --input 1x28x28 --bits 4 --calibrate train-images-idx3-ubyte.gz"
                    + " --images t10k-images-idx3-ubyte.gz --labels t10k-labels-idx1-ubyte.gz"
        })
final class EvaluateVerb implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = ModelFile.KINDS)
    private Path model;

    @Mixin
    private ModelOptions modelOptions = ModelOptions.none();

    @Mixin
    private TestImages testImages = new TestImages();

    @Option(
            names = "--float",
            description = "Evaluate the float graph itself, also where it could be folded; with --bits or --recipe its"
                    + " weights are quantized, its activations not.")
    private boolean asFloat;

    @Mixin
    private Answer answer = new Answer();

    @Mixin
    private ProgressOption progressOption = new ProgressOption();

    @Override
    public Integer call() throws Exception {
        testImages.requireSome();
        QuantizeOptions quantize = modelOptions.quantize();
        switch (ModelSource.read(model, modelOptions.file())) {
            case ModelSource.Graph(Model graph) when asFloat || !quantize.isGiven() && FloatClassifier.isPlainFloat(graph) ->
                evaluate(new FloatClassifier(quantize.applyToWeights(graph)));
            case ModelSource.Integers i when asFloat ->
                throw CommandException.badInput("%s holds integers: --float is for an .onnx file or a .caffemodel."
                        .formatted(model));
            case ModelSource source -> evaluate(ModelFile.of(source, model, quantize));
        }
        return ExitStatus.OK;
    }

    private void evaluate(FloatClassifier classifier) throws IOException {
        Model graph = classifier.model();
        LabelledImages images = testImages.open(classifier.input().shape());
        long correct;
        try (TerminalProgress progress = progressOption.start()) {
            correct = images.correct(classifier, "images", progress);
        }
        String network = "%s: %s -> %d operators -> %s of float32"
                .formatted(graph.name(), classifier.input().shape(), graph.nodes().size(), graph.shapeOf(graph.outputs().getFirst()));
        List<String> notes = new ArrayList<>(graph.notes());
        notes.add(modelOptions.quantize().isGiven()
                ? "Evaluated in float32 with quantized weights; activations are not quantized."
                : "Evaluated in float32 as the model is written; nothing is quantized.");
        print(graph.name(), network, "float32", notes, images.count(), correct);
    }

    private void evaluate(ModelFile opened) throws IOException {
        IntegerNetwork network = opened.network();
        LabelledImages images = testImages.open(network.inputShape());
        long correct;
        try (TerminalProgress progress = progressOption.start()) {
            correct = images.correct(network, "images", progress);
        }
        print(network.name(), network.toString(), "integer", opened.notes(), images.count(), correct);
    }

    private void print(String name, String network, String arithmetic, List<String> notes, int count, long correct)
            throws IOException {
        var out = answer.out();
        if (answer.isJson()) {
            JsonOutput.print(out, generator -> {
                generator.writeStringField("network", name);
                generator.writeStringField("arithmetic", arithmetic);
                generator.writeNumberField("images", count);
                generator.writeNumberField("correct", correct);
                generator.writeNumberField("accuracy", (double) correct / count);
                generator.writeArrayFieldStart("notes");
                for (String note : notes) {
                    generator.writeString(note);
                }
                generator.writeEndArray();
            });
        } else {
            out.println("Network   " + network);
            notes.forEach(note -> out.println("Note      " + note));
            out.printf("Accuracy  %,d of %,d images (%.2f %%)%n", correct, count, 100.0 * correct / count);
        }
    }
}
