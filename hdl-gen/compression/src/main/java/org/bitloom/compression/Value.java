package org.bitloom.compression;

import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Movement;
import org.bitloom.network.model.Tensor;

/** What folding knows about one value of the model. */
sealed interface Value permits Stream, Margin, Lattice, Value.Known, Value.ClassIndex {
    /** Shape of the model's value. */
    Dimensions shape();

    /** The same elements under another shape. */
    Value reshaped(Dimensions target);

    /** The elements at the given places, in that order. */
    Value moved(Dimensions target, int[] indexes);

    /** An unquantized constant. */
    record Known(Tensor tensor) implements Value {
        @Override
        public Dimensions shape() {
            return tensor.shape();
        }

        @Override
        public Value reshaped(Dimensions target) {
            return new Known(tensor.reshaped(target));
        }

        @Override
        public Value moved(Dimensions target, int[] indexes) {
            float[] values = new float[indexes.length];
            for (int i = 0; i < indexes.length; i++) {
                values[i] = tensor.at(indexes[i]);
            }
            return new Known(Tensor.of(target, values));
        }
    }

    /** The index of the largest element of a vector of scores: one number, however it is shaped. */
    record ClassIndex(Stream scores) implements Value {
        @Override
        public Dimensions shape() {
            return Dimensions.SCALAR;
        }

        @Override
        public Value reshaped(Dimensions target) {
            return this;
        }

        @Override
        public Value moved(Dimensions target, int[] indexes) {
            return this;
        }
    }

    /** Moves what any value is made of. */
    default Value moved(Movement movement, Dimensions result) {
        if (this instanceof ClassIndex) {
            return this;
        }
        if (this instanceof Margin margin && movement instanceof Movement.Transpose(List<Integer> permutation)) {
            return margin.transposed(permutation, result);
        }
        return switch (movement) {
            case Movement.Reshape reshape -> reshaped(result);
            case Movement.Transpose(List<Integer> permutation) ->
                    moved(result, shape().transposedIndexes(permutation));
            case Movement.Slice(List<Integer> starts, Dimensions target) ->
                    moved(result, shape().slicedIndexes(starts, target));
            case Movement.Split s -> throw new IllegalStateException();
        };
    }

    /** This value as data. */
    default Stream stream() {
        if (this instanceof Stream stream) {
            return stream;
        }
        if (this instanceof Margin) {
            throw Margin.misplaced();
        }
        throw new NetworkException("has a constant for its data input; the first operand must depend on the model's "
                + "input: swap the operands (transposed) before the export");
    }
}
