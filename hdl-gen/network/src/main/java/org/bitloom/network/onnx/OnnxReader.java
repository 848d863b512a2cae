package org.bitloom.network.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitloom.network.NetworkException;
import org.bitloom.network.protobuf.FileLimits;
import org.bitloom.network.protobuf.ModelBytes;
import org.bitloom.network.protobuf.SafeText;
import org.bitloom.network.protobuf.WireReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads an ONNX file into records. Nothing in the file decides how much memory is taken before it has been compared
 * with {@link FileLimits} and with the bytes that are really there; no other file is ever opened.
 */
public final class OnnxReader {
    private final WireReader wire;

    private OnnxReader(byte[] file, FileLimits limits) {
        this.wire = new WireReader(file, limits);
    }

    /** Reads a file within the default limits. */
    public static OnnxModel read(Path file) {
        return read(file, FileLimits.DEFAULT);
    }

    /** Reads a file; whatever is wrong with it is one {@link NetworkException} that names the file. */
    public static OnnxModel read(Path file, FileLimits limits) {
        return read(ModelBytes.read(file, limits, "an ONNX file"), file.toString(), limits);
    }

    /** Reads the bytes of a file; {@code label} stands for the file in messages. */
    public static OnnxModel read(byte[] file, String label, FileLimits limits) {
        OnnxReader reader = new OnnxReader(file, limits);
        try {
            return reader.model(file.length);
        } catch (NetworkException e) {
            throw new NetworkException(label + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw NetworkException.at(label, "is not an ONNX model, or is cut short or damaged (at byte "
                    + reader.wire.position() + " of " + file.length + ": " + SafeText.firstSentence(e.getMessage()) + ")",
                    "export it again");
        }
    }

    private OnnxModel model(int size) throws IOException {
        if (size == 0) {
            throw new NetworkException("is empty; export it again");
        }
        var found = new Object() {
            long irVersion;
            String producer = "";
            String producerVersion = "";
            @Nullable OnnxGraph graph;
        };
        List<OnnxOpset> opsets = new ArrayList<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        wire.fields(field -> {
            switch (field) {
                case 1 -> found.irVersion = wire.integer();
                case 2 -> found.producer = wire.text();
                case 3 -> found.producerVersion = wire.text();
                case 7 -> {
                    if (found.graph != null) {
                        throw new NetworkException("holds two graphs; the file is damaged, export it again");
                    }
                    found.graph = graph();
                }
                case 8 -> opsets.add(opset());
                case 14 -> entry(metadata);
                case 25 -> throw new NetworkException("defines model-local functions, which are not supported; "
                        + "export with dynamo=False, or inline them with onnx.inliner.inline_local_functions");
                default -> wire.skip();
            }
        });
        OnnxGraph graph = found.graph;
        if (graph == null || found.irVersion <= 0 || found.irVersion > 1_000) {
            throw new NetworkException("is not an ONNX model (no graph or no format version); "
                    + "give a file that was exported as .onnx");
        }
        return new OnnxModel(found.irVersion, found.producer, found.producerVersion, opsets, graph, metadata);
    }

    private OnnxOpset opset() throws IOException {
        var found = new Object() {
            String domain = "";
            long version;
        };
        wire.message(field -> {
            switch (field) {
                case 1 -> found.domain = wire.text();
                case 2 -> found.version = wire.integer();
                default -> wire.skip();
            }
        });
        return new OnnxOpset(found.domain, found.version);
    }

    private void entry(Map<String, String> metadata) throws IOException {
        String[] pair = {"", ""};
        wire.message(field -> {
            switch (field) {
                case 1 -> pair[0] = wire.text();
                case 2 -> pair[1] = wire.text();
                default -> wire.skip();
            }
        });
        metadata.put(pair[0], pair[1]);
    }

    private OnnxGraph graph() throws IOException {
        String[] name = {""};
        List<OnnxNode> nodes = new ArrayList<>();
        List<OnnxTensor> initializers = new ArrayList<>();
        List<OnnxValue> inputs = new ArrayList<>();
        List<OnnxValue> outputs = new ArrayList<>();
        List<OnnxValue> values = new ArrayList<>();
        wire.message(field -> {
            switch (field) {
                case 1 -> nodes.add(node());
                case 2 -> name[0] = wire.text();
                case 5 -> initializers.add(TensorReader.read(wire));
                case 11 -> inputs.add(value());
                case 12 -> outputs.add(value());
                case 13 -> values.add(value());
                case 15 -> throw new NetworkException("holds sparse initializers, which are not supported; "
                        + "export the model with dense weights");
                default -> wire.skip();
            }
        });
        return new OnnxGraph(name[0], nodes, initializers, inputs, outputs, values);
    }

    private OnnxNode node() throws IOException {
        String[] text = {"", "", ""};
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<OnnxAttribute> attributes = new ArrayList<>();
        wire.message(field -> {
            switch (field) {
                case 1 -> inputs.add(wire.text());
                case 2 -> outputs.add(wire.text());
                case 3 -> text[0] = wire.text();
                case 4 -> text[1] = wire.text();
                case 5 -> attributes.add(AttributeReader.read(wire));
                case 7 -> text[2] = wire.text();
                default -> wire.skip();
            }
        });
        return new OnnxNode(text[0], text[1], text[2], inputs, outputs, attributes);
    }

    private OnnxValue value() throws IOException {
        var found = new Object() {
            String name = "";
            long type;
            @Nullable List<OnnxValue.Dimension> shape;
        };
        WireReader.FieldReader tensorType = field -> {
            switch (field) {
                case 1 -> found.type = wire.integer();
                case 2 -> {
                    List<OnnxValue.Dimension> shape = new ArrayList<>();
                    found.shape = shape;
                    wire.message(f -> {
                        if (f == 1) {
                            shape.add(dimension());
                        } else {
                            wire.skip();
                        }
                    });
                }
                default -> wire.skip();
            }
        };
        wire.message(field -> {
            switch (field) {
                case 1 -> found.name = wire.text();
                case 2 -> wire.message(f -> {
                    if (f == 1) {
                        wire.message(tensorType);
                    } else {
                        wire.skip();
                    }
                });
                default -> wire.skip();
            }
        });
        return new OnnxValue(found.name, ElementType.of(found.type), Optional.ofNullable(found.shape));
    }

    private OnnxValue.Dimension dimension() throws IOException {
        OnnxValue.Dimension[] found = {new OnnxValue.Dimension.Symbolic("")};
        wire.message(field -> {
            switch (field) {
                case 1 -> found[0] = new OnnxValue.Dimension.Fixed(wire.integer());
                case 2 -> found[0] = new OnnxValue.Dimension.Symbolic(wire.text());
                default -> wire.skip();
            }
        });
        return found[0];
    }
}
