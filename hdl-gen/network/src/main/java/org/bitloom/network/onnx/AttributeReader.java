package org.bitloom.network.onnx;

import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.protobuf.WireReader;
import org.jspecify.annotations.Nullable;

/** Reads one AttributeProto. Its kind is what the file declares; files older than IR 2 declare none and are guessed. */
final class AttributeReader {
    private final WireReader wire;
    private final List<Float> floats = new ArrayList<>();
    private final List<Long> ints = new ArrayList<>();
    private final List<String> strings = new ArrayList<>();
    private String name = "";
    private float single;
    private long integer;
    private String text = "";
    private @Nullable OnnxTensor tensor;
    private long declared;
    private int lastField;

    private AttributeReader(WireReader wire) {
        this.wire = wire;
    }

    static OnnxAttribute read(WireReader wire) throws IOException {
        AttributeReader attribute = new AttributeReader(wire);
        wire.message(attribute::field);
        return attribute.finish();
    }

    private void field(int field) throws IOException {
        switch (field) {
            case 1 -> name = wire.text();
            case 2 -> single = wire.single();
            case 3 -> integer = wire.integer();
            case 4 -> text = wire.text();
            case 5 -> tensor = TensorReader.read(wire);
            case 7 -> wire.numbers(WireFormat.WIRETYPE_FIXED32, in -> {
                wire.count(1);
                floats.add(in.readFloat());
            });
            case 8 -> wire.numbers(WireFormat.WIRETYPE_VARINT, in -> {
                wire.count(1);
                ints.add(in.readInt64());
            });
            case 9 -> strings.add(wire.text());
            case 20 -> declared = wire.integer();
            default -> wire.skip();
        }
        if (field >= 2 && field <= 11 || field == 14 || field == 15 || field == 22 || field == 23) {
            lastField = field;
        }
        if (field == 21) {
            lastField = field;
            declared = -1;
        }
    }

    private OnnxAttribute finish() throws IOException {
        int field = switch ((int) declared) {
            case 0 -> lastField;
            case 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 -> (int) declared + 1;
            default -> 0;
        };
        return switch (field) {
            case 2 -> new OnnxAttribute.FloatValue(name, single);
            case 3 -> new OnnxAttribute.IntValue(name, integer);
            case 4 -> new OnnxAttribute.StringValue(name, text);
            case 5 -> {
                if (tensor == null) {
                    throw new IOException("attribute " + OnnxNode.quoted(name) + " lacks its tensor");
                }
                yield new OnnxAttribute.TensorValue(name, tensor);
            }
            case 6, 11 -> new OnnxAttribute.Other(name, "graph");
            case 7 -> new OnnxAttribute.FloatList(name, floats);
            case 8 -> new OnnxAttribute.IntList(name, ints);
            case 9 -> new OnnxAttribute.StringList(name, strings);
            case 10 -> new OnnxAttribute.Other(name, "list of tensors");
            default -> new OnnxAttribute.Other(name, "value of kind " + declared);
        };
    }
}
