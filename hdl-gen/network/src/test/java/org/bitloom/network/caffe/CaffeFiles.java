package org.bitloom.network.caffe;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes Caffe's messages field by field. */
final class CaffeFiles {
    private CaffeFiles() {
    }

    /** The fields of a message. */
    interface Body {
        Body NOTHING = out -> { };

        void write(CodedOutputStream out) throws IOException;

        default Body and(Body more) {
            return out -> {
                write(out);
                more.write(out);
            };
        }
    }

    static byte[] bytes(Body body) {
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            body.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteString().toByteArray();
    }

    static Body message(int field, Body body) {
        return out -> out.writeByteArray(field, bytes(body));
    }

    static Body text(int field, String text) {
        return out -> out.writeString(field, text);
    }

    static Body integer(int field, long value) {
        return out -> out.writeInt64(field, value);
    }

    static Body number(int field, float value) {
        return out -> out.writeFloat(field, value);
    }

    private static Body packed(int field, float... values) {
        return out -> {
            out.writeTag(field, 2);
            out.writeUInt32NoTag(4 * values.length);
            for (float value : values) {
                out.writeFloatNoTag(value);
            }
        };
    }

    /** A layer of the newer form. */
    static Body layer(String name, String type, String bottom, String top, Body more) {
        Body bottoms = bottom.isEmpty() ? Body.NOTHING : text(3, bottom);
        return message(100, text(1, name).and(text(2, type)).and(bottoms).and(text(4, top)).and(more));
    }

    /** A layer of the older form. */
    static Body oldLayer(String name, int type, String bottom, String top, Body more) {
        Body bottoms = bottom.isEmpty() ? Body.NOTHING : text(2, bottom);
        return message(2, bottoms.and(text(3, top)).and(text(4, name)).and(integer(5, type)).and(more));
    }

    /** A blob with the field number that it has in its layer. */
    static Body blob(int field, long[] shape, float... values) {
        Body dimensions = Body.NOTHING;
        for (long size : shape) {
            dimensions = dimensions.and(integer(1, size));
        }
        return message(field, packed(5, values).and(message(7, dimensions)));
    }

    static Body oldBlob(int field, long num, long channels, long height, long width, float... values) {
        return message(field, integer(1, num).and(integer(2, channels)).and(integer(3, height)).and(integer(4, width))
                .and(packed(5, values)));
    }

    static Path write(Path folder, String name, Body body) {
        try {
            return Files.write(folder.resolve(name), bytes(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static float[] ramp(int count, float step) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (i % 11 - 5) * step;
        }
        return values;
    }
}
