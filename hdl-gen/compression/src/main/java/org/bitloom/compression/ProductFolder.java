package org.bitloom.compression;

import java.util.Arrays;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.model.Arithmetic;
import org.bitloom.network.model.Linear;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Tensor;

/** Matrix products of data with quantized weights: each is a dense layer. */
final class ProductFolder {
    private final NetworkDraft draft;
    private final Model model;

    ProductFolder(NetworkDraft draft, Model model) {
        this.draft = draft;
        this.model = model;
    }

    Stream gemm(Node node, Linear.Gemm gemm, List<Value> inputs) {
        if (gemm.transposeA() && inputs.getFirst().shape().at(1) != 1) {
            throw new NetworkException("transposes its data (transA); export without");
        }
        Stream x = inputs.getFirst().stream();
        if (gemm.transposeA()) {
            x = x.reshaped(x.shape().transposed(List.of(1, 0)));
        }
        Stream y = product(node, x, inputs.get(1), gemm.transposeB());
        if (gemm.alpha() != 1) {
            Rational alpha = Rational.of(gemm.alpha());
            y = y.map(r -> r.times(alpha));
        }
        if (inputs.size() < 3) {
            return y;
        }
        if (inputs.get(2) instanceof Stream) {
            throw new NetworkException("adds data as its bias (a residual connection), which is not supported yet");
        }
        Rational beta = Rational.of(gemm.beta());
        Rational[] bias = Arrays.stream(ParameterFolder.constants(inputs.get(2))).map(beta::times).toArray(Rational[]::new);
        return ParameterFolder.streamFirst(Arithmetic.ADD, y, inputs.get(2).shape(), bias);
    }

    Stream product(Node node, Stream x, Value weights, boolean transposed) {
        Lattice lattice = weights(weights);
        if (transposed) {
            List<Integer> swap = List.of(1, 0);
            lattice = lattice.moved(lattice.shape().transposed(swap), lattice.shape().transposedIndexes(swap));
        }
        int inner = lattice.shape().at(0);
        if (x.size() != inner) {
            throw new NetworkException("is applied to " + x.size() / inner + " vectors of one input (shape " + x.shape()
                    + "); only one vector an input is supported: flatten before it");
        }
        WeightedSums.Product product = WeightedSums.of(new Matrix(x, lattice.shape().at(1)), lattice, x.responses());
        int layer = draft.add(node.name(), new Operation.Dense(product.weights()), x.layer());
        return Stream.of(layer, model.shapeOf(node.output()), product.responses());
    }

    static Lattice weights(Value weights) {
        return switch (weights) {
            case Lattice quantized -> quantized;
            case Value.Known(Tensor tensor) -> Lattice.plain(tensor);
            case Stream s -> throw dataByData();
            case Margin m -> throw dataByData();
            case Value.ClassIndex c -> throw new IllegalStateException();
        };
    }

    private static NetworkException dataByData() {
        return new NetworkException("multiplies data by data (attention), which is not supported");
    }

    /** Weights [input, output]; columns in the order of the integer layer that feeds this one. */
    private record Matrix(Stream input, int rows) implements WeightedSums.Terms {
        @Override
        public int columns() {
            return input.size();
        }

        @Override
        public int count() {
            return input.size();
        }

        @Override
        public void row(int row, WeightedSums.Row terms) {
            for (int k = 0; k < count(); k++) {
                terms.weights[k] = k * rows + row;
                terms.columns[k] = input.places()[k];
                terms.inputs[k] = input.responses()[k];
            }
        }
    }
}
