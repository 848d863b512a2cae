package org.bitloom.compression;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.integer.Classifier;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.LayerNames;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.OutputScale;

/**
 * Reads class and scores from what the model gives. The scale that is left at the end stays outside the integers; where
 * a batch-norm leaves a square root in it, it is kept to {@value #ROOT_BITS} bits, which is finer than any two scores
 * can be told apart in practice and changes no integer.
 */
final class OutputFolder {
    private static final int ROOT_BITS = 256;
    private static final int MAX_BIAS_BITS = 40;

    private final NetworkDraft draft;
    private final List<String> notes;

    OutputFolder(NetworkDraft draft, List<String> notes) {
        this.draft = draft;
        this.notes = notes;
    }

    IntegerNetwork network(String name, Value output) {
        return switch (output) {
            case Stream scores -> finish(name, biased(inOrder(scores)), false);
            case Value.ClassIndex(Stream scores) -> finish(name, biased(inOrder(scores)), true);
            case Margin m -> throw new NetworkException("the output is padded; remove the Pad at the end");
            case Lattice l -> throw notFromInput();
            case Value.Known k -> throw notFromInput();
        };
    }

    private static NetworkException notFromInput() {
        return new NetworkException("the output does not depend on the input; export the model again");
    }

    private static Stream inOrder(Stream scores) {
        if (!scores.isInOrder()) {
            throw new NetworkException("the output is transposed, or an image whose channels come first; remove the last "
                    + "Transpose before the export, and let the model end in one vector of scores");
        }
        return scores;
    }

    /**
     * Scores that differ by whole steps from what the last dense layer sums up get them as its bias, so that its integers
     * compare as the scores do.
     */
    private Stream biased(Stream scores) {
        if (scores.common() != null || draft.isRead(scores.layer())
                || !(draft.operation(scores.layer()) instanceof Operation.Dense dense) || !dense.bias().isEmpty()) {
            return scores;
        }
        Surd slope = scores.responses()[0].line().slope();
        List<Long> bias = new ArrayList<>();
        for (Response response : scores.responses()) {
            Rational steps = response.isLine() && response.line().slope().equals(slope)
                    ? response.line().offset().over(slope)
                    : null;
            if (steps == null || !steps.denominator().equals(BigInteger.ONE)
                    || steps.numerator().bitLength() > MAX_BIAS_BITS) {
                return scores;
            }
            bias.add(steps.numerator().longValueExact());
        }
        draft.replace(scores.layer(), new Operation.Dense(dense.weights(), bias));
        Response centred = new Response(List.of(new Response.Line(slope, Surd.of(Rational.ZERO))));
        return Stream.of(scores.layer(), scores.shape(), centred);
    }

    private IntegerNetwork finish(String name, Stream scores, boolean index) {
        int classes = scores.size();
        if (index && comparesAsIntegers(scores)) {
            int top = draft.add("argmax", new Operation.ArgMax(), scores.layer());
            return network(name, top, new Classifier(Classifier.Rule.INDEX, classes), OutputScale.NONE);
        }
        if (index) {
            notes.add("The class is read from scaled scores: their scales differ, so the arg-max stays outside the "
                    + "hardware.");
        }
        return network(name, scores.layer(), new Classifier(Classifier.Rule.FIRST_MAXIMUM, classes), scale(scores));
    }

    private IntegerNetwork network(String name, int last, Classifier classifier, OutputScale scale) {
        List<Layer> layers = draft.layersFor(last);
        if (layers.isEmpty()) {
            throw new NetworkException("the model has no layer that computes in integers; it needs a quantizer or a "
                    + "product with quantized weights");
        }
        return new IntegerNetwork(LayerNames.identifier(name), draft.input().shape(), draft.input().type(),
                layers, classifier, scale);
    }

    /** Whether the largest integer is the largest score: one rising line for all. */
    private static boolean comparesAsIntegers(Stream scores) {
        Response common = scores.common();
        return common != null && common.isLine() && common.direction() > 0;
    }

    private static OutputScale scale(Stream scores) {
        for (Response response : scores.responses()) {
            if (!response.isLine()) {
                throw new NetworkException("an activation (ReLU, Clip) after the last layer has no quantizer; remove it, "
                        + "or end the model with a quantizer");
            }
        }
        Response common = scores.common();
        List<Response> distinct = common != null ? List.of(common) : Arrays.asList(scores.responses());
        List<Rational> slopes = distinct.stream().map(r -> r.line().slope().rounded(ROOT_BITS)).toList();
        List<Rational> offsets = distinct.stream().map(r -> r.line().offset().rounded(ROOT_BITS)).toList();
        return new OutputScale(slopes, offsets);
    }
}
