package org.bitloom.network.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;
import org.junit.jupiter.api.Test;

class NetworkTypesTest {
    private static final Weights SIGNS = Weights.Binary.of(2, 8, (row, column) -> column < 6 ? 1 : -1);

    @Test
    void anAccumulatorHoldsTheWorstCaseOfItsActualWeights() {
        assertThat(dense(SIGNS, ValueType.bipolar())).isEqualTo(ValueType.signed(5));
        assertThat(dense(SIGNS, ValueType.unsigned(1))).isEqualTo(ValueType.signed(4));
        assertThat(dense(SIGNS, ValueType.unsigned(8))).isEqualTo(ValueType.signed(12));
        Weights positive = Weights.Binary.of(1, 8, (row, column) -> 1);
        assertThat(dense(positive, ValueType.unsigned(4))).isEqualTo(ValueType.unsigned(7));
    }

    @Property(tries = 1000)
    void anAccumulatorIsNoWiderThanTheWorstInputNeeds(@ForAll long seed) {
        RandomNetworks random = new RandomNetworks(seed);
        ValueType input = random.type(8);
        Weights weights = random.weights(4, 9);
        long min = 0;
        long max = 0;
        for (int row = 0; row < 4; row++) {
            long[] lowest = new long[9];
            long[] highest = new long[9];
            for (int column = 0; column < 9; column++) {
                lowest[column] = weights.at(row, column) > 0 ? input.min() : input.max();
                highest[column] = weights.at(row, column) > 0 ? input.max() : input.min();
            }
            min = Math.min(min, DirectFormula.apply(new Operation.Dense(weights), Shape.of(9), lowest)[row]);
            max = Math.max(max, DirectFormula.apply(new Operation.Dense(weights), Shape.of(9), highest)[row]);
        }
        assertThat(dense(weights, input)).isEqualTo(ValueType.holding(min, max));
    }

    @Test
    void shapesFollowStrideDilationAndPadding() {
        Weights weights = Weights.Binary.of(3, 18, (row, column) -> 1);
        Operation convolution = new Operation.Convolution(weights, List.of(), new Window(3, 3, 2, 1, 1, 2),
                new Padding(1, 0, 1, 2, -1), 1);
        assertThat(NetworkTypes.outputOf(convolution, new TensorType(Shape.of(7, 9, 2), ValueType.bipolar())).shape())
                .isEqualTo(Shape.of(4, 7, 3));
        assertThat(NetworkTypes.outputOf(new Operation.MaxPool(Window.square(2, 2)),
                new TensorType(Shape.of(5, 4, 2), ValueType.signed(3))))
                .hasToString("2x2x2 of signed 3 bit");
        assertThat(NetworkTypes.outputOf(new Operation.ArgMax(), new TensorType(Shape.of(10), ValueType.signed(3))))
                .hasToString("1 of unsigned 4 bit");
    }

    @Test
    void sumsHoldTheirWorstCase() {
        TensorType image = new TensorType(Shape.of(4, 4, 3), ValueType.unsigned(4));
        assertThat(NetworkTypes.outputOf(new Operation.SumPool(Window.square(4, 4)), image))
                .hasToString("1x1x3 of unsigned 8 bit");
        TensorType signs = new TensorType(Shape.of(4, 4, 3), ValueType.bipolar());
        assertThat(NetworkTypes.outputOf(new Operation.SumPool(Window.square(2, 2)), signs))
                .hasToString("2x2x3 of signed 4 bit");
        assertThat(NetworkTypes.outputOf(new Operation.Add(), List.of(signs, signs)))
                .hasToString("4x4x3 of signed 3 bit");
        assertThat(NetworkTypes.outputOf(new Operation.Add(), List.of(image, signs)))
                .hasToString("4x4x3 of signed 6 bit");
        assertThat(NetworkTypes.outputOf(new Operation.Concat(3), List.of(signs, signs, signs)))
                .hasToString("4x4x9 of bipolar");
        assertThat(NetworkTypes.outputOf(new Operation.Slice(1, 2), image)).hasToString("4x4x2 of unsigned 4 bit");
    }

    @Test
    void whatDoesNotMeetIsRefused() {
        TensorType image = new TensorType(Shape.of(4, 4, 3), ValueType.unsigned(4));
        refused(() -> NetworkTypes.outputOf(new Operation.MaxPool(Window.square(2, 2), Padding.around(1, 0)),
                        new TensorType(Shape.of(4, 4, 3), ValueType.signed(4))),
                "max-pool is padded with 0; padding must be -8, the least value of its input's type (signed 4 bit), so "
                        + "that it never wins");
        refused(() -> NetworkTypes.outputOf(new Operation.SumPool(Window.square(2, 2), Padding.around(1, 16)), image),
                "padding value 16 is not a value of the input's type, unsigned 4 bit");
        refused(() -> NetworkTypes.outputOf(new Operation.SumPool(Window.square(2, 2)),
                        new TensorType(Shape.of(2, 2, 1), ValueType.signed(62))),
                "the sum of 4 values of signed 62 bit needs more than 62 bits; use narrower inputs");
        refused(() -> NetworkTypes.outputOf(new Operation.SumPool(Window.square(2, 2)),
                        new TensorType(Shape.of(4), ValueType.signed(6))),
                "sum-pool needs an input of [height, width, channels], not 4");
        refused(() -> NetworkTypes.outputOf(new Operation.Add(), image), "Add takes 2 inputs, not 1");
        refused(() -> NetworkTypes.outputOf(new Operation.Add(),
                        List.of(image, new TensorType(Shape.of(4, 4, 1), ValueType.unsigned(4)))),
                "add takes two inputs of one shape, not 4x4x3 and 4x4x1");
        TensorType wide = new TensorType(Shape.of(3), ValueType.unsigned(62));
        refused(() -> NetworkTypes.outputOf(new Operation.Add(), List.of(wide, wide)),
                "the sum of unsigned 62 bit and unsigned 62 bit needs more than 62 bits; use narrower inputs");
        refused(() -> NetworkTypes.outputOf(new Operation.Concat(2),
                        List.of(image, new TensorType(Shape.of(4, 4, 3), ValueType.unsigned(3)))),
                "concat takes inputs of one type, not unsigned 4 bit and unsigned 3 bit");
        refused(() -> NetworkTypes.outputOf(new Operation.Concat(2),
                        List.of(image, new TensorType(Shape.of(4, 5, 3), ValueType.unsigned(4)))),
                "concat takes inputs that agree but in their channels, not 4x4x3 and 4x5x3");
        refused(() -> NetworkTypes.outputOf(new Operation.Slice(2, 2), image),
                "a slice of 2 channels from channel 2 does not fit an input of 4x4x3");
        refused(() -> new Operation.Slice(-1, 2),
                "a slice of 2 channels from channel -1: it takes at least one, from channel 0 on");
        refused(() -> new Operation.Concat(1), "concat of 1 inputs: there must be 2 to 1024");
    }

    @Test
    void everyMistakeNamesNetworkLayerAndCause() {
        refused(() -> one(Shape.of(7), ValueType.bipolar(), new Operation.Dense(SIGNS)),
                "network n, layer only: weights of 8 columns do not match an input of 7 = 7 values");
        Operation convolution = new Operation.Convolution(SIGNS, Window.square(2, 1));
        refused(() -> one(Shape.of(8), ValueType.bipolar(), convolution),
                "network n, layer only: convolution needs an input of [height, width, channels], not 8");
        refused(() -> one(Shape.of(4, 4, 3), ValueType.bipolar(), convolution),
                "network n, layer only: weights for 1 x 2 input channels do not match an input of 4x4x3");
        refused(() -> one(Shape.of(1, 4, 2), ValueType.bipolar(), convolution),
                "network n, layer only: a kernel 2 pixels high does not fit a padded image 1 pixels high");
        refused(() -> one(Shape.of(4, 4, 2), ValueType.bipolar(), new Operation.Convolution(SIGNS, List.of(),
                Window.square(2, 1), Padding.around(1, 0), 1)),
                "network n, layer only: padding value 0 is not a value of the input's type, bipolar");
        refused(() -> one(Shape.of(4), ValueType.bipolar(), new Operation.Threshold(
                ThresholdTable.ascending(new long[3][1]), ValueType.bipolar())),
                "network n, layer only: thresholds for 3 channels do not match an input of 4");
        refused(() -> one(Shape.of(4), ValueType.signed(60),
                new Operation.Dense(Weights.IntegerMatrix.of(ValueType.signed(32), 1, 4, (r, c) -> 1 << 30))),
                "network n, layer only: the sum of 4 products needs an accumulator of more than 62 bits; use narrower "
                        + "weights or inputs");
        refused(() -> new Operation.Threshold(ThresholdTable.shared(1, 2), ValueType.bipolar()),
                "2 thresholds give 3 levels, but bipolar has 2");
        refused(() -> new Operation.Dense(SIGNS, List.of(1L)),
                "bias of 1 values for 2 outputs: there must be as many, or none");
        refused(() -> new Operation.Convolution(SIGNS, List.of(), Window.square(2, 1), Padding.NONE, 3),
                "3 groups do not divide 2 output channels");
        refused(() -> new Operation.Convolution(SIGNS, Window.square(3, 1)),
                "a kernel of 3 x 3 does not divide 8 weight columns");
    }

    @Test
    void aGraphWithLooseEndsOrEqualNamesIsRefused() {
        Layer top = new Layer("top", new Operation.ArgMax(), IntegerNetwork.INPUT);
        refused(() -> network(1, List.of()), "network n: it has 0 layers; there must be 1 to 4096");
        refused(() -> network(1, List.of(top, new Layer("Top", new Operation.ArgMax(), 0))),
                "network n, layer Top: another layer has this name (capitals do not count)");
        refused(() -> network(1, List.of(top, new Layer("other", new Operation.ArgMax(), -1))),
                "network n: nothing uses layer top; only the last layer is the output");
        refused(() -> network(1, List.of(new Layer("self", new Operation.ArgMax(), 0))),
                "network n, layer self: input 0 is not an earlier layer");
        refused(() -> network(2, List.of(top)), "network n: 2 classes cannot be read from 1 outputs");
        refused(() -> new Layer("a b", new Operation.ArgMax(), 0), "the name \"a_b…\" is not an identifier of ASCII "
                + "letters, digits and underscores, at most 64 long");
        refused(() -> new Layer("two", new Operation.ArgMax(), List.of(0, 1)), "layer two: ArgMax takes 1 inputs, not 2");
    }

    private static ValueType dense(Weights weights, ValueType input) {
        return NetworkTypes.outputOf(new Operation.Dense(weights),
                new TensorType(Shape.of(weights.columns()), input)).type();
    }

    private static IntegerNetwork one(Shape shape, ValueType type, Operation operation) {
        return new IntegerNetwork("n", shape, type, List.of(new Layer("only", operation, IntegerNetwork.INPUT)),
                new Classifier(Classifier.Rule.FIRST_MAXIMUM, 1), OutputScale.NONE);
    }

    private static IntegerNetwork network(int classes, List<Layer> layers) {
        return new IntegerNetwork("n", Shape.of(3), ValueType.bipolar(), layers,
                new Classifier(Classifier.Rule.FIRST_MAXIMUM, classes), OutputScale.NONE);
    }

    private static void refused(ThrowingCallable mistake, String message) {
        assertThatThrownBy(mistake).isInstanceOf(NetworkException.class).hasMessage(message);
    }
}
