package org.bitloom.compression;

import java.util.Arrays;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.Padding;
import org.bitloom.network.integer.Window;
import org.bitloom.network.model.Arithmetic;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Spatial;

/**
 * Convolutions with quantized weights. Columns are ordered row, column, channel of the kernel, the channels as the
 * integer image has them. Where those of one group do not stand together there (after a channel shuffle), the groups are
 * given up for weights of 0.
 */
final class ConvolutionFolder {
    private static final long MAX_UNGROUPED = 1 << 25;

    private final NetworkDraft draft;
    private final List<String> notes;

    ConvolutionFolder(NetworkDraft draft, List<String> notes) {
        this.draft = draft;
        this.notes = notes;
    }

    Stream fold(Node node, Spatial.Convolution convolution, List<Value> inputs, Dimensions shape) {
        Sliding sliding = Sliding.of(convolution, inputs.getFirst(), 0);
        Image image = Image.of(sliding.data(), draft);
        Arrays.stream(image.responses()).forEach(WeightedSums::requireQuantized);
        Lattice weights = ProductFolder.weights(inputs.get(1));
        Kernel kernel = Kernel.of(image, weights.shape(), convolution.groups());
        if (kernel.groups() != convolution.groups()) {
            requireModest((long) kernel.rows() * kernel.columns());
            notes.add("The groups of " + node.label() + " meet shuffled channels: it becomes one ungrouped convolution "
                    + "with weights of 0.");
        }
        WeightedSums.Product product = WeightedSums.of(kernel, weights, image.responses());
        Window window = sliding.window();
        Padding padding = sliding.padding(real -> Margin.integerFor(real, image, draft.typeOf(image.layer()).type()));
        int layer = draft.add(node.name(), new Operation.Convolution(product.weights(), List.of(), window, padding,
                kernel.groups()), image.layer());
        Response[] meanings = new Response[kernel.rows()];
        Arrays.setAll(meanings, output -> product.responses()[kernel.rowOf()[output]]);
        Stream sums = Image.stream(layer, shape, kernel.rowOf(), meanings);
        return inputs.size() < 3 ? sums : biased(sums, inputs.get(2), kernel.rows());
    }

    private static void requireModest(long elements) {
        if (elements > MAX_UNGROUPED) {
            throw new NetworkException("has groups that meet shuffled channels, and would take " + elements
                    + " weights without groups; shuffle the channels behind it");
        }
    }

    private static Stream biased(Stream sums, Value bias, int outputs) {
        if (bias instanceof Stream) {
            throw new NetworkException("has a bias that depends on the input, which is not supported; add it after the "
                    + "convolution");
        }
        Rational[] constants = ParameterFolder.constants(bias);
        return ParameterFolder.streamFirst(Arithmetic.ADD, sums, Dimensions.of(outputs, 1, 1), constants);
    }

    /**
     * Weights [output, channel / groups, row, column] of the model as a matrix of the integer network.
     *
     * @param rowOf       the matrix row of each output of the model
     * @param modelGroups groups of the model
     * @param groups      groups of the integer convolution: as many, or one
     */
    private record Kernel(Image image, int perGroup, int taps, int[] rowOf, int[] outputOf, int modelGroups, int groups)
            implements WeightedSums.Terms {
        static Kernel of(Image image, Dimensions weights, int groups) {
            int outputs = weights.at(0);
            int perGroup = weights.at(1);
            int[] runOf = new int[groups];
            boolean together = true;
            for (int channel = 0; channel < image.channels(); channel++) {
                int run = image.channelOf()[channel] / perGroup;
                if (channel % perGroup == 0) {
                    runOf[channel / perGroup] = run;
                }
                together &= run == runOf[channel / perGroup];
            }
            int outputsPerGroup = outputs / groups;
            int[] rowOf = new int[outputs];
            int[] outputOf = new int[outputs];
            for (int output = 0; output < outputs; output++) {
                rowOf[output] = together
                        ? runOf[output / outputsPerGroup] * outputsPerGroup + output % outputsPerGroup : output;
                outputOf[rowOf[output]] = output;
            }
            return new Kernel(image, perGroup, weights.at(2) * weights.at(3), rowOf, outputOf, groups,
                    together ? groups : 1);
        }

        @Override
        public int rows() {
            return rowOf.length;
        }

        @Override
        public int columns() {
            return taps * image.channels() / groups;
        }

        @Override
        public int count() {
            return taps * perGroup;
        }

        @Override
        public void row(int row, WeightedSums.Row terms) {
            int seen = image.channels() / groups;
            int first = outputOf[row] / (rowOf.length / modelGroups) * perGroup;
            for (int k = 0; k < count(); k++) {
                int channel = first + k / taps;
                terms.weights[k] = outputOf[row] * count() + k;
                terms.columns[k] = k % taps * seen + image.channelOf()[channel] % seen;
                terms.inputs[k] = image.responses()[channel];
            }
        }
    }
}
