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
    private final List<BnnPynqMemories> memories = new ArrayList<>();
    private final int weightBits;
    private final int activationBits;
    private final int classes;

    BnnPynqReader(Path folder) {
        this.folder = folder;
        int count = BnnPynqMemories.layersIn(folder);
        BnnPynqTopology found = BnnPynqTopology.ofLayers(count);
        if (found == null) {
            throw refused("there are weight files of " + count + " layers, but the known topologies are "
                    + BnnPynqTopology.names());
        }
        topology = found;
        for (int layer = 0; layer < count; layer++) {
            memories.add(BnnPynqMemories.read(folder, layer));
        }
        activationBits = activationBits();
        weightBits = memories.stream().anyMatch(m -> m.layer() < count - 1 && m.usedBits() > simd(m)) ? 2 : 1;
        for (BnnPynqMemories memory : memories) {
            requireFit(memory);
        }
        requireName();
        classes = classes();
    }

    BnnPynq read() {
        LayerChain chain = new LayerChain();
        chain.add("input", topology.inputLayer());
        List<BnnPynq.Folding> foldings = new ArrayList<>();
        for (BnnPynqMemories memory : memories) {
            int layer = memory.layer();
            boolean last = layer == memories.size() - 1;
            boolean convolution = topology.isConvolution(layer);
            String name = (convolution ? "conv" : "fc") + layer;
            Weights weights = weights(memory);
            chain.add(name, convolution
                    ? new Operation.Convolution(weights, Window.square(3, 1)) : new Operation.Dense(weights));
            foldings.add(new BnnPynq.Folding(name, memory.elements(), simd(memory)));
            if (!last || topology.endsInThreshold()) {
                chain.add(name + "_act", threshold(memory));
            }
            if (topology.isPooled(layer)) {
                chain.add("pool" + layer, new Operation.MaxPool(Window.square(2, 2)));
            }
        }
        Classifier.Rule rule =
                topology.endsInThreshold() ? Classifier.Rule.HIGHEST_SET : Classifier.Rule.FIRST_MAXIMUM;
        IntegerNetwork network = new IntegerNetwork(LayerNames.identifier(folderName()), topology.input,
                ValueType.unsigned(8), chain.layers, new Classifier(rule, classes), scale());
        return new BnnPynq(network, foldings);
    }

    /** The published score of a 1-bit cnv is a popcount: (sum + columns) / 2. */
    private OutputScale scale() {
        if (topology.endsInThreshold() || weightBits != 1 || activationBits != 1) {
            return OutputScale.NONE;
        }
        return OutputScale.ofTensor(Rational.of(1, 2), Rational.of(topology.columns(memories.size() - 1), 2));
    }

    private Weights weights(BnnPynqMemories memory) {
        int columns = topology.columns(memory.layer());
        int rows = rows(memory);
        return weightBits == 1
                ? Weights.Binary.of(rows, columns, (row, column) -> weight(memory, row, column))
                : Weights.IntegerMatrix.of(ValueType.signed(2), rows, columns,
                        (row, column) -> weight(memory, row, column));
    }

    private int weight(BnnPynqMemories memory, int row, int column) {
        int bits = memory.weightBits(row, column, topology.paddedColumns(memory.layer()), simd(memory), weightBits);
        return (int) (weightBits == 1 ? ValueType.bipolar() : ValueType.signed(2)).decode(bits);
    }

    private Operation.Threshold threshold(BnnPynqMemories memory) {
        boolean last = memory.layer() == memories.size() - 1;
        int count = last ? 1 : activationBits;
        long[][] thresholds = new long[rows(memory)][];
        for (int row = 0; row < thresholds.length; row++) {
            long[] passed = new long[count];
            for (int i = 0; i < count; i++) {
                passed[i] = smallestPassing(memory, row, i, count);
            }
            Arrays.sort(passed);
            thresholds[row] = count == 1 ? passed : new long[] {ThresholdTable.ALWAYS, passed[0], passed[1]};
        }
        return new Operation.Threshold(ThresholdTable.ascending(thresholds),
                count == 1 ? ValueType.bipolar() : ValueType.signed(2));
    }

    /** The smallest sum over the columns that carry information for which the accumulator exceeds the threshold. */
    private long smallestPassing(BnnPynqMemories memory, int row, int i, int count) {
        if (memory.layer() == 0 && topology.isConvolution(0)) {
            return Math.floorDiv(memory.threshold(row, i, count, 24), 2) + 1;
        }
        long threshold = memory.threshold(row, i, count, 16);
        int columns = topology.columns(memory.layer());
        long paddedWeights = 0;
        for (int column = columns; column < topology.paddedColumns(memory.layer()); column++) {
            paddedWeights += weight(memory, row, column);
        }
        if (weightBits > 1 || activationBits > 1) {
            return threshold + paddedWeights + 1;
        }
        // A padded input is -1: it agrees with weights of -1 only, and 2 * popcount = sum + columns.
        long paddedAgreeing = (topology.paddedColumns(memory.layer()) - columns - paddedWeights) / 2;
        return 2 * (threshold - paddedAgreeing + 1) - columns;
    }

    private int activationBits() {
        int bits = memories.getFirst().thresholdCount() / topology.widths.getFirst();
        for (BnnPynqMemories memory : memories.subList(0, memories.size() - 1)) {
            int neurons = topology.widths.get(memory.layer());
            if (bits < 1 || bits > 2 || memory.thresholdCount() != neurons * bits) {
                throw refused("layer " + memory.layer() + " has " + memory.thresholdCount() + " thresholds for "
                        + neurons + " neurons; expected 1 or 2 for each, the same in all layers");
            }
        }
        return bits;
    }

    /** Neurons of a layer, padding included. */
    private int paddedRows(BnnPynqMemories memory) {
        if (memory.layer() < memories.size() - 1) {
            return topology.widths.get(memory.layer());
        }
        if (topology.endsInThreshold()) {
            return memory.thresholdCount();
        }
        int simd = Math.max(1, Math.ceilDiv(memory.usedBits(), weightBits));
        return (int) ((long) memory.elements() * memory.depth() * simd / topology.paddedColumns(memory.layer()));
    }

    private int rows(BnnPynqMemories memory) {
        return memory.layer() == memories.size() - 1 ? classes : paddedRows(memory);
    }

    /** Weights a word: what is left of the matrix after elements and words. */
    private int simd(BnnPynqMemories memory) {
        long weights = (long) paddedRows(memory) * topology.paddedColumns(memory.layer());
        long words = (long) memory.elements() * memory.depth();
        if (weights == 0 || weights % words != 0 || weights / words > Long.SIZE) {
            throw refused("layer " + memory.layer() + " of " + paddedRows(memory) + " x "
                    + topology.paddedColumns(memory.layer()) + " weights does not fit " + memory.elements()
                    + " memories of " + memory.depth() + " words");
        }
        return (int) (weights / words);
    }

    private void requireFit(BnnPynqMemories memory) {
        int simd = simd(memory);
        int columns = topology.paddedColumns(memory.layer());
        if (memory.usedBits() > simd * weightBits || columns % simd != 0
                || paddedRows(memory) % memory.elements() != 0) {
            throw refused("layer " + memory.layer() + " of " + paddedRows(memory) + " x " + columns
                    + " weights of " + weightBits + " bit does not fit " + memory.elements() + " memories of "
                    + memory.depth() + " words, " + memory.usedBits() + " bits of which are used");
        }
    }

    private void requireName() {
        String actual = topology.name().toLowerCase(Locale.ROOT) + "W" + weightBits + "A" + activationBits;
        Matcher name = SET_NAME.matcher(folderName());
        if (name.matches() && !folderName().startsWith(actual)) {
            throw refused("the folder is named " + folderName() + ", but its files are those of " + actual);
        }
    }

    private int classes() {
        int available = paddedRows(memories.getLast());
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

    /** Layers in a row, each fed by the one before. */
    private static final class LayerChain {
        private final List<Layer> layers = new ArrayList<>();

        void add(String name, Operation operation) {
            layers.add(new Layer(name, operation, layers.size() - 1));
        }
    }
}
