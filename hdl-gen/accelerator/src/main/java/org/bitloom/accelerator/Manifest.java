package org.bitloom.accelerator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitloom.accelerator.board.Boards;
import org.bitloom.accelerator.dataflow.Dataflow;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.blocks.Depth;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;
import org.jspecify.annotations.Nullable;

/**
 * What {@code manifest.json} of a generated design says: enough to build the same accelerator again, and what other tools
 * want to know without Bitloom.
 *
 * @param top      name of the top module
 * @param family   device family that the Verilog is written for
 * @param board    id of the board; null where none was chosen
 * @param megahertz of the clock that it was built for; 0 where none was asked for
 * @param foldings PE and SIMD of each matrix layer
 * @param depths   registers beyond the least of the stages that have some, by name
 * @param sources  Verilog files in {@code rtl}, children first
 * @param sha256   SHA-256 of each file in {@code rtl}, by name
 */
public record Manifest(
        String top,
        Family family,
        @Nullable String board,
        double megahertz,
        List<Folding> foldings,
        Map<String, Depth> depths,
        List<String> sources,
        Map<String, String> sha256) {
    static final String FILE = "manifest.json";
    private static final String FORMAT = "bitloom design";
    private static final int VERSION = 1;
    private static final long MAX_BYTES = 16L << 20;

    public Manifest {
        foldings = List.copyOf(foldings);
        depths = Collections.unmodifiableMap(new LinkedHashMap<>(depths));
        sources = List.copyOf(sources);
        sha256 = Collections.unmodifiableMap(new LinkedHashMap<>(sha256));
    }

    /**
     * What the design was built for.
     *
     * @throws AcceleratorException where its board is not known here
     */
    public Target target() {
        return new Target(family, board == null ? null : Boards.find(board), megahertz);
    }

    String toJson(Accelerator accelerator, Target target) {
        StringWriter text = new StringWriter();
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(text)
                .setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))) {
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeStringField("top", top);
            json.writeStringField("family", family.name().toLowerCase(Locale.ROOT));
            if (board != null) {
                json.writeStringField("board", board);
            }
            if (target.hasClock()) {
                json.writeNumberField("clockMegahertz", target.megahertz());
            }
            json.writeStringField("folding", Folding.text(foldings));
            if (!depths.isEmpty()) {
                json.writeObjectFieldStart("depths");
                for (Map.Entry<String, Depth> depth : depths.entrySet()) {
                    json.writeStringField(depth.getKey(), depth.getValue().toString());
                }
                json.writeEndObject();
            }
            json.writeNumberField("predictedIntervalCycles", accelerator.intervalCycles());
            json.writeNumberField("predictedLatencyCycles", accelerator.latencyCycles());
            if (board != null) {
                resources(json, Prediction.of(accelerator, target.family()).total());
            }
            if (board != null || target.hasClock()) {
                CriticalPath critical = CriticalPath.of(accelerator.dataflow(), target.family());
                json.writeStringField("predictedCriticalStage", critical.stage());
                json.writeStringField("predictedCriticalPart", critical.path().part());
                json.writeNumberField("predictedMegahertz", Math.round(critical.megahertz(target.family())));
            }
            port(json, "input", "in", accelerator.input());
            port(json, "output", "out", accelerator.output());
            json.writeArrayFieldStart("stages");
            for (Dataflow.Node node : accelerator.dataflow().nodes()) {
                stage(json, accelerator.dataflow(), node, target);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("sources");
            for (String source : sources) {
                json.writeString(source);
            }
            json.writeEndArray();
            json.writeObjectFieldStart("sha256");
            for (Map.Entry<String, String> file : sha256.entrySet()) {
                json.writeStringField(file.getKey(), file.getValue());
            }
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return text.append('\n').toString();
    }

    private static void stage(JsonGenerator json, Dataflow dataflow, Dataflow.Node node, Target target)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("name", node.stage().name());
        json.writeStringField("block", node.stage().getClass().getSimpleName());
        json.writeArrayFieldStart("inputs");
        for (Dataflow.Port port : node.inputs()) {
            json.writeString(port.node() < 0 ? "in" : dataflow.nodes().get(port.node()).stage().name());
        }
        json.writeEndArray();
        json.writeNumberField(
                "inputBits",
                node.inputs().stream().mapToInt(port -> dataflow.format(port).wordBits()).sum());
        json.writeNumberField(
                "outputBits", node.outputs().stream().mapToInt(FrameFormat::wordBits).sum());
        if (node.stage() instanceof Stage.Queue queue) {
            json.writeNumberField("depth", queue.depth());
        }
        if (target.board() != null) {
            resources(json, node.stage().cost(target.family()));
        }
        json.writeEndObject();
    }

    private static void resources(JsonGenerator json, Resources taken) throws IOException {
        json.writeObjectFieldStart("predictedResources");
        json.writeNumberField("lut", taken.lut());
        json.writeNumberField("ff", taken.ff());
        json.writeNumberField("bram", taken.bram());
        json.writeNumberField("dsp", taken.dsp());
        json.writeNumberField("logicDepth", taken.logicDepth());
        json.writeEndObject();
    }

    private static void port(JsonGenerator json, String role, String stream, FrameFormat format) throws IOException {
        json.writeObjectFieldStart(role);
        json.writeStringField("stream", stream);
        json.writeNumberField("bits", format.wordBits());
        json.writeNumberField("wordsPerFrame", format.words());
        json.writeNumberField("lanes", format.lanes());
        json.writeNumberField("laneBits", format.laneBits());
        json.writeNumberField("values", format.values());
        json.writeStringField("type", format.type().toString());
        json.writeEndObject();
    }

    /** Reads the manifest of a design folder. */
    static Manifest read(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.isRegularFile(file)) {
                throw new AcceleratorException(folder + " is no generated design: it has no " + FILE
                        + "; make one with: ./bitloom compile MODEL -o " + folder);
            }
            if (Files.size(file) > MAX_BYTES) {
                throw damaged(file, "it is larger than " + MAX_BYTES + " bytes");
            }
            JsonFactory factory = JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(8).build())
                    .build();
            try (JsonParser parser = factory.createParser(file.toFile())) {
                parser.nextToken();
                return read(file, value(parser));
            }
        } catch (IOException e) {
            throw damaged(file, "it is no JSON document");
        }
    }

    private static Manifest read(Path file, Object document) {
        if (!(document instanceof Map<?, ?> members) || !FORMAT.equals(members.get("format"))) {
            throw damaged(file, "it does not describe a design of Bitloom");
        }
        if (!Integer.valueOf(VERSION).equals(number(members.get("version")))) {
            throw damaged(file, "it is not of version " + VERSION);
        }
        if (!(members.get("top") instanceof String top)
                || !(members.get("family") instanceof String family)
                || !(members.get("folding") instanceof String folding)
                || !(members.get("sources") instanceof List<?> sources)
                || !(members.get("sha256") instanceof Map<?, ?> sums)) {
            throw damaged(file, "top, family, folding, sources or sha256 is missing");
        }
        Map<String, Depth> depths = new LinkedHashMap<>();
        if (members.get("depths") instanceof Map<?, ?> recorded) {
            recorded.forEach((name, depth) -> depths.put(plainName(file, name), depth(file, depth)));
        }
        List<String> names = new ArrayList<>();
        sources.forEach(source -> names.add(plainName(file, source)));
        Map<String, String> sha256 = new LinkedHashMap<>();
        sums.forEach((name, sum) -> sha256.put(plainName(file, name), String.valueOf(sum)));
        Family known;
        try {
            known = Family.valueOf(family.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw damaged(file, "there is no device family '" + family + "'");
        }
        String board = members.get("board") instanceof String id ? id : null;
        return new Manifest(
                top, known, board, megahertz(file, members.get("clockMegahertz")), folding.isEmpty() ? List.of() : Folding.parse(folding), depths, names, sha256);
    }

    private static Object number(@Nullable Object value) {
        return value instanceof Long number && number == number.intValue() ? number.intValue() : "none";
    }

    private static double megahertz(Path file, @Nullable Object clock) {
        try {
            return clock == null ? 0 : Double.parseDouble(String.valueOf(clock));
        } catch (NumberFormatException e) {
            throw damaged(file, "'" + clock + "' is no clock in MHz");
        }
    }

    private static Depth depth(Path file, @Nullable Object text) {
        try {
            return Depth.parse(String.valueOf(text));
        } catch (IllegalArgumentException e) {
            throw damaged(file, String.valueOf(e.getMessage()));
        }
    }

    private static String plainName(Path file, Object name) {
        if (name instanceof String text && text.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
            return text;
        }
        throw damaged(file, "'" + name + "' is no plain file name");
    }

    /** The value at the parser: maps, lists, strings, whole numbers; anything else is text. */
    private static Object value(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> members = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                members.put(name, value(parser));
            }
            return members;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> elements = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(parser));
            }
            return elements;
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return parser.getLongValue();
        }
        String text = token == null ? null : parser.getText();
        return text == null ? "" : text;
    }

    private static AcceleratorException damaged(Path file, String cause) {
        return new AcceleratorException(file + " is damaged: " + cause + "; compile the model again");
    }
}
