package org.bitloom.network.caffe;

import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.bitloom.network.NetworkException;
import org.bitloom.network.protobuf.FileLimits;
import org.bitloom.network.protobuf.SafeText;
import org.bitloom.network.protobuf.WireReader;

/** Reads a message in protobuf's binary form; memory is taken only for what is really there. */
final class BinaryReader {
    private static final int FLOAT_BYTES = 4;

    private final WireReader wire;

    private BinaryReader(byte[] file, FileLimits limits) {
        wire = new WireReader(file, limits);
    }

    /**
     * Reads the bytes of a file.
     *
     * @param label stands for the file in messages
     * @param kind  what the file should be, with its article
     */
    static Message read(byte[] file, String label, String kind, Schema schema, FileLimits limits) {
        BinaryReader reader = new BinaryReader(file, limits);
        try {
            if (file.length == 0) {
                throw new NetworkException("is empty; save it again");
            }
            Message message = new Message();
            reader.wire.fields(field -> reader.value(schema, field, message));
            return message;
        } catch (NetworkException e) {
            throw new NetworkException(label + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw NetworkException.at(label, "is not " + kind + ", or is cut short or damaged (at byte "
                    + reader.wire.position() + " of " + file.length + ": " + SafeText.firstSentence(e.getMessage()) + ")",
                    "save it again");
        }
    }

    private void value(Schema schema, int number, Message message) throws IOException {
        Schema.Field field = schema.field(number).orElse(null);
        if (field == null) {
            wire.skip();
            return;
        }
        switch (field.kind()) {
            case INTEGER -> wire.numbers(WireFormat.WIRETYPE_VARINT, in -> {
                wire.count(1);
                message.add(field.name(), in.readInt64());
            });
            case NUMBER -> wire.numbers(WireFormat.WIRETYPE_FIXED32, in -> {
                wire.count(1);
                message.add(field.name(), (double) in.readFloat());
            });
            case FLAG -> message.add(field.name(), wire.integer() != 0);
            case TEXT -> message.add(field.name(), wire.text());
            case CHOICE -> {
                long choice = wire.integer();
                message.add(field.name(), choice >= 0 && choice < field.choices().size()
                        ? field.choices().get((int) choice) : "number " + choice);
            }
            case MESSAGE -> {
                Schema type = Objects.requireNonNull(field.message());
                Message nested = new Message();
                wire.message(inner -> value(type, inner, nested));
                message.add(field.name(), nested);
            }
            case NUMBERS -> message.add(field.name(), numbers(field.name().startsWith("double")));
        }
    }

    private float[] numbers(boolean wide) throws IOException {
        var found = new Object() {
            float[] values = new float[wire.isPacked() ? 16 : 1];
            int count;
        };
        wire.numbers(wide ? WireFormat.WIRETYPE_FIXED64 : WireFormat.WIRETYPE_FIXED32, in -> {
            wire.payload(FLOAT_BYTES);
            if (found.count == found.values.length) {
                found.values = Arrays.copyOf(found.values, 2 * found.count);
            }
            found.values[found.count++] = wide ? (float) in.readDouble() : in.readFloat();
        });
        return Arrays.copyOf(found.values, found.count);
    }
}
