package org.bitloom.network.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Activation;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.ImportBudget;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Movement;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Operator;
import org.bitloom.network.model.Selection;
import org.bitloom.network.model.ShapeRules;
import org.bitloom.network.model.Tensor;

/**
 * Turns an ONNX or QONNX file into a {@link Model}: shapes inferred, constants folded, every operator one of the sealed
 * set. Whatever cannot be taken is one {@link NetworkException}: file, node, cause and remedy.
 */
public final class OnnxImporter {
    /** Ends the names of the movements that stand around an operator whose axes are in another order. */
    private static final String MOVED = "_moved";

    private final OnnxModel file;
    private final ImportBudget budget = new ImportBudget();
    private final Map<String, Constant> constants = new LinkedHashMap<>();
    private final Map<String, Dimensions> shapes = new LinkedHashMap<>();
    private final Set<String> integers = new HashSet<>();
    private final Set<String> nodeNames = new HashSet<>();
    private final Set<String> valueNames = new HashSet<>();
    private final List<Node> nodes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long opset;

    private OnnxImporter(OnnxModel file) {
        this.file = file;
    }

    /** Reads and imports a file within the default limits. */
    public static Model read(Path path) {
        return of(OnnxReader.read(path), path.toString());
    }

    /** Imports a file's records; {@code source} stands for the file in messages and gives the model its name. */
    public static Model of(OnnxModel file, String source) {
        try {
            return new OnnxImporter(file).model(source);
        } catch (NetworkException e) {
            throw new NetworkException(source + ": " + e.getMessage(), e);
        }
    }

    private Model model(String source) {
        opset = OperatorSets.standardVersion(file);
        List<OnnxNode> order = GraphOrder.of(file.graph());
        Set<String> used = new HashSet<>();
        order.forEach(node -> used.addAll(node.inputs()));
        file.graph().outputs().forEach(output -> used.add(output.name()));
        used.remove("");
        for (OnnxTensor tensor : file.graph().initializers()) {
            if (used.contains(tensor.name())) {
                keep(tensor.name(), Constant.of(tensor));
            }
        }
        InputDeclaration declared = InputDeclaration.of(file.graph());
        String input = declared.name();
        keep(input, declared.shape());
        notes.addAll(declared.notes());
        if (declared.integers().isPresent()) {
            integers.add(input);
        }
        valueNames.addAll(shapes.keySet());
        order.forEach(node -> valueNames.addAll(node.outputs()));
        for (OnnxNode node : order) {
            try {
                add(node);
                requireMade(node, used);
            } catch (NetworkException e) {
                throw new NetworkException(node.label() + ": " + e.getMessage(), e);
            }
        }
        List<String> outputs = file.graph().outputs().stream().map(OnnxValue::name).distinct().toList();
        for (String output : outputs) {
            if (nodes.stream().noneMatch(node -> node.outputs().contains(output))) {
                throw new NetworkException("the output " + OnnxNode.quoted(output)
                        + " is not computed from the model's input; export the model again");
            }
        }
        return new Model(fileName(source), source, input, declared.integers(), nodes, floats(), shapes, outputs, notes);
    }

    /** An operator gives the outputs that Bitloom knows of; what else a node names must not be read. */
    private void requireMade(OnnxNode node, Set<String> used) {
        for (String output : node.outputs()) {
            if (used.contains(output) && !shapes.containsKey(output)) {
                throw new NetworkException("its output " + OnnxNode.quoted(output) + " is not supported; "
                        + "export a model that does not use it");
            }
        }
    }

    private void add(OnnxNode node) {
        OperatorSets.requireNoGraph(node);
        NodeView view = new NodeView(node, opset, constants, shapes);
        Optional<ConstantRules.Rule> constant =
                OperatorSets.isStandard(node) ? ConstantRules.ruleOf(view) : Optional.empty();
        if (constant.isPresent()) {
            keep(node.outputs().getFirst(), constant.get().of(view));
            return;
        }
        if (OperatorSets.isStandard(node) && node.opType().equals("Cast")) {
            cast(view);
            return;
        }
        Translation translation = OperatorSets.rule(node).of(view);
        List<String> inputs = new ArrayList<>(translation.inputs());
        translation.before().forEach((input, movement) -> inputs.set(input, moved(node, movement, inputs.get(input))));
        if (translation.after().isEmpty()) {
            apply(node, "", translation.operator(), inputs, node.outputs());
            return;
        }
        String value = unusedValueName();
        apply(node, "", translation.operator(), inputs, List.of(value));
        for (Movement movement : translation.after().subList(0, translation.after().size() - 1)) {
            value = moved(node, movement, value);
        }
        apply(node, MOVED, translation.after().getLast(), List.of(value), node.outputs());
    }

    private String moved(OnnxNode node, Movement movement, String value) {
        String result = unusedValueName();
        apply(node, MOVED, movement, List.of(value), List.of(result));
        return result;
    }

    private void apply(OnnxNode node, String suffix, Operator operator, List<String> inputs, List<String> outputs) {
        List<Dimensions> outputShapes = ShapeRules.outputs(operator, inputs.stream().map(shapes::get).toList());
        outputShapes.forEach(ImportBudget::requireSize);
        if (constants.keySet().containsAll(inputs)) {
            Optional<Constant> folded = ConstantFolding.fold(operator, inputs.stream().map(constants::get).toList());
            if (folded.isPresent()) {
                keep(outputs.getFirst(), folded.get());
                return;
            }
        }
        requireFloats(operator, inputs);
        emit(node, suffix, operator, inputs, outputs, outputShapes);
    }

    /** To float: the values stay. From float: only constants may be cut to integers. */
    private void cast(NodeView view) {
        view.requireInputs(1, 1);
        long code = view.integer("to", 0);
        ElementType to = ElementType.of(code).orElseThrow(() -> new NetworkException("casts to element type " + code
                + ", which is not supported; cast to float32"));
        Optional<Constant> constant = view.constant(0);
        if (constant.isPresent()) {
            keep(view.node().outputs().getFirst(), Casts.of(constant.get(), to));
            return;
        }
        boolean fromInteger = integers.contains(view.input(0));
        if (to != ElementType.FLOAT && !(fromInteger && !to.isFloatingPoint())) {
            throw new NetworkException("casts data to " + to + "; data that depends on the input must stay float32: "
                    + "export the model in float32");
        }
        emit(view.node(), "", new Activation.Identity(), List.of(view.input(0)), view.node().outputs(),
                List.of(view.shape(0)));
        if (to == ElementType.FLOAT) {
            integers.remove(view.node().outputs().getFirst());
        }
    }

    /** Integers (a uint8 input, an index) may be moved and cast, not computed with. */
    private void requireFloats(Operator operator, List<String> inputs) {
        for (String input : inputs) {
            boolean integer = integers.contains(input) || constants.get(input) instanceof Constant.Integers;
            if (integer && !(operator instanceof Movement) && !(operator instanceof Activation.Identity)) {
                throw new NetworkException("computes with the integers of " + OnnxNode.quoted(input)
                        + "; cast them to float32 first");
            }
        }
    }

    private void emit(OnnxNode node, String suffix, Operator operator, List<String> inputs, List<String> given,
            List<Dimensions> outputShapes) {
        List<String> outputs = new ArrayList<>();
        for (int i = 0; i < outputShapes.size(); i++) {
            String output = i < given.size() && !given.get(i).isEmpty() ? given.get(i) : unusedValueName();
            keep(output, outputShapes.get(i));
            outputs.add(output);
        }
        boolean moves = operator instanceof Movement || operator instanceof Activation.Identity;
        if (moves && integers.contains(inputs.getFirst())) {
            integers.addAll(outputs);
        }
        if (operator instanceof Selection.ArgMax || operator instanceof Selection.TopK) {
            integers.add(outputs.getLast());
        }
        nodes.add(new Node(unique(node, suffix), node.label(), operator, inputs, outputs));
    }

    private String unusedValueName() {
        int number = 0;
        while (!valueNames.add("unused_" + number)) {
            number++;
        }
        return "unused_" + number;
    }

    private String unique(OnnxNode node, String suffix) {
        String base = (node.name().isEmpty() ? node.opType() : node.name()) + suffix;
        String name = base;
        for (int i = 1; !nodeNames.add(name); i++) {
            name = base + "_" + i;
        }
        return name;
    }

    private void keep(String name, Constant constant) {
        constants.put(name, constant);
        keep(name, constant.shape());
    }

    private void keep(String name, Dimensions shape) {
        budget.add(shape);
        shapes.put(name, shape);
    }

    private Map<String, Tensor> floats() {
        Set<String> read = new HashSet<>();
        nodes.forEach(node -> read.addAll(node.inputs()));
        Map<String, Tensor> floats = new LinkedHashMap<>();
        constants.forEach((name, constant) -> {
            if (read.contains(name) && constant instanceof Constant.Floats f) {
                floats.put(name, f.tensor());
            }
        });
        return floats;
    }

    private static String fileName(String source) {
        String name = source.substring(Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')) + 1);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
