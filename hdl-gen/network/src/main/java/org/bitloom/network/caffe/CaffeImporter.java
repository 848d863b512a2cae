package org.bitloom.network.caffe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitloom.network.NetworkException;
import org.bitloom.network.ValueType;
import org.bitloom.network.model.Arithmetic;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Selection;
import org.bitloom.network.model.Tensor;
import org.bitloom.network.protobuf.FileLimits;
import org.bitloom.network.protobuf.ModelBytes;

/**
 * Turns a {@code .caffemodel} into a {@link Model} of pixels (0 to 255) to scores: the network of the test phase, with
 * mean and scale of the data as its first operators and without what only judges it. Whatever cannot be taken is one
 * {@link NetworkException}: file, layer, cause and remedy. Only the files that the user names and those beside the model
 * are opened.
 */
public final class CaffeImporter {
    private static final String MODEL = "a .caffemodel";
    private static final String TEXT = "the text of a Caffe network (.prototxt)";

    private CaffeImporter() {
    }

    /** Reads and imports a file within the default limits. */
    public static Model read(Path model, CaffeOptions options) {
        CaffeNet trained = network(model, MODEL, false);
        List<String> notes = new ArrayList<>();
        Optional<Path> text = Optional.ofNullable(options.prototxt()).or(() -> besides(model, notes));
        CaffeNet net = text.map(file -> network(file, TEXT, true).learnedBy(trained)).orElse(trained);
        try {
            return model(net, CaffeInput.of(net, trained, model, options), model, notes);
        } catch (NetworkException e) {
            String message = String.valueOf(e.getMessage());
            throw options.mean() != null && message.startsWith(options.mean().toString()) ? e
                    : new NetworkException(text.orElse(model) + ": " + message, e);
        }
    }

    private static CaffeNet network(Path file, String kind, boolean text) {
        byte[] bytes = ModelBytes.read(file, FileLimits.DEFAULT, kind);
        String label = file.toString();
        Message message = text ? TextReader.read(bytes, label, CaffeSchema.NET, FileLimits.DEFAULT)
                : BinaryReader.read(bytes, label, kind, CaffeSchema.NET, FileLimits.DEFAULT);
        try {
            return CaffeNet.of(message);
        } catch (NetworkException e) {
            throw new NetworkException(label + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Path> besides(Path model, List<String> notes) {
        for (String name : List.of(baseName(model) + ".prototxt", "deploy.prototxt")) {
            Path file = model.resolveSibling(name);
            if (Files.isRegularFile(file)) {
                notes.add("The network's text is " + name + ", beside the model.");
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static Model model(CaffeNet net, CaffeInput input, Path file, List<String> notes) {
        LayerGraph graph = new LayerGraph();
        String value = graph.input(input.blob(), input.shape());
        if (input.mean() != null) {
            value = graph.prepare("mean_subtracted", Arithmetic.SUBTRACT, value, graph.constant("mean", input.mean()));
        }
        if (input.scale() != 1) {
            value = graph.prepare("scaled", Arithmetic.MULTIPLY, value,
                    graph.constant("scale", Tensor.scalar(input.scale())));
        }
        graph.same(input.blob(), value);
        for (CaffeLayer layer : net.layers()) {
            if (Phase.tests(layer) && !DataLayer.is(layer) && !LayerRules.judges(layer)) {
                try {
                    LayerRules.add(graph, layer);
                } catch (NetworkException e) {
                    throw layer.problem(e);
                }
            }
        }
        notes.addAll(input.notes());
        List<Node> nodes = new ArrayList<>(graph.nodes());
        String output = output(nodes, notes);
        Set<String> needed = needed(nodes, output);
        nodes.removeIf(node -> !needed.contains(node.output()));
        Map<String, Tensor> constants = graph.constants();
        constants.keySet().retainAll(needed);
        Map<String, Dimensions> shapes = graph.shapes();
        shapes.keySet().removeIf(name -> !needed.contains(name) && !name.equals(input.blob()));
        return new Model(baseName(file), file.toString(), input.blob(), Optional.of(ValueType.unsigned(8)), nodes,
                constants, shapes, List.of(output), notes);
    }

    /** The last value that no layer reads; a softmax in the end is left out, as it keeps the order of the scores. */
    private static String output(List<Node> nodes, List<String> notes) {
        if (nodes.isEmpty()) {
            throw new NetworkException("has no layers that compute anything in the test phase; check their include rules");
        }
        Set<String> read = new HashSet<>();
        nodes.forEach(node -> read.addAll(node.inputs()));
        List<Node> ends = nodes.stream().filter(node -> !read.contains(node.output())).toList();
        Node last = ends.getLast();
        if (ends.size() > 1) {
            notes.add("The network ends in " + ends.size() + " layers; the last one, " + last.name() + ", counts.");
        }
        if (last.operator() instanceof Selection.Softmax) {
            notes.add("The softmax in the end is left out: it does not change which class scores highest.");
            return last.inputs().getFirst();
        }
        return last.output();
    }

    private static Set<String> needed(List<Node> nodes, String output) {
        Set<String> needed = new HashSet<>(Set.of(output));
        for (Node node : nodes.reversed()) {
            if (needed.contains(node.output())) {
                needed.addAll(node.inputs());
            }
        }
        return needed;
    }

    private static String baseName(Path file) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
