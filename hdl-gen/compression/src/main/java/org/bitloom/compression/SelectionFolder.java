package org.bitloom.compression;

import java.util.List;
import java.util.Map;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Selection;

/** How a model reads a class from its scores; what keeps their order is left out with a note. */
final class SelectionFolder {
    private final List<String> notes;

    SelectionFolder(List<String> notes) {
        this.notes = notes;
    }

    /** A strictly rising function at the end changes no order: the scores before it are given. */
    Stream dropped(Node node, String what, Stream stream) {
        notes.add("The " + what + " at the end (" + node.label() + ") is left out: it does not change the order of the "
                + "scores.");
        return stream.read(what);
    }

    /** Puts down what each output is. */
    void fold(Node node, Selection selection, Stream scores, Map<String, Value> values) {
        if (scores.shape().at(selection.axis()) != scores.size()) {
            throw new NetworkException("works along axis " + selection.axis() + " of shape " + scores.shape()
                    + "; only one vector of scores is supported");
        }
        switch (selection) {
            case Selection.Softmax softmax -> values.put(node.output(),
                    dropped(node, softmax.logarithm() ? "log-softmax" : "softmax", scores));
            case Selection.ArgMax max -> values.put(node.output(), new Value.ClassIndex(scores));
            case Selection.TopK top -> topK(node, top, scores, values);
        }
    }

    /** The best class is its index; more than one is left to whoever reads the scores. */
    private void topK(Node node, Selection.TopK top, Stream scores, Map<String, Value> values) {
        if (!top.largest()) {
            throw new NetworkException("asks for the smallest elements (largest=0), which is not supported; negate the "
                    + "scores");
        }
        String indexes = node.outputs().getLast();
        if (top.k() == 1) {
            values.put(indexes, new Value.ClassIndex(scores));
        } else {
            notes.add("The TopK at the end (" + node.label() + ") is left out: all scores are given.");
            values.put(indexes, scores.read("TopK"));
        }
        values.put(node.output(), scores.read("TopK"));
    }
}
