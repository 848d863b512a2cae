package org.bitloom.compression;

import java.util.List;
import java.util.Map;
import org.bitloom.network.BitPattern;
import org.bitloom.network.NetworkException;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.Weights;
import org.bitloom.network.model.Dimensions;

/**
 * Turns channels in which larger integers stand for smaller numbers (after a batch-norm with negative γ): by the sign of
 * the weights where the integers are a convolution's sums, else within their type.
 */
final class ChannelTurner {
    private final NetworkDraft draft;
    private final Map<String, Value> values;

    ChannelTurner(NetworkDraft draft, Map<String, Value> values) {
        this.draft = draft;
        this.values = values;
    }

    /** The same image on integers that nowhere stand for smaller numbers when they are larger. */
    Image rising(String name, Image image) {
        boolean[] falling = new boolean[image.channels()];
        boolean any = false;
        for (int channel = 0; channel < image.channels(); channel++) {
            boolean falls = image.responses()[channel].direction() < 0;
            falling[image.channelOf()[channel]] = falls;
            any |= falls;
        }
        if (!any) {
            return image;
        }
        Dimensions shape = Dimensions.of(1, image.channels(), image.height(), image.width());
        Stream stream = image.stream(image.layer(), shape, image.responses());
        if (draft.operation(image.layer()) instanceof Operation.Convolution convolution && !draft.isRead(image.layer())) {
            return Image.of(negated(convolution, stream, falling), draft);
        }
        ValueType type = draft.typeOf(image.layer()).type();
        IntegerMap map = IntegerMap.scaling(type, 1, falling);
        if (!map.isSmall()) {
            throw new NetworkException("takes the maximum of numbers that fall where their integers (" + type + ") rise, "
                    + "and other layers read these; put a quantizer before it, or make the batch-norm's gamma positive");
        }
        return Image.of(map.apply(draft, name + "_turned", stream), draft);
    }

    /** Changes the rows of the weights, and everything that is known of the layer so far. */
    private Stream negated(Operation.Convolution convolution, Stream stream, boolean[] falling) {
        Weights weights = convolution.weights();
        int[][] matrix = new int[weights.rows()][weights.columns()];
        long[] factors = new long[falling.length];
        for (int row = 0; row < matrix.length; row++) {
            factors[row] = falling[row] ? -1 : 1;
            for (int column = 0; column < matrix[row].length; column++) {
                matrix[row][column] = Math.toIntExact(factors[row] * weights.at(row, column));
            }
        }
        BitPattern pattern = weights instanceof Weights.BitMasked masked ? masked.pattern() : null;
        draft.replace(stream.layer(), new Operation.Convolution(WeightedSums.pack(matrix, pattern), List.of(),
                convolution.window(), convolution.padding(), convolution.groups()));
        long[] terms = new long[falling.length];
        values.replaceAll((name, value) -> switch (value) {
            case Stream other when other.layer() == stream.layer() ->
                    other.remapped(stream.layer(), factors, terms);
            case Margin margin when margin.stream().layer() == stream.layer() -> new Margin(
                    margin.stream().remapped(stream.layer(), factors, terms), margin.pad(), margin.axes(),
                    margin.shape());
            case Value.ClassIndex(Stream scores) when scores.layer() == stream.layer() ->
                    new Value.ClassIndex(scores.remapped(stream.layer(), factors, terms));
            default -> value;
        });
        return stream.remapped(stream.layer(), factors, terms);
    }
}
