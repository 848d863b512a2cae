package org.bitloom.network.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.bitloom.network.NetworkException;

/**
 * Writes an {@link OnnxModel}. The same model gives the same bytes: fields in ascending order, lists in the records'
 * order, tensors always as raw data.
 */
public final class OnnxWriter {
    private OnnxWriter() {
    }

    /** Writes the whole file or nothing: a temporary neighbour is moved into place at the end. */
    public static void write(OnnxModel model, Path file) {
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.write(temporary, toBytes(model));
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw NetworkException.at(file, "cannot be written (" + e.getMessage() + ")", "check the folder");
        }
    }

    public static byte[] toBytes(OnnxModel model) {
        return message(out -> {
            out.writeInt64(1, model.irVersion());
            text(out, 2, model.producerName());
            text(out, 3, model.producerVersion());
            out.writeBytes(7, graph(model.graph()));
            for (OnnxOpset opset : model.opsets()) {
                out.writeBytes(8, message(o -> {
                    text(o, 1, opset.domain());
                    o.writeInt64(2, opset.version());
                }));
            }
            for (Map.Entry<String, String> entry : model.metadata().entrySet()) {
                out.writeBytes(14, message(o -> {
                    o.writeString(1, entry.getKey());
                    o.writeString(2, entry.getValue());
                }));
            }
        }).toByteArray();
    }

    private static ByteString graph(OnnxGraph graph) {
        return message(out -> {
            for (OnnxNode node : graph.nodes()) {
                out.writeBytes(1, node(node));
            }
            text(out, 2, graph.name());
            for (OnnxTensor tensor : graph.initializers()) {
                out.writeBytes(5, tensor(tensor));
            }
            values(out, 11, graph.inputs());
            values(out, 12, graph.outputs());
            values(out, 13, graph.values());
        });
    }

    private static ByteString node(OnnxNode node) {
        return message(out -> {
            for (String input : node.inputs()) {
                out.writeString(1, input);
            }
            for (String output : node.outputs()) {
                out.writeString(2, output);
            }
            text(out, 3, node.name());
            text(out, 4, node.opType());
            for (OnnxAttribute attribute : node.attributes()) {
                out.writeBytes(5, attribute(attribute));
            }
            text(out, 7, node.domain());
        });
    }

    private static ByteString attribute(OnnxAttribute attribute) {
        return message(out -> {
            out.writeString(1, attribute.name());
            int kind = switch (attribute) {
                case OnnxAttribute.FloatValue a -> {
                    out.writeFloat(2, a.value());
                    yield 1;
                }
                case OnnxAttribute.IntValue a -> {
                    out.writeInt64(3, a.value());
                    yield 2;
                }
                case OnnxAttribute.StringValue a -> {
                    out.writeString(4, a.value());
                    yield 3;
                }
                case OnnxAttribute.TensorValue a -> {
                    out.writeBytes(5, tensor(a.value()));
                    yield 4;
                }
                case OnnxAttribute.FloatList a -> {
                    for (float value : a.values()) {
                        out.writeFloat(7, value);
                    }
                    yield 6;
                }
                case OnnxAttribute.IntList a -> {
                    for (long value : a.values()) {
                        out.writeInt64(8, value);
                    }
                    yield 7;
                }
                case OnnxAttribute.StringList a -> {
                    for (String value : a.values()) {
                        out.writeString(9, value);
                    }
                    yield 8;
                }
                case OnnxAttribute.Other a -> throw NetworkException.at("attribute " + OnnxNode.quoted(a.name()),
                        "is a " + a.kind() + " whose contents were not read", "it cannot be written");
            };
            out.writeInt32(20, kind);
        });
    }

    private static ByteString tensor(OnnxTensor tensor) {
        return message(out -> {
            for (int size : tensor.dimensions()) {
                out.writeInt64(1, size);
            }
            out.writeInt32(2, tensor.type().code());
            text(out, 8, tensor.name());
            out.writeBytes(9, tensor.data());
        });
    }

    private static void values(CodedOutputStream out, int field, List<OnnxValue> values) throws IOException {
        for (OnnxValue value : values) {
            ByteString tensorType = message(o -> {
                if (value.type().isPresent()) {
                    o.writeInt32(1, value.type().get().code());
                }
                if (value.shape().isPresent()) {
                    o.writeBytes(2, shape(value.shape().get()));
                }
            });
            out.writeBytes(field, message(o -> {
                text(o, 1, value.name());
                if (!tensorType.isEmpty()) {
                    o.writeBytes(2, message(type -> type.writeBytes(1, tensorType)));
                }
            }));
        }
    }

    private static ByteString shape(List<OnnxValue.Dimension> shape) {
        return message(out -> {
            for (OnnxValue.Dimension dimension : shape) {
                out.writeBytes(1, message(o -> {
                    switch (dimension) {
                        case OnnxValue.Dimension.Fixed fixed -> o.writeInt64(1, fixed.size());
                        case OnnxValue.Dimension.Symbolic symbolic -> text(o, 2, symbolic.name());
                    }
                }));
            }
        });
    }

    private static void text(CodedOutputStream out, int field, String value) throws IOException {
        if (!value.isEmpty()) {
            out.writeString(field, value);
        }
    }

    private static ByteString message(Body body) {
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            body.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteString();
    }

    private interface Body {
        void write(CodedOutputStream out) throws IOException;
    }
}
