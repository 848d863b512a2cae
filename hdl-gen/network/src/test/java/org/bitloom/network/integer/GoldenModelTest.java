package org.bitloom.network.integer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;
import org.bitloom.network.TensorType;
import org.bitloom.network.ValueType;
import org.junit.jupiter.api.Test;

class GoldenModelTest {
    @Property(tries = 2000)
    void everyLayerOfARandomNetworkEqualsItsDirectFormula(@ForAll long seed) {
        RandomNetworks random = new RandomNetworks(seed);
        IntegerNetwork network = random.network();
        long[] input = random.input(network.typeOf(IntegerNetwork.INPUT));
        List<long[]> trace = new GoldenModel(network).runWithTrace(input);
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            assertThat(trace.get(i)).as(layer.name() + " " + layer.operation()).isEqualTo(DirectFormula.apply(
                    layer.operation(),
                    layer.inputs().stream().map(source -> network.typeOf(source).shape()).toList(),
                    layer.inputs().stream().map(source -> source < 0 ? input : trace.get(source)).toList()));
        }
    }

    @Property(tries = 1000)
    void everyValueIsOneOfItsInferredType(@ForAll long seed) {
        RandomNetworks random = new RandomNetworks(seed);
        IntegerNetwork network = random.network();
        List<long[]> trace = new GoldenModel(network).runWithTrace(random.input(network.typeOf(IntegerNetwork.INPUT)));
        for (int i = 0; i < trace.size(); i++) {
            TensorType type = network.typeOf(i);
            assertThat(trace.get(i)).hasSize(type.shape().size());
            assertThat(Arrays.stream(trace.get(i)).allMatch(type.type()::contains)).isTrue();
        }
    }

    @Property(tries = 500)
    void aConvolutionWithoutItsGroupsGivesTheSameSums(@ForAll long seed) {
        RandomNetworks random = new RandomNetworks(seed);
        IntegerNetwork network = random.network();
        List<Layer> ungrouped = network.layers().stream().map(layer -> new Layer(layer.name(),
                layer.operation() instanceof Operation.Convolution c ? c.ungrouped() : layer.operation(),
                layer.inputs())).toList();
        IntegerNetwork same = new IntegerNetwork("same", network.inputShape(), network.inputType(), ungrouped,
                network.classifier(), network.outputScale());
        long[] input = random.input(network.typeOf(IntegerNetwork.INPUT));
        assertThat(new GoldenModel(same).run(input)).isEqualTo(new GoldenModel(network).run(input));
        for (int i = 0; i < ungrouped.size(); i++) {
            assertThat(same.typeOf(i)).isEqualTo(network.typeOf(i));
        }
    }

    @Test
    void denseAddsBiasAndProducts() {
        Weights weights = Weights.IntegerMatrix.of(ValueType.signed(4), 2, 3,
                (row, column) -> new int[][] {{1, -2, 3}, {0, 7, -8}}[row][column]);
        assertThat(run(Shape.of(3), ValueType.signed(8), new Operation.Dense(weights, List.of(10L, -1L)), 4, 5, -6))
                .containsExactly(10 + 4 - 10 - 18, -1 + 35 + 48);
    }

    @Test
    void denseOfSignsIsAgreementsMinusDisagreements() {
        Weights weights = Weights.Binary.of(1, 5, (row, column) -> column < 3 ? 1 : -1);
        assertThat(run(Shape.of(5), ValueType.bipolar(), new Operation.Dense(weights), 1, -1, 1, -1, 1))
                .containsExactly(3 - 2);
    }

    @Test
    void convolutionDoesNotFlipItsKernelAndPadsWithItsValue() {
        Weights weights = Weights.IntegerMatrix.of(ValueType.unsigned(4), 1, 4, (row, column) -> column + 1);
        Operation convolution = new Operation.Convolution(weights, List.of(), Window.square(2, 1),
                new Padding(0, 1, 0, 0, 5), 1);
        // Image 1 2 / 3 4 with a column of 5 on its left; kernel 1 2 / 3 4.
        assertThat(run(Shape.of(2, 2, 1), ValueType.unsigned(3), convolution, 1, 2, 3, 4))
                .containsExactly(5 + 2 + 15 + 12, 1 + 4 + 9 + 16);
    }

    @Test
    void poolingPadsAndLeavesOutWhatDoesNotFit() {
        // 1 2 3 / 4 5 6 with a row of padding above; windows of 2 x 2 every 2 pixels: the third column does not fit.
        Shape shape = Shape.of(2, 3, 1);
        assertThat(run(shape, ValueType.signed(4), new Operation.MaxPool(Window.square(2, 2),
                new Padding(1, 0, 0, 0, -8)), -1, -2, -3, 4, 5, 6)).containsExactly(-1);
        assertThat(run(shape, ValueType.signed(4), new Operation.SumPool(Window.square(2, 2),
                new Padding(1, 0, 1, 0, 7)), -1, -2, -3, 4, 5, 6)).containsExactly(7 + 7 - 1 - 2, 4 + 5 + 7 + 7);
    }

    @Test
    void aSkipConnectionAddsAndJoinsChannelsInOrder() {
        List<Layer> layers = List.of(
                new Layer("left", new Operation.Slice(2, 1), IntegerNetwork.INPUT),
                new Layer("right", new Operation.Slice(0, 2), IntegerNetwork.INPUT),
                new Layer("turned", new Operation.Concat(2), List.of(0, 1)),
                new Layer("sum", new Operation.Add(), List.of(2, IntegerNetwork.INPUT)));
        IntegerNetwork network = new IntegerNetwork("n", Shape.of(1, 2, 3), ValueType.unsigned(4), layers,
                new Classifier(Classifier.Rule.FIRST_MAXIMUM, 1), OutputScale.NONE);
        List<long[]> trace = new GoldenModel(network).runWithTrace(new long[] {1, 2, 3, 4, 5, 6});
        assertThat(trace.get(2)).containsExactly(3, 1, 2, 6, 4, 5);
        assertThat(trace.get(3)).containsExactly(4, 3, 5, 10, 9, 11);
        assertThat(network.outputType()).hasToString("1x2x3 of unsigned 5 bit");
    }

    @Test
    void requantizingRoundsDownAndClampsByChannel() {
        Operation operation = new Operation.Requantize(List.of(3L, -1L), List.of(4L), 3, ValueType.unsigned(3));
        // 31 >> 3, -5 >> 3 is -1, 1 >> 3, 25 >> 3, 304 >> 3 = 38, 0 >> 3.
        assertThat(run(Shape.of(3, 2), ValueType.signed(8), operation, 9, 9, -1, -21, 100, 4))
                .containsExactly(3, 0, 0, 3, 7, 0);
    }

    @Test
    void sumsOfCutWindowsGetACommonDivisor() {
        Operation operation = new Operation.PositionScale(List.of(2, 3), List.of(1, 5));
        assertThat(run(Shape.of(2, 2, 1), ValueType.signed(4), operation, 1, 2, -3, 4)).containsExactly(2, 20, -9, 60);
    }

    @Test
    void anOffsetBelongsToAnElement() {
        Operation operation = new Operation.Offset(List.of(-1L, 2L, 0L, -300L));
        assertThat(run(Shape.of(2, 1, 2), ValueType.unsigned(8), operation, 1, 2, 3, 255))
                .containsExactly(0, 4, 3, -45);
    }

    @Test
    void argMaxTakesTheFirstOfEquals() {
        assertThat(run(Shape.of(4), ValueType.signed(4), new Operation.ArgMax(), -3, 2, 2, 1)).containsExactly(1);
    }

    @Test
    void inputsOfTheWrongSizeOrTypeAreRefused() {
        IntegerNetwork network = network(Shape.of(2), ValueType.unsigned(2), new Operation.ArgMax());
        GoldenModel golden = new GoldenModel(network);
        assertThatThrownBy(() -> golden.run(new long[3])).isInstanceOf(NetworkException.class)
                .hasMessage("network n: an input has 3 values; it takes 2 = 2");
        assertThatThrownBy(() -> golden.run(new long[] {0, 4})).isInstanceOf(NetworkException.class)
                .hasMessage("network n: input value 1 is 4, not a value of type unsigned 2 bit");
    }

    private static long[] run(Shape shape, ValueType type, Operation operation, long... input) {
        return new GoldenModel(network(shape, type, operation)).run(input);
    }

    private static IntegerNetwork network(Shape shape, ValueType type, Operation operation) {
        return new IntegerNetwork("n", shape, type, List.of(new Layer("only", operation, IntegerNetwork.INPUT)),
                new Classifier(Classifier.Rule.FIRST_MAXIMUM, 1), OutputScale.NONE);
    }
}
