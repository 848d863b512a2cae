package org.bitloom.network.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.network.NetworkException;
import org.bitloom.network.protobuf.WireReader;
import org.jspecify.annotations.Nullable;

/** Reads one TensorProto: whichever field holds the contents, the result has them in raw form. */
final class TensorReader {
    private final WireReader wire;
    private final List<Integer> dimensions = new ArrayList<>();
    private String name = "";
    private long type;
    private @Nullable ByteString raw;
    private boolean external;
    private boolean segmented;
    private int typedField;
    private final WireReader.Elements elements;

    private TensorReader(WireReader wire) {
        this.wire = wire;
        this.elements = wire.new Elements();
    }

    static OnnxTensor read(WireReader wire) throws IOException {
        TensorReader tensor = new TensorReader(wire);
        wire.message(tensor::field);
        return tensor.finish();
    }

    private void field(int field) throws IOException {
        switch (field) {
            case 1 -> wire.numbers(WireFormat.WIRETYPE_VARINT, in -> dimension(in.readInt64()));
            case 2 -> type = wire.integer();
            case 3 -> {
                segmented = true;
                wire.skip();
            }
            case 4 -> typed(4, WireFormat.WIRETYPE_FIXED32, in -> elements.add(in.readRawLittleEndian32(), 4));
            case 5 -> typed(5, WireFormat.WIRETYPE_VARINT, in -> elements.add(in.readInt32(), 4));
            case 7 -> typed(7, WireFormat.WIRETYPE_VARINT, in -> elements.add(in.readInt64(), 8));
            case 8 -> name = wire.text();
            case 9 -> {
                if (raw != null) {
                    throw problem("holds its contents twice", "the file is damaged, export it again");
                }
                raw = wire.bytes();
            }
            case 10 -> typed(10, WireFormat.WIRETYPE_FIXED64, in -> elements.add(in.readRawLittleEndian64(), 8));
            case 11 -> typed(11, WireFormat.WIRETYPE_VARINT, in -> elements.add(in.readUInt64(), 8));
            case 13 -> {
                external = true;
                wire.skip();
            }
            case 14 -> external |= wire.integer() != 0;
            default -> wire.skip();
        }
    }

    private void dimension(long size) {
        if (size < 0 || size > Integer.MAX_VALUE) {
            throw problem("has the dimension " + size, "sizes from 0 to 2^31 - 1 are possible; the file is damaged");
        }
        if (dimensions.size() >= OnnxTensor.MAX_RANK) {
            throw problem("has more than " + OnnxTensor.MAX_RANK + " dimensions",
                    "tensors of at most rank " + OnnxTensor.MAX_RANK + " are supported");
        }
        dimensions.add((int) size);
    }

    private void typed(int field, int wireType, WireReader.NumberReader reader) throws IOException {
        if (typedField != 0 && typedField != field) {
            throw problem("holds its contents twice", "the file is damaged, export it again");
        }
        typedField = field;
        wire.numbers(wireType, reader);
    }

    private OnnxTensor finish() {
        if (external) {
            throw problem("keeps its contents in another file (external data)",
                    "save the model as one file, for example onnx.save(model, path, save_as_external_data=False)");
        }
        if (segmented) {
            throw problem("is stored in segments", "save the model with whole tensors");
        }
        Optional<ElementType> known = ElementType.of(type);
        if (known.isEmpty()) {
            throw problem("has the element type " + type + ", which is not supported",
                    "export it as float32 or as an integer type of 8 to 64 bits");
        }
        ByteString contents = raw;
        if (contents != null && elements.size() > 0) {
            throw problem("holds its contents twice (raw and typed)", "the file is damaged, export it again");
        }
        if (contents == null) {
            contents = fromTyped(known.get());
        }
        return new OnnxTensor(name, known.get(), dimensions, contents);
    }

    /** Elements of a typed field, narrowed from the field's width to the element's. */
    private ByteString fromTyped(ElementType element) {
        int holder = switch (element) {
            case FLOAT -> 4;
            case INT8, UINT8, INT16, UINT16, INT32, BOOL, FLOAT16, BFLOAT16 -> 5;
            case INT64 -> 7;
            case DOUBLE -> 10;
            case UINT32, UINT64 -> 11;
        };
        if (typedField != 0 && typedField != holder) {
            throw problem("of type " + element + " holds its contents in a field of another type",
                    "the file is damaged, export it again");
        }
        ByteString wide = elements.toBytes();
        int from = holder == 4 || holder == 5 ? 4 : 8;
        int to = element.bytes();
        if (from == to) {
            return wide;
        }
        byte[] narrow = new byte[wide.size() / from * to];
        for (int i = 0; i < narrow.length / to; i++) {
            long value = 0;
            for (int b = from - 1; b >= 0; b--) {
                value = value << 8 | (wide.byteAt(i * from + b) & 0xFF);
            }
            value = from == 4 ? (int) value : value;
            checkFits(element, value);
            for (int b = 0; b < to; b++) {
                narrow[i * to + b] = (byte) (value >>> (8 * b));
            }
        }
        return ByteString.copyFrom(narrow);
    }

    private void checkFits(ElementType element, long value) {
        boolean fits = switch (element) {
            case INT8 -> value == (byte) value;
            case INT16 -> value == (short) value;
            case BOOL -> value == 0 || value == 1;
            default -> value >= 0 && value >>> (8 * element.bytes()) == 0;
        };
        if (!fits) {
            throw problem("holds the value " + value + ", which does not fit " + element,
                    "the file is damaged, export it again");
        }
    }

    private NetworkException problem(String cause, String remedy) {
        return NetworkException.at("tensor " + OnnxNode.quoted(name), cause, remedy);
    }
}
