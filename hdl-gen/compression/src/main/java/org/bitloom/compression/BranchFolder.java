package org.bitloom.compression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.TreeSet;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.model.Dimensions;
import org.jspecify.annotations.Nullable;

/** Concat and slices. They work on whole channels, wherever the model's tensor has them. */
final class BranchFolder {
    private final NetworkDraft draft;

    BranchFolder(NetworkDraft draft) {
        this.draft = draft;
    }

    /** The integers' channels one after the other; what each stands for stays as it is. */
    Stream concat(String name, List<Value> inputs, int axis, Dimensions shape) {
        if (inputs.size() == 1) {
            return inputs.getFirst().stream();
        }
        if (inputs.stream().anyMatch(value -> !(value instanceof Stream))) {
            throw new NetworkException("joins data with constants or padding, which cannot be folded; join data only");
        }
        List<Stream> parts = widened(name, inputs.stream().map(Value::stream).toList());
        int layer = draft.add(name, new Operation.Concat(parts.size()), parts.stream().map(Stream::layer).toList());
        int channels = draft.typeOf(layer).shape().channels();
        int[] places = new int[shape.size()];
        Response[] responses = new Response[places.length];
        int step = shape.at(axis) * shape.stride(axis);
        int start = 0;
        int first = 0;
        for (Stream part : parts) {
            int width = draft.typeOf(part.layer()).shape().channels();
            int run = part.shape().at(axis) * part.shape().stride(axis);
            for (int i = 0; i < part.size(); i++) {
                int target = i / run * step + start + i % run;
                places[target] = part.places()[i] / width * channels + first + part.places()[i] % width;
                responses[target] = part.responses()[i];
            }
            start += run;
            first += width;
        }
        return new Stream(layer, shape, places, responses, null);
    }

    /** All on the smallest type that holds the integers of each. */
    private List<Stream> widened(String name, List<Stream> parts) {
        List<TensorType> types = parts.stream().map(part -> draft.typeOf(part.layer())).toList();
        Shape pixels = pixels(types.getFirst().shape());
        if (types.stream().anyMatch(type -> !pixels(type.shape()).equals(pixels))) {
            throw new NetworkException("joins layers whose pixels do not match: "
                    + String.join(", ", types.stream().map(type -> type.shape().toString()).toList())
                    + " (channel last); join them before they are reshaped");
        }
        if (types.stream().map(TensorType::type).distinct().count() == 1) {
            return parts;
        }
        ValueType common = ValueType.holding(types.stream().mapToLong(type -> type.type().min()).min().orElseThrow(),
                types.stream().mapToLong(type -> type.type().max()).max().orElseThrow());
        if (!IntegerMap.widening(draft.typeOf(parts.getFirst().layer()).shape().channels(), common).isSmall()) {
            throw new NetworkException("joins integers of different types ("
                    + String.join(", ", new TreeSet<>(types.stream().map(type -> type.type().toString()).toList()))
                    + "); quantize them alike before (Brevitas: one QuantIdentity for all of them)");
        }
        List<Stream> widened = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            widened.add(IntegerMap.widening(types.get(i).shape().channels(), common)
                    .apply(draft, name + "_widened", parts.get(i)));
        }
        return widened;
    }

    private static Shape pixels(Shape shape) {
        List<Integer> sizes = new ArrayList<>(shape.dimensions());
        sizes.set(sizes.size() - 1, 1);
        return new Shape(sizes);
    }

    /** The elements at some places, which must be all those of some channels. */
    Stream slice(String name, Stream stream, int[] indexes, Dimensions target) {
        int channels = draft.typeOf(stream.layer()).shape().channels();
        BitSet taken = new BitSet();
        Arrays.stream(indexes).forEach(i -> taken.set(stream.places()[i] % channels));
        int pixels = stream.size() / channels;
        if (indexes.length != (long) pixels * taken.cardinality()) {
            throw new NetworkException("cuts shape " + stream.shape() + " to " + target
                    + ", which are not whole channels; images cannot be cropped: use a smaller input");
        }
        Stream part = stream.moved(target, indexes);
        if (taken.cardinality() == channels) {
            return part;
        }
        int[] places = Arrays.stream(part.places())
                .map(place -> place / channels * taken.cardinality() + taken.get(0, place % channels).cardinality())
                .toArray();
        return new Stream(channels(name, stream.layer(), taken.stream().toArray()), target, places, part.responses(),
                null);
    }

    /** The stream with its channels where another one has them; null where it is more than channels that differ. */
    @Nullable Stream likeChannels(String name, Stream stream, Stream other) {
        int channels = draft.typeOf(stream.layer()).shape().channels();
        int[] order = new int[channels];
        Arrays.fill(order, -1);
        for (int i = 0; i < stream.size(); i++) {
            int from = stream.places()[i];
            int to = other.places()[i];
            int channel = to % channels;
            if (from / channels != to / channels || order[channel] >= 0 && order[channel] != from % channels) {
                return null;
            }
            order[channel] = from % channels;
        }
        int layer = channels(name, stream.layer(), order);
        return new Stream(layer, stream.shape(), other.places(), stream.responses(), null);
    }

    /** The given channels of a layer: a slice for each run of neighbours, joined. */
    private int channels(String name, int source, int[] order) {
        List<Integer> runs = new ArrayList<>();
        for (int first = 0; first < order.length;) {
            int end = first + 1;
            while (end < order.length && order[end] == order[end - 1] + 1) {
                end++;
            }
            if (runs.size() == Operation.Concat.MAX_INPUTS) {
                throw new NetworkException("takes more than " + Operation.Concat.MAX_INPUTS
                        + " separate runs of channels; shuffle fewer channels");
            }
            runs.add(draft.add(name, new Operation.Slice(order[first], end - first), source));
            first = end;
        }
        return runs.size() == 1 ? runs.getFirst() : draft.add(name, new Operation.Concat(runs.size()), runs);
    }
}
