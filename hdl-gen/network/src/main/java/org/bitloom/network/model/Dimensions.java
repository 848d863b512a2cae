package org.bitloom.network.model;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.NetworkException;

/**
 * The sizes of a float tensor in the order of the model file (for images usually batch, channel, row, column), last one
 * fastest in memory. No size at all is a scalar. At most 2^31 - 1 elements, at most rank 8.
 */
public record Dimensions(List<Integer> sizes) {
    public static final Dimensions SCALAR = new Dimensions(List.of());
    private static final int MAX_RANK = 8;

    public Dimensions {
        sizes = List.copyOf(sizes);
        if (sizes.size() > MAX_RANK) {
            throw new NetworkException("rank " + sizes.size() + "; tensors of at most rank " + MAX_RANK
                    + " are supported");
        }
        long product = 1;
        for (int size : sizes) {
            if (size < 0) {
                throw new NetworkException("negative dimension " + size);
            }
            product *= size;
            if (product > Integer.MAX_VALUE) {
                throw new NetworkException("shape " + sizes + " has more than 2^31 - 1 elements");
            }
        }
    }

    public static Dimensions of(Integer... sizes) {
        return new Dimensions(List.of(sizes));
    }

    public int rank() {
        return sizes.size();
    }

    /** Size along an axis. */
    public int at(int axis) {
        return sizes.get(axis);
    }

    /** Number of elements. */
    public int size() {
        int product = 1;
        for (int size : sizes) {
            product *= size;
        }
        return product;
    }

    /** Elements from one step along the axis to the next. */
    public int stride(int axis) {
        int stride = 1;
        for (int i = axis + 1; i < rank(); i++) {
            stride *= sizes.get(i);
        }
        return stride;
    }

    /** The axis that ONNX means by a possibly negative number; {@code what} names the attribute in the refusal. */
    public int axis(long number, String what) {
        if (number < -rank() || number >= rank()) {
            throw new NetworkException(what + " " + number + " is not an axis of a tensor of shape " + this);
        }
        return (int) (number < 0 ? number + rank() : number);
    }

    /** The common shape of two operands under ONNX's (numpy's) broadcasting. */
    public Dimensions broadcast(Dimensions other) {
        int rank = Math.max(rank(), other.rank());
        Integer[] common = new Integer[rank];
        for (int i = 0; i < rank; i++) {
            int a = alignedSize(i, rank);
            int b = other.alignedSize(i, rank);
            if (a != b && a != 1 && b != 1) {
                throw new NetworkException("shapes " + this + " and " + other + " do not go together");
            }
            common[i] = a == 1 ? b : a;
        }
        return of(common);
    }

    private int alignedSize(int axis, int rank) {
        int own = axis - (rank - rank());
        return own < 0 ? 1 : sizes.get(own);
    }

    /**
     * For every element of {@code target}, in order, which element of a tensor of this shape it reads when that tensor
     * is broadcast. This shape must broadcast to {@code target}.
     */
    public int[] broadcastIndexes(Dimensions target) {
        if (!broadcast(target).equals(target)) {
            throw new NetworkException("shape " + this + " does not broadcast to " + target);
        }
        int[] indexes = new int[target.size()];
        int rank = target.rank();
        int[] strides = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            int own = axis - (rank - rank());
            strides[axis] = own < 0 || sizes.get(own) == 1 ? 0 : stride(own);
        }
        int[] position = new int[rank];
        int index = 0;
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = index;
            for (int axis = rank - 1; axis >= 0; axis--) {
                index += strides[axis];
                if (++position[axis] < target.at(axis)) {
                    break;
                }
                index -= strides[axis] * position[axis];
                position[axis] = 0;
            }
        }
        return indexes;
    }

    /** For every element of the transposed tensor, in order, which element of a tensor of this shape it is. */
    public int[] transposedIndexes(List<Integer> permutation) {
        Dimensions result = transposed(permutation);
        int[] indexes = new int[size()];
        int[] position = new int[rank()];
        for (int i = 0; i < indexes.length; i++) {
            int index = 0;
            for (int axis = 0; axis < rank(); axis++) {
                index += position[axis] * stride(permutation.get(axis));
            }
            indexes[i] = index;
            for (int axis = rank() - 1; axis >= 0 && ++position[axis] == result.at(axis); axis--) {
                position[axis] = 0;
            }
        }
        return indexes;
    }

    /** For every element of a slice, in order, which element of a tensor of this shape it is. */
    public int[] slicedIndexes(List<Integer> starts, Dimensions target) {
        int[] indexes = new int[target.size()];
        int[] position = new int[rank()];
        for (int i = 0; i < indexes.length; i++) {
            int index = 0;
            for (int axis = 0; axis < rank(); axis++) {
                index += (starts.get(axis) + position[axis]) * stride(axis);
            }
            indexes[i] = index;
            for (int axis = rank() - 1; axis >= 0 && ++position[axis] == target.at(axis); axis--) {
                position[axis] = 0;
            }
        }
        return indexes;
    }

    /** The same shape with another size along an axis. */
    public Dimensions resized(int axis, int size) {
        List<Integer> resized = new ArrayList<>(sizes);
        resized.set(axis, size);
        return new Dimensions(resized);
    }

    /** Shape after a transposition: axis i of the result is axis {@code permutation[i]} of this. */
    public Dimensions transposed(List<Integer> permutation) {
        if (permutation.size() != rank() || permutation.stream().distinct().count() != rank()
                || permutation.stream().anyMatch(axis -> axis < 0 || axis >= rank())) {
            throw new NetworkException(permutation + " is not a permutation of the axes of a tensor of shape " + this);
        }
        return new Dimensions(permutation.stream().map(sizes::get).toList());
    }

    /** {@code [1, 784]}. */
    @Override
    public String toString() {
        return sizes.toString();
    }
}
