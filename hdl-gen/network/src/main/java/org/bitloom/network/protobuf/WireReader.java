package org.bitloom.network.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.bitloom.network.NetworkException;

/**
 * A cursor over protobuf's wire format that accounts for everything it hands out. One cursor reads one whole file;
 * {@link #message} confines it to a nested message while that is read.
 */
public final class WireReader {
    private static final int MAX_NESTING = 32;

    private final CodedInputStream in;
    private final FileLimits limits;
    private long records;
    private long payload;
    private int depth;
    private int currentTag;
    private int wireType;

    /** Reads one field whose number {@link #nextField} has just returned. */
    public interface FieldReader {
        void read(int field) throws IOException;
    }

    public WireReader(byte[] file, FileLimits limits) {
        this.in = CodedInputStream.newInstance(file);
        this.in.setRecursionLimit(MAX_NESTING);
        this.limits = limits;
    }

    /** Hands every field of the current message to {@code reader}, which must consume or {@link #skip} it. */
    public void fields(FieldReader reader) throws IOException {
        int tag;
        while ((tag = in.readTag()) != 0) {
            wireType = WireFormat.getTagWireType(tag);
            if (wireType == WireFormat.WIRETYPE_END_GROUP) {
                throw new IOException("a group ends that never began");
            }
            currentTag = tag;
            reader.read(WireFormat.getTagFieldNumber(tag));
        }
    }

    public void skip() throws IOException {
        in.skipField(currentTag);
    }

    /** Reads the nested message of the current field. */
    public void message(FieldReader reader) throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        if (++depth > MAX_NESTING) {
            throw new IOException("messages are nested deeper than " + MAX_NESTING);
        }
        count(1);
        int outer = in.pushLimit(in.readRawVarint32());
        fields(reader);
        in.checkLastTagWas(0);
        in.popLimit(outer);
        depth--;
    }

    public long integer() throws IOException {
        require(WireFormat.WIRETYPE_VARINT);
        return in.readInt64();
    }

    public float single() throws IOException {
        require(WireFormat.WIRETYPE_FIXED32);
        return in.readFloat();
    }

    public String text() throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        count(1);
        int start = in.getTotalBytesRead();
        int length = in.readRawVarint32();
        if (length < 0 || length > limits.nameBytes()) {
            throw new NetworkException("a name of " + Integer.toUnsignedString(length) + " bytes at byte " + start
                    + "; names of at most " + limits.nameBytes() + " bytes are read");
        }
        byte[] bytes = in.readRawBytes(length);
        ByteString text = ByteString.copyFrom(bytes);
        if (!text.isValidUtf8()) {
            throw new IOException("a name is not valid UTF-8");
        }
        return text.toStringUtf8();
    }

    /** The payload of a tensor, verbatim. */
    public ByteString bytes() throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        ByteString bytes = in.readBytes();
        payload(bytes.size());
        return bytes;
    }

    public boolean isPacked() {
        return wireType == WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    /** One or, when packed, many numbers of a repeated field. */
    public void numbers(int elementWireType, NumberReader reader) throws IOException {
        if (!isPacked()) {
            require(elementWireType);
            count(1);
            reader.read(in);
            return;
        }
        int outer = in.pushLimit(in.readRawVarint32());
        while (in.getBytesUntilLimit() > 0) {
            reader.read(in);
        }
        in.popLimit(outer);
    }

    /** Reads one number from the stream. */
    public interface NumberReader {
        void read(CodedInputStream in) throws IOException;
    }

    /** Accounts for {@code bytes} more of tensor contents. */
    public void payload(long bytes) {
        payload += bytes;
        if (payload > limits.payloadBytes()) {
            throw new NetworkException("its tensors need more than " + limits.payloadBytes()
                    + " bytes; a model of this size is not supported");
        }
    }

    /** Accounts for {@code more} records. */
    public void count(long more) {
        records += more;
        if (records > limits.records()) {
            throw new NetworkException("it has more than " + limits.records()
                    + " nodes, names and attributes; a model of this size is not supported");
        }
    }

    public int position() {
        return in.getTotalBytesRead();
    }

    private void require(int expected) throws IOException {
        if (wireType != expected) {
            throw new IOException("a field has wire type " + wireType + " where " + expected + " is due");
        }
    }

    /** Little-endian elements collected from a typed field, one number at a time, under the payload budget. */
    public final class Elements {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        public void add(long bits, int bytes) {
            payload(bytes);
            for (int i = 0; i < bytes; i++) {
                out.write((int) (bits >>> (8 * i)));
            }
        }

        public int size() {
            return out.size();
        }

        public ByteString toBytes() {
            return ByteString.copyFrom(out.toByteArray());
        }
    }
}
