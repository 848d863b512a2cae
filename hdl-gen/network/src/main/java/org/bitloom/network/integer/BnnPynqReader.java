package org.bitloom.network.integer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.ValueType;

/**
 * Turns the memories of one BNN-PYNQ set into a network. What the published hardware does (bnn/src/network/*&#47;hw and
 * bnn/src/training/finnthesizer.py of Xilinx/BNN-PYNQ): a neuron fires when its accumulator is strictly greater than
 * its threshold. With 1-bit weights and activations the accumulator is the XNOR popcount; otherwise it is the signed
 * sum, and 2-bit activations are −1 plus the number of thresholds passed. The first convolution sees pixels of 7
 * fraction bits and has thresholds of 8. Thresholds are kept in 16 bits (24 in the first convolution).
 */
final class BnnPynqReader {
    private static final Pattern SET_NAME = Pattern.compile("(lfc|cnv)W(\\d)A(\\d).*");
    private static final int DEFAULT_CLASSES = 10;
    private static final int MAX_CLASS_FILE_BYTES = 1 << 16;
    private static final String REMEDY = "use a complete parameter folder of lfcW1A1, lfcW1A2, cnvW1A1, cnvW1A2 or "
            + "cnvW2A2 from Xilinx/BNN-PYNQ (bnn/params)";

    private final Path folder;
    private final BnnPynqTopology topology;
    private final int activationBits;
    private final List<BnnPynqMatrix> matrices;
    private final int weightBits;
    private final int classes;

    BnnPynqReader(Path folder) {
        this.folder = folder;
        List<BnnPynqMemories> memories = BnnPynqMemories.readAll(folder);
        int count = memories.size();
        BnnPynqTopology found = BnnPynqTopology.ofLayers(count);
        if (found == null) {
            throw refused("there are weight files of " + count + " layers, but the known topologies are "
                    + BnnPynqTopology.names());
        }
        topology = found;
        activationBits = activationBits(memories.subList(0, count - 1));
        matrices = matrices(memories);
        weightBits = matrices.getFirst().bits();
        requireName();
        classes = classes();
    }

    BnnPynq read() {
        List<Layer> layers = new ArrayList<>();
        add(layers, "input", topology.inputLayer());
        List<BnnPynq.Folding> foldings = new ArrayList<>();
        for (int i = 0; i < matrices.size(); i++) {
            BnnPynqMatrix matrix = matrices.get(i);
            boolean convolution = topology.isConvolution(i);
            String name = (convolution ? "conv" : "fc") + i;
            Weights weights = matrix.weights(rows(i), topology.columns(i));
            add(layers, name, convolution
                    ? new Operation.Convolution(weights, Window.square(3, 1)) : new Operation.Dense(weights));
            foldings.add(new BnnPynq.Folding(name, matrix.memories().elements(), matrix.simd()));
            if (!isLast(i) || topology.endsInThreshold()) {
                add(layers, name + "_act", threshold(i));
            }
            if (topology.isPooled(i)) {
                add(layers, "pool" + i, new Operation.MaxPool(Window.square(2, 2)));
            }
        }
        Classifier.Rule rule =
                topology.endsInThreshold() ? Classifier.Rule.HIGHEST_SET : Classifier.Rule.FIRST_MAXIMUM;
        IntegerNetwork network = new IntegerNetwork(LayerNames.identifier(folderName()), topology.input,
                ValueType.unsigned(8), layers, new Classifier(rule, classes), scale());
        return new BnnPynq(network, foldings);
    }

    private static void add(List<Layer> layers, String name, Operation operation) {
        layers.add(new Layer(name, operation, layers.size() - 1));
    }

    /** The published score of a 1-bit cnv is a popcount: (sum + columns) / 2. */
    private OutputScale scale() {
        if (topology.endsInThreshold() || weightBits != 1 || activationBits != 1) {
            return OutputScale.NONE;
        }
        return OutputScale.ofTensor(Rational.of(1, 2), Rational.of(topology.columns(matrices.size() - 1), 2));
    }

    private Operation.Threshold threshold(int layer) {
        int count = isLast(layer) ? 1 : activationBits;
        long[][] thresholds = new long[rows(layer)][];
        for (int row = 0; row < thresholds.length; row++) {
            long[] passed = new long[count];
            for (int i = 0; i < count; i++) {
                passed[i] = smallestPassing(layer, row, i, count);
            }
            Arrays.sort(passed);
            thresholds[row] = count == 1 ? passed : new long[] {ThresholdTable.ALWAYS, passed[0], passed[1]};
        }
        return new Operation.Threshold(ThresholdTable.ascending(thresholds),
                count == 1 ? ValueType.bipolar() : ValueType.signed(2));
    }

    /** The smallest sum over the columns that carry information for which the accumulator exceeds the threshold. */
    private long smallestPassing(int layer, int row, int i, int count) {
        BnnPynqMatrix matrix = matrices.get(layer);
        if (layer == 0 && topology.isConvolution(0)) {
            return Math.floorDiv(matrix.threshold(row, i, count, 24), 2) + 1;
        }
        long threshold = matrix.threshold(row, i, count, 16);
        int columns = topology.columns(layer);
        long paddedWeights = matrix.sumFrom(columns, row);
        if (weightBits > 1 || activationBits > 1) {
            return threshold + paddedWeights + 1;
        }
        // A padded input is -1: it agrees with weights of -1 only, and 2 * popcount = sum + columns.
        long paddedAgreeing = (matrix.columns() - columns - paddedWeights) / 2;
        return 2 * (threshold - paddedAgreeing + 1) - columns;
    }

    private int activationBits(List<BnnPynqMemories> hidden) {
        int bits = hidden.getFirst().thresholdCount() / topology.widths.getFirst();
        for (BnnPynqMemories memory : hidden) {
            int neurons = topology.widths.get(memory.layer());
            if (bits < 1 || bits > 2 || memory.thresholdCount() != neurons * bits) {
                throw refused("layer " + memory.layer() + " has " + memory.thresholdCount() + " thresholds for "
                        + neurons + " neurons; expected 1 or 2 for each, the same in all layers");
            }
        }
        return bits;
    }

    /** Lanes follow from rows, columns and words; two bits a lane where more bits than lanes are in use. */
    private List<BnnPynqMatrix> matrices(List<BnnPynqMemories> memories) {
        List<BnnPynqMatrix> found = new ArrayList<>();
        int bits = 1;
        for (BnnPynqMemories memory : memories.subList(0, memories.size() - 1)) {
            if (memory.usedBits() > lanes(memory, topology.widths.get(memory.layer()))) {
                bits = 2;
            }
        }
        for (BnnPynqMemories memory : memories) {
            int columns = topology.paddedColumns(memory.layer());
            int rows = memory.layer() < memories.size() - 1 ? topology.widths.get(memory.layer())
                    : lastRows(memory, columns, bits);
            BnnPynqMatrix matrix = new BnnPynqMatrix(memory, rows, columns, lanes(memory, rows), bits);
            if (!matrix.isConsistent()) {
                throw refused("layer " + memory.layer() + " of " + rows + " x " + columns + " weights of " + bits
                        + " bit does not fit " + memory.elements() + " memories of " + memory.depth() + " words with "
                        + memory.usedBits() + " bits in use");
            }
            found.add(matrix);
        }
        return found;
    }

    private int lanes(BnnPynqMemories memory, int rows) {
        long words = (long) memory.elements() * memory.depth();
        return (int) Math.min(Long.SIZE + 1, (long) rows * topology.paddedColumns(memory.layer()) / words);
    }

    /** The outputs of the last layer, padding included: by its thresholds, or by the lanes that are in use. */
    private int lastRows(BnnPynqMemories memory, int columns, int bits) {
        if (topology.endsInThreshold()) {
            return memory.thresholdCount();
        }
        int lanes = Math.max(1, Math.ceilDiv(memory.usedBits(), bits));
        return (int) Math.min(Integer.MAX_VALUE, (long) memory.elements() * memory.depth() * lanes / columns);
    }

    /** Neurons of a layer that carry information. */
    private int rows(int layer) {
        return isLast(layer) ? classes : matrices.get(layer).rows();
    }

    private boolean isLast(int layer) {
        return layer == matrices.size() - 1;
    }

    private void requireName() {
        String actual = topology.name().toLowerCase(Locale.ROOT) + "W" + weightBits + "A" + activationBits;
        Matcher name = SET_NAME.matcher(folderName());
        if (name.matches() && !folderName().startsWith(actual)) {
            throw refused("the folder is named " + folderName() + ", but its files are those of " + actual);
        }
    }

    private int classes() {
        int available = matrices.getLast().rows();
        Path file = folder.resolve("classes.txt");
        int found = DEFAULT_CLASSES;
        try {
            if (Files.exists(file)) {
                if (Files.size(file) > MAX_CLASS_FILE_BYTES) {
                    throw NetworkException.at(file, "it is longer than " + MAX_CLASS_FILE_BYTES + " bytes",
                            "it should hold one class name a line");
                }
                found = (int) Files.readString(file, StandardCharsets.ISO_8859_1).lines()
                        .filter(line -> !line.isBlank()).count();
            }
        } catch (IOException e) {
            throw NetworkException.at(file, "the file cannot be read", "check that it is readable, or remove it");
        }
        if (found < 1 || found > available) {
            throw refused("there are " + found + " classes for " + available + " outputs");
        }
        return found;
    }

    private String folderName() {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "network" : name.toString();
    }

    private NetworkException refused(String problem) {
        return NetworkException.at(folder, problem, REMEDY);
    }
}
