package org.bitloom.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bitloom.compression.quantize.LayerFormat;
import org.bitloom.compression.quantize.Quantization;
import org.bitloom.compression.quantize.Recipe;
import org.bitloom.compression.quantize.WeightFormat;
import org.bitloom.network.BitPattern;
import org.bitloom.network.Rational;
import org.bitloom.network.SharedData;
import org.bitloom.network.caffe.CaffeImporter;
import org.bitloom.network.caffe.CaffeOptions;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.Weights;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.ModelEvaluator;
import org.bitloom.network.model.Tensor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Trained networks, quantized: what quantized activations cost in accuracy. The quantized model is evaluated in float32,
 * which its integers equal; that they do is checked on the first images.
 */
class QuantizedAccuracyTest {
    private static final int SAMPLES = 256;
    private static final int EQUAL_CHECKED = 20;
    /** Half a point. */
    private static final double MOST_LOST = 0.005;

    private record Trained(Model model, Images training, Images test, Labels labels) {
        Quantization.Result quantized(Recipe recipe) {
            ModelInput input = ModelInput.of(model);
            List<float[]> samples = IntStream.range(0, SAMPLES)
                    .mapToObj(i -> input.of(training.image(i * (training.count() / SAMPLES)))).toList();
            return Quantization.quantize(model, InputEncoding.of(model), recipe, samples);
        }

        double accuracy(Model network) {
            return (double) new FloatClassifier(network).correct(test, labels, test.count(), done -> { }) / test.count();
        }

        /** The accuracy of the network with these weights; with quantized activations it is at most a little less. */
        double checked(Quantization.Result quantized) {
            double real = accuracy(quantized.weights());
            double integer = accuracy(quantized.model());
            System.out.printf("%s: %.4f with real activations, %.4f in integers%n", model.name(), real, integer);
            assertThat(integer).isGreaterThan(real - MOST_LOST);
            IntegerNetwork network = NetworkFolder.fold(quantized.model(), InputEncoding.of(model));
            requireEqual(quantized.model(), network);
            return integer;
        }

        /** The scores of the first images are those of float32, to the bit. */
        private void requireEqual(Model quantized, IntegerNetwork network) {
            GoldenModel golden = new GoldenModel(network);
            ModelEvaluator floats = new ModelEvaluator(quantized);
            ModelInput input = ModelInput.of(quantized);
            Rational scale = network.outputScale().scales().getFirst();
            for (int i = 0; i < EQUAL_CHECKED; i++) {
                Tensor scores = floats.run(input.of(test.image(i)));
                long[] integers = golden.run(test.image(i));
                for (int score = 0; score < integers.length; score++) {
                    assertThat(scores.at(score))
                            .isEqualTo((float) scale.times(Rational.of(integers[score])).doubleValue());
                }
            }
        }
    }

    private static Optional<Trained> lenet() {
        Optional<Path> model = SharedData.find("lenet_caffe/lenet_iter_10000.caffemodel");
        Optional<Path> training = SharedData.find("mnist/train-images-idx3-ubyte.gz");
        Optional<Path> images = SharedData.find("mnist/t10k-images-idx3-ubyte.gz");
        Optional<Path> labels = SharedData.find("mnist/t10k-labels-idx1-ubyte.gz");
        if (model.isEmpty() || training.isEmpty() || images.isEmpty() || labels.isEmpty()) {
            return Optional.empty();
        }
        Model network = CaffeImporter.read(model.get(), new CaffeOptions(null, Dimensions.of(1, 28, 28), null, null));
        return Optional.of(trained(network, training.get(), images.get(), labels.get()));
    }

    private static Trained trained(Model model, Path training, Path images, Path labels) {
        ModelInput input = ModelInput.of(model);
        return new Trained(model, Images.open(training, input.shape()), Images.open(images, input.shape()),
                Labels.open(labels));
    }

    private static LayerFormat masked(String pattern) {
        return new LayerFormat(new WeightFormat.Masked(BitPattern.parse(pattern), BitPattern.Overflow.MASK), 8);
    }

    @Test
    void masksOnTheConvolutionsOfLenetCostNothingMoreInIntegers() {
        lenet().ifPresent(lenet -> {
            Recipe recipe = Recipe.bits(8).with("conv1", masked("X0.0XXX")).with("conv2", masked("X0.0XXX"));
            Quantization.Result quantized = lenet.quantized(recipe);
            assertThat(lenet.checked(quantized)).isGreaterThan(0.98);
            IntegerNetwork network = NetworkFolder.fold(quantized.model(), InputEncoding.of(lenet.model()));
            Operation.Convolution first = (Operation.Convolution) network.layers().getFirst().operation();
            assertThat(first.weights()).isInstanceOfSatisfying(Weights.BitMasked.class,
                    weights -> assertThat(weights.pattern()).hasToString("X0.0XXX"));
        });
    }

    @Test
    void lenetCanBeMaskedAsAWhole() {
        lenet().ifPresent(lenet -> {
            Recipe recipe = new Recipe(masked("X0.0XXX"), Map.of());
            assertThat(lenet.checked(lenet.quantized(recipe))).isGreaterThan(0.98);
        });
    }

    @Test
    @Tag("slow")
    void lenetTakesFewBits() {
        lenet().ifPresent(lenet -> {
            assertThat(lenet.checked(lenet.quantized(Recipe.bits(3)))).isGreaterThan(0.98);
            assertThat(lenet.checked(lenet.quantized(Recipe.bits(4)))).isGreaterThan(0.985);
            assertThat(lenet.checked(lenet.quantized(Recipe.bits(8)))).isGreaterThan(0.99);
        });
    }

    @Test
    void cifarQuickTakesAMaskForEachLayer() {
        Optional<Path> file = SharedData.find("cifar10_quick/cifar10_quick_iter_5000.caffemodel");
        Optional<Path> training = SharedData.find("cifar10/cifar10_train_first4000.bin");
        Optional<Path> test = SharedData.find("cifar10/cifar10_test_first1000.bin");
        if (file.isPresent() && training.isPresent() && test.isPresent()) {
            Model model = CaffeImporter.read(file.get(), CaffeOptions.NONE);
            Trained cifar = trained(model, training.get(), test.get(), test.get());
            Recipe recipe = Recipe.bits(8).with("conv1", masked("X0.00XXX")).with("conv2", masked("X0.000XXX"))
                    .with("conv3", masked("X0.0000XXX"));
            Quantization.Result quantized = cifar.quantized(recipe);
            assertThat(cifar.checked(quantized)).isGreaterThan(0.68);
            IntegerNetwork network = NetworkFolder.fold(quantized.model(), InputEncoding.of(model));
            // Pixels less the mean; sums of windows that are cut at the border, brought to one divisor.
            assertThat(network.layers().getFirst().operation()).isInstanceOf(Operation.Offset.class);
            assertThat(network.typeOf(0).type().bits()).isEqualTo(9);
            assertThat(network.layers()).anyMatch(layer -> layer.operation() instanceof Operation.PositionScale);
        }
    }
}
