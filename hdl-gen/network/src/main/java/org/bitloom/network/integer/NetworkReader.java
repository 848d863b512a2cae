package org.bitloom.network.integer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bitloom.network.BitPattern;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;

/** Reads what {@link NetworkWriter} writes, name by name in the same order; anything else is refused where it stands. */
final class NetworkReader {
    private static final Pattern RATIONAL = Pattern.compile("-?\\d{1,20000}(/\\d{1,20000})?");
    private static final int MAX_LIST = 1 << 26;

    private final JsonCursor json;
    private final long fileSize;

    private NetworkReader(JsonCursor json, long fileSize) {
        this.json = json;
        this.fileSize = fileSize;
    }

    static IntegerNetwork read(Path path, long fileSize) throws IOException {
        StreamReadConstraints limits = StreamReadConstraints.builder().maxNestingDepth(16).maxNumberLength(24)
                .maxNameLength(64).maxStringLength((int) Math.max(1, fileSize)).build();
        try (JsonParser parser = JsonFactory.builder().streamReadConstraints(limits).build()
                .createParser(Files.newInputStream(path))) {
            JsonCursor cursor = new JsonCursor(parser);
            try {
                IntegerNetwork network = new NetworkReader(cursor, fileSize).network();
                cursor.requireEnd();
                return network;
            } catch (JsonProcessingException e) {
                throw new NetworkException(path + ": line " + cursor.line() + ": it is not well-formed JSON ("
                        + e.getOriginalMessage().lines().findFirst().orElse("") + ")", e);
            } catch (NetworkException e) {
                throw new NetworkException(path + ": line " + cursor.line() + ": " + e.getMessage(), e);
            }
        }
    }

    private IntegerNetwork network() throws IOException {
        json.startObject();
        if (!NetworkFile.FORMAT.equals(json.string("format"))) {
            throw new NetworkException("\"format\" is not \"" + NetworkFile.FORMAT + "\"; give a file that was saved as one");
        }
        int version = json.integer("version");
        if (version != NetworkFile.VERSION) {
            throw new NetworkException("version " + version + " of the format is unknown; expected "
                    + NetworkFile.VERSION);
        }
        String name = json.string("name");
        Shape shape = new Shape(json.integers("inputShape", 8));
        ValueType type = TypeNames.typeOf(json.string("inputType"));
        List<Layer> layers = new ArrayList<>();
        json.startArray("layers");
        while (json.nextObjectInArray()) {
            if (layers.size() == IntegerNetwork.MAX_LAYERS) {
                throw new NetworkException("there are more than " + IntegerNetwork.MAX_LAYERS + " layers");
            }
            layers.add(layer());
        }
        json.startObject("classifier");
        Classifier classifier = new Classifier(TypeNames.ruleOf(json.string("rule")), json.integer("classes"));
        json.endObject();
        json.startObject("outputScale");
        OutputScale scale = new OutputScale(rationals("scales"), rationals("offsets"));
        json.endObject();
        json.endObject();
        return new IntegerNetwork(name, shape, type, layers, classifier, scale);
    }

    private Layer layer() throws IOException {
        String name = json.string("name");
        LayerNames.requireIdentifier(name);
        List<Integer> inputs = json.integers("inputs", Operation.Concat.MAX_INPUTS);
        String kind = json.string("operation");
        try {
            Operation operation = switch (kind) {
                case "dense" -> new Operation.Dense(weights(), json.longs("bias", MAX_LIST));
                case "convolution" -> new Operation.Convolution(weights(), json.longs("bias", MAX_LIST), window(),
                        padding(), json.integer("groups"));
                case "maxPool" -> new Operation.MaxPool(window(), padding());
                case "sumPool" -> new Operation.SumPool(window(), padding());
                case "add" -> new Operation.Add();
                case "concat" -> new Operation.Concat(inputs.size());
                case "slice" -> new Operation.Slice(json.integer("first"), json.integer("channels"));
                case "threshold" -> threshold();
                case "requantize" -> new Operation.Requantize(json.longs("multipliers", MAX_LIST),
                        json.longs("offsets", MAX_LIST), json.integer("shift"), TypeNames.typeOf(json.string("outputType")));
                case "offset" -> new Operation.Offset(json.longs("offsets", MAX_LIST));
                case "positionScale" -> new Operation.PositionScale(json.integers("rows", MAX_LIST),
                        json.integers("columns", MAX_LIST));
                case "argMax" -> new Operation.ArgMax();
                default -> throw new NetworkException("unknown operation; expected dense, convolution, maxPool, sumPool, "
                        + "add, concat, slice, threshold, requantize, offset, positionScale or argMax");
            };
            json.endObject();
            return new Layer(name, operation, inputs);
        } catch (NetworkException e) {
            throw new NetworkException("layer " + name + ": " + e.getMessage(), e);
        }
    }

    private Weights weights() throws IOException {
        json.startObject("weights");
        String element = json.string("type");
        Optional<BitPattern> pattern =
                element.startsWith("X") ? Optional.of(BitPattern.parse(element)) : Optional.empty();
        ValueType type = pattern.<ValueType>map(p -> ValueType.signed(p.width())).orElseGet(() -> TypeNames.typeOf(element));
        int rows = json.integer("rows");
        int columns = json.integer("columns");
        if (rows < 1 || columns < 1 || (long) rows * columns > Weights.MAX_ELEMENTS
                || 2L * rows * HexRow.bytesFor(type, columns) > fileSize) {
            throw new NetworkException("weights of " + rows + " x " + columns + " do not fit in this file, or exceed "
                    + Weights.MAX_ELEMENTS + " elements");
        }
        json.startArray("data");
        Weights weights;
        if (type instanceof ValueType.Bipolar) {
            weights = binary(rows, columns);
        } else {
            Weights.IntegerMatrix values = integers(type, rows, columns);
            weights = pattern.<Weights>map(p -> new Weights.BitMasked(p, values)).orElse(values);
        }
        json.endArray();
        json.endObject();
        return weights;
    }

    private Weights binary(int rows, int columns) throws IOException {
        int wordsPerRow = Math.ceilDiv(columns, Long.SIZE);
        long[] words = new long[rows * wordsPerRow];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(HexRow.decodeBits(json.element(), columns), 0, words, row * wordsPerRow, wordsPerRow);
        }
        return Weights.Binary.packed(rows, columns, words);
    }

    private Weights.IntegerMatrix integers(ValueType type, int rows, int columns) throws IOException {
        int[] values = new int[rows * columns];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(HexRow.decode(json.element(), type, columns), 0, values, row * columns, columns);
        }
        return new Weights.IntegerMatrix(type, rows, columns, values);
    }

    private Operation threshold() throws IOException {
        ValueType type = TypeNames.typeOf(json.string("outputType"));
        int channels = json.integer("channels");
        int count = json.integer("count");
        if (channels < 1 || count < 1 || 2L * channels * count > fileSize) {
            throw new NetworkException(channels + " channels of " + count + " thresholds do not fit in this file");
        }
        long[][] thresholds = new long[channels][count];
        json.startArray("thresholds");
        for (long[] channel : thresholds) {
            json.startArrayInArray();
            for (int i = 0; i < count; i++) {
                channel[i] = json.thresholdElement();
            }
            json.endArray();
        }
        json.endArray();
        boolean[] descending = new boolean[channels];
        for (int channel : json.integers("descending", channels)) {
            if (channel < 0 || channel >= channels || descending[channel]) {
                throw new NetworkException("descending channel " + channel + " does not exist or stands there twice");
            }
            descending[channel] = true;
        }
        return new Operation.Threshold(new ThresholdTable(thresholds, descending), type);
    }

    private Window window() throws IOException {
        List<Integer> kernel = pair("kernel");
        List<Integer> stride = pair("stride");
        List<Integer> dilation = pair("dilation");
        return new Window(kernel.get(0), kernel.get(1), stride.get(0), stride.get(1), dilation.get(0), dilation.get(1));
    }

    private Padding padding() throws IOException {
        List<Integer> sides = exactly(4, "padding");
        return new Padding(sides.get(0), sides.get(1), sides.get(2), sides.get(3), json.longValue("paddingValue"));
    }

    private List<Integer> pair(String name) throws IOException {
        return exactly(2, name);
    }

    private List<Integer> exactly(int count, String name) throws IOException {
        List<Integer> values = json.integers(name, count);
        if (values.size() != count) {
            throw new NetworkException("\"" + name + "\" takes " + count + " numbers");
        }
        return values;
    }

    private List<Rational> rationals(String name) throws IOException {
        List<Rational> values = new ArrayList<>();
        json.startArray(name);
        for (String text : json.remainingStrings(MAX_LIST)) {
            if (!RATIONAL.matcher(text).matches()) {
                throw new NetworkException("\"" + name + "\" holds something that is not a fraction like 1/2");
            }
            String[] parts = text.split("/");
            values.add(new Rational(new BigInteger(parts[0]),
                    parts.length == 1 ? BigInteger.ONE : new BigInteger(parts[1])));
        }
        return values;
    }
}
