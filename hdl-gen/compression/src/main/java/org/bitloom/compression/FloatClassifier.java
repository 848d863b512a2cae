package org.bitloom.compression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bitloom.network.NetworkException;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;
import org.bitloom.network.model.Activation;
import org.bitloom.network.model.Batch;
import org.bitloom.network.model.BatchEvaluator;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Operator;
import org.bitloom.network.model.Quantizer;
import org.bitloom.network.model.Selection;

/** The classes that a float model gives for images: the index of its largest output, the first of equal ones. */
public final class FloatClassifier {
    private final Model model;
    private final ModelInput input;
    private final BatchEvaluator evaluator;
    private final boolean givesIndex;

    /** For a model and the meaning of its integers that it most likely expects. */
    public FloatClassifier(Model model) {
        this.model = model;
        this.input = ModelInput.of(model);
        this.evaluator = new BatchEvaluator(model);
        String output = model.outputs().getFirst();
        this.givesIndex = model.nodes().stream().anyMatch(node -> node.outputs().contains(output)
                && givesIndex(node, output));
        int size = model.shapeOf(output).size();
        if (!givesIndex && size < 2) {
            throw NetworkException.at(model.source(), "gives " + size + " numbers, which are no scores of classes",
                    "give a model that classifies");
        }
    }

    private static boolean givesIndex(Node node, String output) {
        return node.operator() instanceof Selection.ArgMax
                || node.operator() instanceof Selection.TopK && node.outputs().indexOf(output) == 1;
    }

    /** Whether nothing in a model makes integers of its numbers: such a model is evaluated, not folded. */
    public static boolean isPlainFloat(Model model) {
        return model.nodes().stream().map(Node::operator).noneMatch(FloatClassifier::quantizes);
    }

    private static boolean quantizes(Operator operator) {
        return operator instanceof Quantizer || operator instanceof Activation.Sign;
    }

    public Model model() {
        return model;
    }

    public ModelInput input() {
        return input;
    }

    public BatchEvaluator evaluator() {
        return evaluator;
    }

    /** The class of an image in what {@link BatchEvaluator#finish} has given. */
    public int classOf(Batch scores, int image) {
        if (givesIndex) {
            return (int) scores.at(0, image);
        }
        int best = 0;
        for (int i = 1; i < scores.shape().size(); i++) {
            if (scores.at(i, image) > scores.at(best, image)) {
                best = i;
            }
        }
        return best;
    }

    /** The images from {@code first} to {@code end − 1} as the model takes them. */
    public List<float[]> inputs(Images images, int first, int end) {
        List<float[]> inputs = new ArrayList<>();
        for (int i = first; i < end; i++) {
            inputs.add(input.of(images.image(i)));
        }
        return inputs;
    }

    /**
     * How many of the first {@code count} images get their label, on all processors.
     *
     * @param progress is told how many images are done, from several threads
     */
    public int correct(Images images, Labels labels, int count, IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        int batches = Math.ceilDiv(count, BatchEvaluator.IMAGES);
        return IntStream.range(0, batches).parallel().map(batch -> {
            int first = batch * BatchEvaluator.IMAGES;
            int end = Math.min(count, first + BatchEvaluator.IMAGES);
            Batch scores = evaluator.finish(evaluator.start(inputs(images, first, end)), Map.of());
            int correct = 0;
            for (int i = first; i < end; i++) {
                correct += classOf(scores, i - first) == labels.at(i) ? 1 : 0;
            }
            progress.accept(done.addAndGet(end - first));
            return correct;
        }).sum();
    }
}
