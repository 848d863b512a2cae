package org.bitloom.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.bitloom.network.NetworkException;
import org.bitloom.network.protobuf.FileLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are damaged, or made to do damage: one message each, and no memory taken for what is not there. */
class HostileFileTest {
    @TempDir
    Path folder;

    /** A message of the wire format, written field by field. */
    private interface Body {
        void write(CodedOutputStream out) throws IOException;
    }

    private static ByteString message(Body body) {
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            body.write(out);
            out.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteString();
    }

    private static byte[] model(Body graph) {
        return message(out -> {
            out.writeInt64(1, 8);
            out.writeBytes(7, message(graph));
        }).toByteArray();
    }

    private static byte[] tensor(Body tensor) {
        return model(graph -> graph.writeBytes(5, message(out -> {
            out.writeString(8, "w");
            tensor.write(out);
        })));
    }

    private static Body dims(int type, long... sizes) {
        return out -> {
            for (long size : sizes) {
                out.writeInt64(1, size);
            }
            out.writeInt32(2, type);
        };
    }

    private static Body both(Body first, Body second) {
        return out -> {
            first.write(out);
            second.write(out);
        };
    }

    private static byte[] nested(int depth) {
        ByteString inner = message(out -> out.writeString(1, "x"));
        for (int i = 0; i < depth; i++) {
            ByteString graph = inner;
            ByteString attribute = message(out -> out.writeBytes(6, graph));
            ByteString node = message(out -> out.writeBytes(5, attribute));
            inner = message(out -> out.writeBytes(1, node));
        }
        ByteString graph = inner;
        return message(out -> {
            out.writeInt64(1, 8);
            out.writeBytes(7, graph);
        }).toByteArray();
    }

    static Stream<Arguments> hostile() {
        byte[] good = OnnxWriter.toBytes(OnnxFileTest.small());
        byte[] noise = new byte[4_096];
        new Random(1).nextBytes(noise);
        byte[] groups = new byte[500_000];
        Arrays.fill(groups, (byte) 0x7B);
        byte[] ends = new byte[10];
        Arrays.fill(ends, (byte) 0x7C);
        return Stream.of(
                // Not ONNX at all.
                of("empty", new byte[0], "is empty"),
                of("noise", noise, "not an ONNX model"),
                of("text", "{\"model\": \"this is JSON\"}".getBytes(StandardCharsets.UTF_8), "not an ONNX model"),
                of("zeros", new byte[100], "not an ONNX model"),
                of("a PNG", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, "not an ONNX model"),
                of("a zip", new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0}, "not an ONNX model"),
                of("no graph", message(out -> out.writeInt64(1, 8)).toByteArray(), "no graph"),
                of("no version", message(out -> out.writeBytes(7, ByteString.EMPTY)).toByteArray(), "no graph"),
                // Cut short.
                of("half", Arrays.copyOf(good, good.length / 2), "cut short"),
                of("one byte less", Arrays.copyOf(good, good.length - 1), "cut short"),
                of("cut in a tag", Arrays.copyOf(good, 3), "cut short"),
                // Lengths that lie.
                of("length of 2 GiB", new byte[] {0x3A, -1, -1, -1, -1, 7}, "cut short or damaged"),
                of("negative length", new byte[] {0x3A, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1}, "damaged"),
                of("endless varint", new byte[] {0x08, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1}, "damaged"),
                of("tensor of 2 GiB", model(g -> {
                    g.writeTag(5, 2);
                    g.writeUInt32NoTag(Integer.MAX_VALUE);
                }), "damaged"),
                of("raw data of 2 GiB", tensor(out -> {
                    out.writeTag(9, 2);
                    out.writeUInt32NoTag(Integer.MAX_VALUE);
                }), "damaged"),
                of("name of 5,000 bytes", model(g -> g.writeString(2, "n".repeat(5_000))), "a name of 5000 bytes"),
                of("name of 4 GiB", new byte[] {0x12, -1, -1, -1, -1, 15}, "a name of 4294967295 bytes"),
                // Nesting.
                of("500,000 groups", groups, "damaged"),
                of("group ends", ends, "damaged"),
                of("group without end", new byte[] {0x7B, 0x08, 0x01}, "damaged"),
                of("message in the wrong wire type", new byte[] {0x38, 1}, "damaged"),
                of("name in the wrong wire type", model(g -> g.writeInt32(2, 7)), "damaged"),
                of("name that is no text", model(g -> g.writeByteArray(2, new byte[] {(byte) 0xC3, 0x28})), "UTF-8"),
                // Dimensions.
                of("negative", tensor(dims(1, 2, -3)), "'w': has the dimension -3"),
                of("2^40 x 2^40", tensor(dims(1, 1L << 40, 1L << 40)), "has the dimension 1099511627776"),
                of("product overflows", tensor(dims(1, 1 << 20, 1 << 20, 1 << 20, 1 << 4)), "more than 2^31 - 1"),
                of("product is 0 in 32 bits", tensor(dims(1, 1 << 16, 1 << 16)), "more than 2^31 - 1"),
                of("rank 9", tensor(dims(1, 1, 1, 1, 1, 1, 1, 1, 1, 1)), "more than 8 dimensions"),
                of("rank 100,000 packed", tensor(out -> out.writeByteArray(1, new byte[100_000])), "8 dimensions"),
                // Contents.
                of("too short", tensor(both(dims(1, 4), o -> o.writeByteArray(9, new byte[15]))), "needs 16 bytes"),
                of("too long", tensor(both(dims(1, 4), o -> o.writeByteArray(9, new byte[17]))), "needs 16 bytes"),
                of("missing", tensor(dims(1, 1 << 14)), "but the file holds 0"),
                of("typed, too few", tensor(both(dims(7, 3), o -> o.writeInt64(7, 1))), "needs 24 bytes"),
                of("raw twice", tensor(both(dims(1, 1), o -> {
                    o.writeByteArray(9, new byte[4]);
                    o.writeByteArray(9, new byte[4]);
                })), "contents twice"),
                of("raw and typed", tensor(both(dims(1, 1), o -> {
                    o.writeByteArray(9, new byte[4]);
                    o.writeFloat(4, 1);
                })), "contents twice"),
                of("two typed fields", tensor(both(dims(1, 1), o -> {
                    o.writeFloat(4, 1);
                    o.writeInt64(7, 1);
                })), "contents twice"),
                of("field of another type", tensor(both(dims(1, 1), o -> o.writeInt64(7, 1))), "another type"),
                of("float field cut", tensor(both(dims(1, 1), o -> o.writeByteArray(4, new byte[3]))), "damaged"),
                of("300 in a byte", tensor(both(dims(2, 1), o -> o.writeInt32(5, 300))), "does not fit UINT8"),
                of("-200 in a byte", tensor(both(dims(3, 1), o -> o.writeInt32(5, -200))), "does not fit INT8"),
                of("2 in a bool", tensor(both(dims(9, 1), o -> o.writeInt32(5, 2))), "does not fit BOOL"),
                of("strings", tensor(both(dims(8, 1), o -> o.writeString(6, "x"))), "element type 8"),
                of("complex", tensor(dims(14, 0)), "element type 14"),
                of("type 0", tensor(dims(0, 1)), "element type 0"),
                of("type 99", tensor(dims(99, 1)), "element type 99"),
                of("4-bit floats", tensor(dims(23, 1)), "element type 23"),
                of("segments", tensor(both(dims(1, 1), o -> o.writeByteArray(3, new byte[2]))), "segments"),
                // Other files.
                external("absolute", "/etc/passwd"),
                external("parent", "../secret.bin"),
                external("empty", ""),
                external("NUL", "weights\0.bin"),
                external("device", "/dev/zero"),
                external("backslashes", "..\\..\\secret.bin"),
                of("external without a place", tensor(both(dims(1, 1), o -> o.writeInt32(14, 1))), "external data"),
                of("sparse", model(g -> g.writeByteArray(15, new byte[0])), "sparse initializers"),
                of("two graphs", message(out -> {
                    out.writeInt64(1, 8);
                    out.writeBytes(7, ByteString.EMPTY);
                    out.writeBytes(7, ByteString.EMPTY);
                }).toByteArray(), "two graphs"),
                of("local functions", message(out -> {
                    out.writeInt64(1, 8);
                    out.writeByteArray(25, new byte[0]);
                }).toByteArray(), "model-local functions"));
    }

    private static Arguments of(String name, byte[] file, String message) {
        return Arguments.of(name, file, message);
    }

    private static Arguments external(String name, String location) {
        byte[] file = tensor(both(dims(1, 4), out -> out.writeBytes(13, message(entry -> {
            entry.writeString(1, "location");
            entry.writeString(2, location);
        }))));
        return Arguments.of("external data: " + name, file, "another file (external data)");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void isRefusedWithOneMessage(String name, byte[] file, String message) {
        assertThatThrownBy(() -> OnnxReader.read(file, "bad.onnx", FileLimits.DEFAULT))
                .isInstanceOf(NetworkException.class)
                .hasMessageStartingWith("bad.onnx: ")
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(500));
    }

    @ParameterizedTest
    @MethodSource("depths")
    void graphsInGraphsAreSkippedOrRefusedWithoutRecursion(int depth) {
        // The reader does not descend into a graph inside a node: it only says that there is one.
        OnnxModel model = OnnxReader.read(nested(depth), "deep.onnx", FileLimits.DEFAULT);
        assertThat(model.graph().nodes()).hasSize(1);
        assertThat(model.graph().nodes().getFirst().attributes())
                .containsExactly(new OnnxAttribute.Other("", "graph"));
    }

    static Stream<Integer> depths() {
        return Stream.of(1, 2, 50, 200, 2_000);
    }

    @Test
    void everyTruncationOfAGoodFileIsRefusedOrReadsAsAModel() {
        byte[] good = OnnxWriter.toBytes(OnnxFileTest.small());
        int refused = 0;
        for (int length = 0; length < good.length; length++) {
            try {
                OnnxReader.read(Arrays.copyOf(good, length), "cut.onnx", FileLimits.DEFAULT);
            } catch (NetworkException e) {
                refused++;
            }
        }
        // Whole trailing fields of the outermost message may be missing; everything else must be noticed.
        assertThat(refused).isGreaterThan(good.length - 30);
    }

    @Test
    void randomDamageNeverEscapesAsAnotherException() {
        byte[] good = OnnxWriter.toBytes(OnnxFileTest.small());
        Random random = new Random(42);
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] bad = good.clone();
            for (int hits = 1 + random.nextInt(4); hits > 0; hits--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt();
            }
            try {
                OnnxImporter.of(OnnxReader.read(bad, "bad.onnx", FileLimits.DEFAULT), "bad.onnx");
            } catch (NetworkException e) {
                assertThat(e.getMessage()).startsWith("bad.onnx: ").doesNotContain("\n");
            }
        }
    }

    @Test
    void contentsBeyondTheBudgetAreRefusedBeforeTheyAreStored() {
        // Fifty thousand one-byte varints would become 200 kB of integers.
        byte[] file = tensor(both(dims(6, 50_000), out -> out.writeByteArray(5, new byte[50_000])));
        FileLimits limits = new FileLimits(1 << 20, 100_000, 1_000, 100);
        assertThatThrownBy(() -> OnnxReader.read(file, "fat.onnx", limits))
                .isInstanceOf(NetworkException.class).hasMessageContaining("more than 100000 bytes");
        assertThat(OnnxReader.read(file, "fat.onnx", FileLimits.DEFAULT).graph().initializers().getFirst().size())
                .isEqualTo(50_000);
    }

    @Test
    void moreRecordsThanTheBudgetAreRefused() {
        byte[] file = model(graph -> {
            for (int i = 0; i < 5_000; i++) {
                graph.writeByteArray(1, new byte[0]);
            }
        });
        FileLimits limits = new FileLimits(1 << 20, 1 << 20, 4_000, 100);
        assertThatThrownBy(() -> OnnxReader.read(file, "many.onnx", limits))
                .isInstanceOf(NetworkException.class).hasMessageContaining("more than 4000 nodes");
    }

    @Test
    void filesThatAreNoFilesOrTooLargeAreRefusedUnread() throws IOException {
        assertThatThrownBy(() -> OnnxReader.read(folder.resolve("none.onnx")))
                .isInstanceOf(NetworkException.class).hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> OnnxReader.read(folder))
                .isInstanceOf(NetworkException.class).hasMessageContaining("not a regular file");
        Path large = folder.resolve("large.onnx");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        assertThatThrownBy(() -> OnnxReader.read(large))
                .isInstanceOf(NetworkException.class).hasMessageContaining("has 3221225472 bytes");
        Path link = folder.resolve("loop.onnx");
        Files.createSymbolicLink(link, link);
        assertThatThrownBy(() -> OnnxReader.read(link)).isInstanceOf(NetworkException.class);
    }
}
