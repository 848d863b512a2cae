package org.bitloom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bitloom.accelerator.Folding;
import org.bitloom.compression.InputEncoding;
import org.bitloom.compression.ModelInput;
import org.bitloom.compression.NetworkFolder;
import org.bitloom.compression.quantize.LayerFormat;
import org.bitloom.compression.quantize.Quantization;
import org.bitloom.compression.quantize.Recipe;
import org.bitloom.compression.quantize.WeightFormat;
import org.bitloom.network.BitPattern;
import org.bitloom.network.SharedData;
import org.bitloom.network.caffe.CaffeImporter;
import org.bitloom.network.caffe.CaffeOptions;
import org.bitloom.network.data.Images;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Model;
import org.bitloom.sim.DesignRun;
import org.bitloom.sim.PerLayerResult;
import org.bitloom.sim.Progress;
import org.bitloom.sim.SimulatorBackend;
import org.bitloom.sim.VerilatorBackend;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Networks of real numbers from Caffe, with bit-masked weights and activations of 8 bits: as Verilog equal to the golden
 * model at every layer, the last one included.
 */
class QuantizedCaffeTest {
    private static final int SAMPLES = 64;
    private static final LayerFormat EIGHT = new LayerFormat(new WeightFormat.Uniform(8), 8);

    @TempDir
    Path folder;

    private record Case(
            String name, String model, CaffeOptions options, Recipe recipe, String calibration, String images,
            List<Folding> foldings) {}

    /** Masks on the convolutions as published, dense weights of 8 bits. */
    private static Case lenet() {
        return lenet("lenet", Map.of("conv1", "X0.0XXX", "conv2", "X0.0XXX"));
    }

    private static Case lenet(String name, Map<String, String> patterns) {
        CaffeOptions options = new CaffeOptions(null, Dimensions.of(1, 28, 28), null, 1 / 256f);
        List<Folding> foldings =
                List.of(new Folding(10, 5), new Folding(10, 20), new Folding(10, 10), new Folding(5, 5));
        return new Case(name, "lenet_caffe/lenet_iter_10000.caffemodel", options, recipe(patterns),
                "mnist/train-images-idx3-ubyte.gz", "mnist/t10k-images-idx3-ubyte.gz", foldings);
    }

    private static Case cifar10Quick(Path mean) {
        CaffeOptions options = new CaffeOptions(null, Dimensions.of(3, 32, 32), mean, null);
        List<Folding> foldings = List.of(
                new Folding(16, 15), new Folding(16, 32), new Folding(16, 32), new Folding(4, 8), new Folding(1, 8));
        return new Case("cifar10_quick", "cifar10_quick/cifar10_quick_iter_5000.caffemodel", options,
                recipe(Map.of("conv1", "X0.00XXX", "conv2", "X0.000XXX", "conv3", "X0.0000XXX")),
                "cifar10/cifar10_train_first4000.bin", "cifar10/cifar10_test_first1000.bin", foldings);
    }

    private static Recipe recipe(Map<String, String> patterns) {
        Recipe recipe = new Recipe(EIGHT, Map.of());
        for (Map.Entry<String, String> entry : patterns.entrySet()) {
            recipe = recipe.with(entry.getKey(), new LayerFormat(
                    new WeightFormat.Masked(BitPattern.parse(entry.getValue()), BitPattern.Overflow.MASK), 8));
        }
        return recipe;
    }

    @Test
    void lenetOfMaskedConvolutionsIsExactAtEveryLayer() {
        check(lenet(), 3, 2);
    }

    @Tag("slow")
    @Test
    void lenetIsExactOnAHundredImages() {
        check(lenet(), 100, 10);
    }

    @Tag("slow")
    @Test
    void lenetOfMasksAloneIsExactOnAHundredImages() {
        check(lenet("lenet_masked",
                Map.of("conv1", "X0.0XXX", "conv2", "X0.0XXX", "ip1", "X0.000XXX", "ip2", "X0.00XXX")), 100, 10);
    }

    @Tag("slow")
    @Test
    void cifar10QuickIsExactOnTenImages() {
        SharedData.find("cifar10_quick/mean.binaryproto").ifPresent(mean -> check(cifar10Quick(mean), 10, 2));
    }

    /** Verilator without and with stalls, the built-in simulator with. */
    private void check(Case network, int images, int builtIn) {
        Optional<Path> model = SharedData.find(network.model());
        Optional<Path> calibration = SharedData.find(network.calibration());
        Optional<Path> pictures = SharedData.find(network.images());
        if (model.isEmpty() || calibration.isEmpty() || pictures.isEmpty()) {
            return;
        }
        IntegerNetwork integers = quantized(network, model.get(), calibration.get());
        Checked design = Checked.compile(integers, network.foldings(), folder.resolve(network.name()));
        design.isCleanInSimulators();
        Images opened = Images.open(pictures.get(), integers.inputShape());
        List<long[]> frames = IntStream.range(0, images).mapToObj(opened::image).toList();
        design.isExact(new VerilatorBackend(), frames, 0);
        isExactAtEveryLayer(design, new VerilatorBackend(), frames);
        isExactAtEveryLayer(design, design.builtIn(), frames.subList(0, builtIn));
    }

    private static void isExactAtEveryLayer(Checked design, SimulatorBackend backend, List<long[]> frames) {
        PerLayerResult result = new DesignRun(design.design()).runPerLayer(backend, frames, 0.3, 7, null, Progress.NONE);
        assertThat(result.exact()).as("%s: %s", backend.name(), result.layers()).isTrue();
        assertThat(result.layers()).hasSameSizeAs(design.design().accelerator().network().layers());
    }

    private static IntegerNetwork quantized(Case network, Path file, Path calibration) {
        Model model = CaffeImporter.read(file, network.options());
        ModelInput input = ModelInput.of(model);
        Images images = Images.open(calibration, input.shape());
        List<float[]> samples = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            samples.add(input.of(images.image(i)));
        }
        Model quantized = Quantization.quantize(model, InputEncoding.of(model), network.recipe(), samples).model();
        return NetworkFolder.fold(quantized, InputEncoding.of(quantized));
    }
}
