package org.bitloom.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Node;
import org.jspecify.annotations.Nullable;

/**
 * A model that cannot be folded, operator by operator.
 *
 * @param reason why not; names the node
 */
record FloatGraph(Model model, String reason) {
    /** Numbers among the inputs of a node that are known: its parameters. */
    private long parameters(Node node) {
        return node.inputs().stream()
                .filter(model.constants()::containsKey)
                .mapToLong(name -> Objects.requireNonNull(model.constants().get(name)).size())
                .sum();
    }

    /** What is wrong with a node, or null. */
    private @Nullable String reasonAt(Node node) {
        String start = model.source() + ": " + node.label() + ": ";
        return reason.startsWith(start) ? reason.substring(start.length()) : null;
    }

    private String shapes(List<String> values) {
        return String.join(" + ", values.stream()
                .filter(value -> !model.constants().containsKey(value))
                .map(value -> model.shapeOf(value).toString())
                .toList());
    }

    void print(PrintWriter out) {
        out.println("Model     " + model.name() + ", " + model.nodes().size() + " operators on real numbers");
        model.notes().forEach(note -> out.println("Note      " + note));
        out.println();
        Table table = new Table("operator", "in", "out", "parameters", "");
        for (Node node : model.nodes()) {
            String why = reasonAt(node);
            table.row(
                    node.label(),
                    shapes(node.inputs()),
                    shapes(node.outputs()),
                    parameters(node) == 0 ? "" : "%,d".formatted(parameters(node)),
                    why == null ? "" : "CANNOT BE FOLDED: " + why);
        }
        table.print(out);
        out.println();
        out.println("No integer network can be made of it: " + reason);
    }

    void write(JsonGenerator json) throws IOException {
        json.writeStringField("name", model.name());
        json.writeBooleanField("canBeCompiled", false);
        json.writeStringField("reason", reason);
        json.writeArrayFieldStart("nodes");
        for (Node node : model.nodes()) {
            json.writeStartObject();
            json.writeStringField("node", node.label());
            json.writeStringField("inputs", shapes(node.inputs()));
            json.writeStringField("outputs", shapes(node.outputs()));
            json.writeNumberField("parameters", parameters(node));
            json.writeStringField("refusal", reasonAt(node));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (String note : model.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
    }
}
