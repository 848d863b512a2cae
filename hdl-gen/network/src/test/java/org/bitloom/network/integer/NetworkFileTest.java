package org.bitloom.network.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkFileTest {
    private static final String DOCUMENT = """
            {
              "format": "bitloom integer network",
              "version": 1,
              "name": "small",
              "inputShape": [4],
              "inputType": "u2",
              "layers": [
                {
                  "name": "fc",
                  "inputs": [-1],
                  "operation": "dense",
                  "weights": {
                    "type": "s3",
                    "rows": 2,
                    "columns": 4,
                    "data": [
                      "d50f",
                      "0000"
                    ]
                  },
                  "bias": [5,-6]
                },
                {
                  "name": "act",
                  "inputs": [0],
                  "operation": "threshold",
                  "outputType": "bipolar",
                  "channels": 2,
                  "count": 1,
                  "thresholds": [
                    [3],
                    ["inf"]
                  ],
                  "descending": [0]
                }
              ],
              "classifier": {
                "rule": "first-maximum",
                "classes": 2
              },
              "outputScale": {
                "scales": ["1/2"],
                "offsets": ["-3"]
              }
            }
            """;

    private static IntegerNetwork small() {
        Weights weights = Weights.IntegerMatrix.of(ValueType.signed(3), 2, 4,
                (row, column) -> row == 1 ? 0 : new int[] {-3, 2, -1, -1}[column]);
        return new IntegerNetwork("small", Shape.of(4), ValueType.unsigned(2), List.of(
                new Layer("fc", new Operation.Dense(weights, List.of(5L, -6L)), IntegerNetwork.INPUT),
                new Layer("act", new Operation.Threshold(new ThresholdTable(new long[][] {{3}, {ThresholdTable.NEVER}},
                        new boolean[] {true, false}), ValueType.bipolar()), 0)),
                new Classifier(Classifier.Rule.FIRST_MAXIMUM, 2),
                OutputScale.ofTensor(Rational.of(1, 2), Rational.of(-3)));
    }

    @Test
    void theFileIsReadable(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("small.json");
        NetworkFile.save(small(), file);
        assertThat(file).hasContent(DOCUMENT);
        assertThat(NetworkFile.load(file)).isEqualTo(small());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Property(tries = 500)
    void aRandomNetworkComesBackEqualAndWritesTheSameBytes(@ForAll long seed) throws IOException {
        IntegerNetwork network = new RandomNetworks(seed).network();
        Path file = Files.createTempFile("network", ".json");
        try {
            NetworkFile.save(network, file);
            byte[] bytes = Files.readAllBytes(file);
            IntegerNetwork loaded = NetworkFile.load(file);
            assertThat(loaded).isEqualTo(network).hasSameHashCodeAs(network);
            NetworkFile.save(loaded, file);
            assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        } finally {
            Files.delete(file);
        }
    }

    @Property(tries = 1000)
    void aDamagedFileIsReadOrRefusedButNothingElse(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        byte[] bytes = DOCUMENT.getBytes(StandardCharsets.UTF_8);
        int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : bytes.length;
        byte[] damaged = Arrays.copyOf(bytes, length);
        for (int i = random.nextInt(4); i > 0 && length > 0; i--) {
            damaged[random.nextInt(length)] = random.nextBoolean() ? (byte) random.nextInt(256)
                    : (byte) "0123456789[]{},:\"-e.".charAt(random.nextInt(20));
        }
        Path file = Files.createTempFile("network", ".json");
        try {
            Files.write(file, damaged);
            NetworkFile.load(file);
        } catch (NetworkException e) {
            assertThat(e).hasMessageStartingWith(file.toString()).message().hasLineCount(1);
        } finally {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "version": 1         | "version": 2            | line 3: version 2 of the format is unknown; expected 1
            "name": "small"      | "name": "a b"           | not an identifier
            "name": "fc"         | "name": "$(rm)"         | not an identifier
            "name": "act"        | "name": "FC"            | layer FC: another layer has this name
            "inputShape": [4]    | "inputShape": [65536,65536] | more than 2^31 - 1 elements
            "inputShape": [4]    | "inputShape": [4.5]     | line 5: expected an integer or the end of the list, found a fraction
            "inputShape": [4]    | "inputShape": [1e9999]  | found a fraction
            "inputShape": [4]    | "inputShape": [99999999999999999999999999] | not well-formed JSON
            "inputShape": [4]    | "inputShape": [9999999999999999999] | line 5: it is not well-formed JSON
            "inputShape": [4]    | "inputShape": [5]       | layer fc: weights of 4 columns do not match an input of 5
            "inputShape": [4]    | "shape": [4]            | line 5: expected the name "inputShape" here
            "inputType": "u2"    | "inputType": "u63"      | unsigned type of 63 bits: the width must be 1 to 62
            "inputType": "u2"    | "inputType": "float"    | unknown type
            "operation": "dense" | "operation": "relu"     | layer fc: unknown operation
            "inputs": [0]        | "inputs": [1]           | layer act: input 1 is not an earlier layer
            "inputs": [0]        | "inputs": [-1,0]        | layer act: Threshold takes 1 inputs, not 2
            "rows": 2            | "rows": 200000000       | weights of 200000000 x 4 do not fit in this file
            "rows": 2            | "rows": 2000            | weights of 2000 x 4 do not fit in this file
            "rows": 2            | "rows": -1              | weights of -1 x 4 do not fit in this file
            "rows": 2            | "rows": 3               | expected a string, found the end of the list
            "rows": 2            | "rows": 1               | expected the end of the list, found a string
            "columns": 4         | "columns": 2147483647   | weights of 2 x 2147483647 do not fit in this file
            "d50f"               | "d50"                   | a row of weights is not hexadecimal
            "d50f"               | "d50f00"                | a row of weights has 6 hexadecimal digits
            "d50f"               | "d51f"                  | a row of weights has bits set beyond its last column
            "bias": [5,-6]       | "bias": [5]             | layer fc: bias of 1 values for 2 outputs
            "count": 1           | "count": 1000000        | 2 channels of 1000000 thresholds do not fit in this file
            "count": 1           | "count": 2              | expected a threshold, found the end of the list
            ["inf"]              | ["NaN"]                 | a threshold is an integer, "-inf" or "inf"
            "descending": [0]    | "descending": [2]       | descending channel 2 does not exist
            "classes": 2         | "classes": 3            | 3 classes cannot be read from 2 outputs
            "first-maximum"      | "random"                | unknown classifier rule
            ["1/2"]              | ["1/0"]                 | 1/0 is not a number
            ["1/2"]              | ["0x1p3"]               | "scales" holds something that is not a fraction like 1/2
            ["1/2"]              | ["1/2","1/2"]           | output scale: 2 scales and 1 offsets
            ["-3"]               | [[[[[[[[[[[[[[[[[[["-3" | expected a string or the end of the list, found a list
            """)
    void aMistakeIsRefusedInOneLine(String good, String bad, String message, @TempDir Path folder) throws IOException {
        assertThat(DOCUMENT).contains(good);
        refused(folder, DOCUMENT.replace(good, bad), message);
    }

    private static final String BRANCHES = """
            {
              "format": "bitloom integer network",
              "version": 1,
              "name": "branches",
              "inputShape": [2,2,2],
              "inputType": "s2",
              "layers": [
                {
                  "name": "max",
                  "inputs": [-1],
                  "operation": "maxPool",
                  "kernel": [2,2],
                  "stride": [1,1],
                  "dilation": [1,1],
                  "padding": [1,0,0,1],
                  "paddingValue": -2
                },
                {
                  "name": "sum",
                  "inputs": [-1],
                  "operation": "sumPool",
                  "kernel": [1,1],
                  "stride": [1,1],
                  "dilation": [1,1],
                  "padding": [0,0,0,0],
                  "paddingValue": 0
                },
                {
                  "name": "both",
                  "inputs": [0,1],
                  "operation": "concat"
                },
                {
                  "name": "part",
                  "inputs": [2],
                  "operation": "slice",
                  "first": 1,
                  "channels": 2
                },
                {
                  "name": "skip",
                  "inputs": [3,-1],
                  "operation": "add"
                }
              ],
              "classifier": {
                "rule": "first-maximum",
                "classes": 2
              },
              "outputScale": {
                "scales": [ ],
                "offsets": [ ]
              }
            }
            """;

    @Test
    void branchesAndPoolingAreReadable(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("branches.json");
        Files.writeString(file, BRANCHES);
        IntegerNetwork network = NetworkFile.load(file);
        assertThat(network.layers().getLast()).isEqualTo(new Layer("skip", new Operation.Add(), List.of(3, -1)));
        assertThat(network.layers().getFirst().operation()).isEqualTo(
                new Operation.MaxPool(Window.square(2, 1), new Padding(1, 0, 0, 1, -2)));
        Files.delete(file);
        NetworkFile.save(network, file);
        assertThat(file).hasContent(BRANCHES);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "inputs": [0,1]      | "inputs": [0]           | layer both: concat of 1 inputs: there must be 2 to 1024
            "inputs": [0,1]      | "inputs": [0,3]         | layer both: input 3 is not an earlier layer
            "inputs": [3,-1]     | "inputs": [3]           | layer skip: Add takes 2 inputs, not 1
            "inputs": [3,-1]     | "inputs": [3,2]         | layer skip: add takes two inputs of one shape, not 2x2x2 and 2x2x4
            "inputs": [3,-1]     | "inputs": [3,3,3]       | layer skip: Add takes 2 inputs, not 3
            "first": 1           | "first": 3              | layer part: a slice of 2 channels from channel 3 does not fit
            "first": 1           | "first": 2147483647     | layer part: a slice of 2 channels from channel 2147483647 does
            "channels": 2        | "channels": 0           | layer part: a slice of 0 channels from channel 1
            "paddingValue": -2   | "paddingValue": -1      | layer max: max-pool is padded with -1; padding must be -2
            "paddingValue": -2   | "paddingValue": 1.5     | found a fraction
            "padding": [1,0,0,1] | "padding": [1,0,0]      | layer max: "padding" takes 4 numbers
            "padding": [1,0,0,1] | "padding": [-1,0,0,1]   | layer max: padding of -1 pixels: it must be 0 to 65536
            "padding": [1,0,0,1] | "padding": [1,0,0,0]    | layer both: concat takes inputs that agree but in their
            "kernel": [2,2]      | "kernel": [65536,65536] | layer max: kernel of 65536 x 65536: each must be 1 to 65536
            "kernel": [2,2]      | "kernel": [4,2]         | layer max: a kernel 4 pixels high does not fit a padded image
            "operation": "add"   | "operation": "sub"      | layer skip: unknown operation; expected dense, convolution,
            """)
    void aMistakeInAGraphIsRefusedInOneLine(String good, String bad, String message, @TempDir Path folder)
            throws IOException {
        assertThat(BRANCHES).contains(good);
        refused(folder, BRANCHES.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(bad)), message);
    }

    @Test
    void whatIsNotANetworkIsRefused(@TempDir Path folder) throws IOException {
        refused(folder, "", "line 1: expected an object, found the end of the file");
        refused(folder, "[]", "expected an object, found a list");
        refused(folder, "[".repeat(100_000), "expected an object, found a list");
        refused(folder, "{\"format\": \"onnx\"}", "\"format\" is not \"bitloom integer network\"");
        refused(folder, DOCUMENT + "{}", "there is more after the end of the network");
        refused(folder, DOCUMENT.substring(0, 400), "not well-formed JSON");
        assertThatThrownBy(() -> NetworkFile.load(folder)).isInstanceOf(NetworkException.class)
                .hasMessage(folder + ": it is not a file; give the path of an integer network");
        Path absent = folder.resolve("absent");
        assertThatThrownBy(() -> NetworkFile.load(absent)).isInstanceOf(NetworkException.class)
                .hasMessage(absent + ": there is no such file; give the path of an integer network");
    }

    @Test
    void aFolderThatCannotBeWrittenIsSaid(@TempDir Path folder) {
        Path file = folder.resolve("absent").resolve("small.json");
        assertThatThrownBy(() -> NetworkFile.save(small(), file)).isInstanceOf(NetworkException.class)
                .hasMessageStartingWith(file + ": the network cannot be written");
    }

    private static void refused(Path folder, String document, String message) throws IOException {
        Path file = folder.resolve("network.json");
        Files.writeString(file, document);
        assertThatThrownBy(() -> NetworkFile.load(file)).isInstanceOf(NetworkException.class)
                .hasMessageStartingWith(file + ": ").hasMessageContaining(message)
                .message().hasLineCount(1);
    }
}
