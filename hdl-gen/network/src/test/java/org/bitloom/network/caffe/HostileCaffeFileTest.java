package org.bitloom.network.caffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bitloom.network.caffe.CaffeFiles.blob;
import static org.bitloom.network.caffe.CaffeFiles.integer;
import static org.bitloom.network.caffe.CaffeFiles.layer;
import static org.bitloom.network.caffe.CaffeFiles.message;
import static org.bitloom.network.caffe.CaffeFiles.number;
import static org.bitloom.network.caffe.CaffeFiles.oldBlob;
import static org.bitloom.network.caffe.CaffeFiles.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.bitloom.network.NetworkException;
import org.bitloom.network.caffe.CaffeFiles.Body;
import org.bitloom.network.model.Dimensions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are damaged, or made to do damage: one message each, and no memory taken for what is not there. */
class HostileCaffeFileTest {
    @TempDir
    Path folder;

    private static final Body GOOD = text(1, "good")
            .and(layer("data", "Input", "", "data", message(143, message(1, integer(1, 1).and(integer(1, 1))
                    .and(integer(1, 4)).and(integer(1, 4))))))
            .and(layer("conv", "Convolution", "data", "conv", blob(7, new long[] {1, 1, 2, 2}, 1, 2, 3, 4)
                    .and(blob(7, new long[] {1}, 1)).and(message(106, integer(1, 1).and(integer(4, 2))))))
            .and(layer("pool", "Pooling", "conv", "pool", message(121, integer(2, 2).and(integer(3, 2)))));

    static Stream<Arguments> hostile() {
        byte[] noise = new byte[4_096];
        new Random(1).nextBytes(noise);
        byte[] groups = new byte[500_000];
        Arrays.fill(groups, (byte) 0x7B);
        return Stream.of(
                Arguments.of("empty", new byte[0], "is empty"),
                Arguments.of("noise", noise, ""),
                Arguments.of("text", "name: \"LeNet\"".getBytes(StandardCharsets.UTF_8), ""),
                Arguments.of("groups", groups, "damaged"),
                Arguments.of("no layers", CaffeFiles.bytes(text(1, "x")), "no layers"),
                Arguments.of("length of 2 GiB", new byte[] {0x0A, -1, -1, -1, -1, 7}, "2147483647 bytes"),
                Arguments.of("layer of 2 GiB", new byte[] {(byte) 0xA2, 6, -1, -1, -1, -1, 7}, "damaged"),
                Arguments.of("a blob of 2^60 numbers", net(blob(7, new long[] {1L << 30, 1L << 30}, 1)), "2^31 - 1 elements"),
                Arguments.of("a negative blob", net(oldBlob(7, -1, 1, 1, 1)), "dimension -1"),
                Arguments.of("a blob of 2^31 - 1 numbers that are not there", net(oldBlob(7, 1, 1, 1, Integer.MAX_VALUE)),
                        "holds 0 numbers"),
                Arguments.of("2^31 outputs", net(message(106, integer(1, 1L << 31).and(integer(4, 1)))), "num_output"),
                Arguments.of("many outputs", net(message(106, integer(1, 1 << 30).and(integer(4, 3)))), "elements"),
                Arguments.of("a kernel of 0", net(message(106, integer(1, 1).and(integer(4, 0)))), "kernel of 0"),
                Arguments.of("a negative stride", net(message(106, integer(1, 1).and(integer(4, 1)).and(integer(6, -1)))),
                        "stride of -1"),
                Arguments.of("a stride of 2^40", net(message(106, integer(1, 1).and(integer(4, 1)).and(integer(6, 1L << 40)))),
                        "stride of"),
                Arguments.of("a huge input", CaffeFiles.bytes(text(1, "x").and(layer("data", "Input", "", "data",
                        message(143, message(1, integer(1, 1).and(integer(1, 60_000)).and(integer(1, 30_000))
                                .and(integer(1, 1)))))).and(layer("r", "ReLU", "data", "r", Body.NOTHING))), "elements"),
                Arguments.of("a padding that is no less than the kernel", CaffeFiles.bytes(GOOD.and(layer("p", "Pooling",
                        "pool", "p", message(121, integer(2, 1).and(integer(4, 5)))))), "less padding than kernel"),
                Arguments.of("a window beside the image", CaffeFiles.bytes(GOOD.and(layer("p", "Pooling", "data", "p",
                        message(121, integer(2, 1).and(integer(3, 2)))))), "lies in the padding as a whole"),
                Arguments.of("a scale of 0", CaffeFiles.bytes(text(1, "x").and(layer("data", "Data", "", "data",
                        message(100, number(1, 0)))).and(layer("r", "ReLU", "data", "r", Body.NOTHING))), "scales its input"));
    }

    private static byte[] net(Body convolution) {
        return CaffeFiles.bytes(text(1, "x").and(layer("data", "Input", "", "data", message(143, message(1, integer(1, 1)
                .and(integer(1, 1)).and(integer(1, 4)).and(integer(1, 4))))))
                .and(layer("conv", "Convolution", "data", "conv", convolution)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void aHostileFileIsOneMessage(String name, byte[] file, String said) throws IOException {
        Path path = Files.write(folder.resolve("bad.caffemodel"), file);
        CaffeOptions options = new CaffeOptions(null, name.equals("a scale of 0") ? Dimensions.of(4) : null, null, null);
        assertThatThrownBy(() -> CaffeImporter.read(path, options)).isInstanceOf(NetworkException.class)
                .hasMessageStartingWith(path.toString()).hasMessageContaining(said)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600).doesNotContain("\n"));
    }

    @Test
    void aFileCutOffAnywhereIsReadOrRefused() throws IOException {
        byte[] whole = CaffeFiles.bytes(GOOD);
        for (int length = 0; length <= whole.length; length++) {
            importOrRefuse(Arrays.copyOf(whole, length));
        }
    }

    @Test
    void aFileWithAnyByteChangedIsReadOrRefused() throws IOException {
        byte[] whole = CaffeFiles.bytes(GOOD);
        Random random = new Random(7);
        for (int i = 0; i < 4_000; i++) {
            byte[] changed = whole.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            importOrRefuse(changed);
        }
    }

    private void importOrRefuse(byte[] file) throws IOException {
        Path path = Files.write(folder.resolve("maybe.caffemodel"), file);
        try {
            assertThat(CaffeImporter.read(path, CaffeOptions.NONE).nodes()).isNotEmpty();
        } catch (NetworkException e) {
            assertThat(e.getMessage()).startsWith(path.toString()).doesNotContain("\n");
        }
    }

    @Test
    void aTextThatIsNoneIsOneMessageWithItsLine() throws IOException {
        Path model = CaffeFiles.write(folder, "good.caffemodel", GOOD);
        String deep = "layer { a ".repeat(100_000);
        for (String text : new String[] {"", "name \"x\"", "layer {", "layer: 5", "name: {", "name: \"x", "input_dim: x",
            "layer { name: 5 }", "layer { type: [", "}", "layer { pooling_param { pool: \"MAX\" } }", deep, "a: [1 2]",
            "\u0000\u0001\u0002", "input_dim: 99999999999999999999", "layer { convolution_param: 3 }"}) {
            Path file = Files.writeString(folder.resolve("bad.prototxt"), text);
            assertThatThrownBy(() -> CaffeImporter.read(model, new CaffeOptions(file, null, null, null)))
                    .as(text.substring(0, Math.min(30, text.length()))).isInstanceOf(NetworkException.class)
                    .hasMessageStartingWith(file.toString())
                    .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(600).doesNotContain("\n"));
        }
    }

    @Test
    void whatIsNotThereIsNamed() {
        Path missing = folder.resolve("missing.caffemodel");
        assertThatThrownBy(() -> CaffeImporter.read(missing, CaffeOptions.NONE)).isInstanceOf(NetworkException.class)
                .hasMessageContaining(missing.toString()).hasMessageContaining("no such file");
        assertThatThrownBy(() -> CaffeImporter.read(folder, CaffeOptions.NONE)).isInstanceOf(NetworkException.class)
                .hasMessageContaining("not a regular file");
    }
}
