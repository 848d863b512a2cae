package org.bitloom.compression.quantize;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bitloom.network.NetworkException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** A part of a YAML file that knows its line, so that whatever is wrong with it can be said with the place. */
final class YamlNode {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");
    private static final int LONGEST_SHOWN = 60;
    private static final int DEEPEST = 8;

    private final String file;
    /** What messages call it. */
    private final String key;
    private final Node node;
    /** Where it begins: its name, where it has one. */
    private final Node start;
    private final Map<String, YamlNode> entries;

    private YamlNode(String file, String key, Node start, Node node) {
        this.file = file;
        this.key = key;
        this.start = start;
        this.node = node;
        this.entries = node instanceof MappingNode mapping ? entries(mapping) : Map.of();
    }

    static YamlNode parse(String file, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(file).setMaxAliasesForCollections(0).build();
        try {
            requireShallow(file, new Parse(settings).parseString(text));
            Optional<Node> root = new Compose(settings).composeString(text);
            Node content = root.orElseThrow(() -> new NetworkException(file
                    + ":1: the recipe is empty; write for example 'default: {weights: {bits: 8}}'"));
            YamlNode top = new YamlNode(file, "the recipe", content, content);
            top.requireNames();
            return top;
        } catch (MarkedYamlEngineException e) {
            throw new NetworkException(file + ":" + (e.getProblemMark().map(Mark::getLine).orElse(0) + 1)
                    + ": it is not well-formed YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new NetworkException(file + ": it is not well-formed YAML: "
                    + String.valueOf(e.getMessage()).lines().collect(Collectors.joining(" ")), e);
        }
    }

    /** Nothing in a recipe is deep; what is would exhaust the stack. */
    private static void requireShallow(String file, Iterable<Event> events) {
        int depth = 0;
        for (Event event : events) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                throw new NetworkException(file + ":" + (event.getStartMark().map(Mark::getLine).orElse(0) + 1)
                        + ": there is nothing so deep in a recipe; see docs/recipes.md");
            }
        }
    }

    private Map<String, YamlNode> entries(MappingNode mapping) {
        Map<String, YamlNode> found = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                throw new NetworkException(place(tuple.getKeyNode()) + ": a name is expected here, as in 'conv1: …'");
            }
            String inner = name.getValue();
            if (found.put(inner, new YamlNode(file, shown(inner), name, tuple.getValueNode())) != null) {
                throw new NetworkException(place(name) + ": " + shown(inner) + " stands here twice; remove one");
            }
        }
        return found;
    }

    /** File and line. */
    String place() {
        return place(start);
    }

    private String place(Node part) {
        return file + ":" + (part.getStartMark().map(Mark::getLine).orElse(0) + 1);
    }

    /** Text of a file for a message: short, and nothing that a terminal would act on. */
    private static String shown(String text) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > LONGEST_SHOWN ? plain.substring(0, LONGEST_SHOWN) + "…" : plain;
    }

    /** What is wrong here, as a sentence that goes on after the name. */
    NetworkException wrong(String what) {
        return new NetworkException(place() + ": " + key + " " + what);
    }

    boolean isText() {
        return node instanceof ScalarNode;
    }

    /** What is below this name; null when it is not there. */
    @Nullable YamlNode get(String name) {
        return entries.get(name);
    }

    Map<String, YamlNode> entries() {
        requireNames();
        return entries;
    }

    private void requireNames() {
        if (!(node instanceof MappingNode)) {
            throw wrong("holds names and values, as in 'weights: {bits: 8}'; write it so");
        }
    }

    void requireOnly(String... known) {
        requireNames();
        entries.forEach((name, value) -> {
            if (!List.of(known).contains(name)) {
                throw new NetworkException(value.place() + ": " + key + " has no key " + shown(name) + "; known are "
                        + String.join(", ", known));
            }
        });
    }

    String text() {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong("is one word or number, not a list or names and values");
    }

    int number(int least, int greatest) {
        if (NUMBER.matcher(text()).matches()) {
            int number = Integer.parseInt(text());
            if (number >= least && number <= greatest) {
                return number;
            }
        }
        throw wrong("is a whole number from " + least + " to " + greatest + ", not " + shown(text()));
    }

    String choice(String... choices) {
        if (!Arrays.asList(choices).contains(text())) {
            throw wrong("is " + String.join(" or ", choices) + ", not " + shown(text()));
        }
        return text();
    }
}
