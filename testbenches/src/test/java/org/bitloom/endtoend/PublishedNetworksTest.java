package org.bitloom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bitloom.accelerator.Folding;
import org.bitloom.compression.InputEncoding;
import org.bitloom.compression.NetworkFolder;
import org.bitloom.network.SharedData;
import org.bitloom.network.data.Images;
import org.bitloom.network.integer.BnnPynq;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.onnx.OnnxImporter;
import org.bitloom.sim.IcarusBackend;
import org.bitloom.sim.VerilatorBackend;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Networks that others trained and published, at the folding that others published: their interval exactly, and RTL that
 * equals the golden model. The accuracies of the golden models are checked where these are.
 */
class PublishedNetworksTest {
    private static final String IMAGES = "mnist/t10k-images-idx3-ubyte.gz";
    private static final double[] STALLS = {0, 0.3, 0.9};

    /** With PE x SIMD, and the interval of FINN (TFC) and BNN-PYNQ (LFC). */
    enum Published {
        TFC_1W1A("qonnx/TFC_1W1A.onnx", "16x49,8x8,8x8,10x8", 64, 20),
        TFC_1W2A("qonnx/TFC_1W2A.onnx", "16x49,8x8,8x8,10x8", 64, 20),
        LFC_W1A1("bnn-pynq/mnist/lfcW1A1", "32x64,64x32,32x64,16x8", 512, 1);

        private final String path;
        private final List<Folding> foldings;
        private final long interval;
        private final int icarusFrames;

        Published(String path, String foldings, long interval, int icarusFrames) {
            this.path = path;
            this.foldings = Folding.parse(foldings);
            this.interval = interval;
            this.icarusFrames = icarusFrames;
        }

        Optional<IntegerNetwork> network() {
            return SharedData.find(path)
                    .map(found -> this == LFC_W1A1
                            ? BnnPynq.read(found).network()
                            : NetworkFolder.fold(OnnxImporter.read(found), InputEncoding.PIXELS));
        }
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void rtlEqualsTheGoldenModelAtThePublishedInterval(Published published) {
        check(published, 200, 50, published.icarusFrames);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void rtlEqualsTheGoldenModelOnAThousandImages(Published published) {
        check(published, 1000, 1000, 20);
        design(published).ifPresent(design -> design.isCleanInSynthesis("synth_xilinx"));
    }

    private void check(Published published, int builtIn, int verilator, int icarus) {
        design(published).ifPresent(design -> {
            assertThat(design.design().accelerator().intervalCycles()).isEqualTo(published.interval);
            design.isCleanInSimulators();
            List<long[]> frames = frames(design);
            for (double stall : STALLS) {
                design.isExact(design.builtIn(), frames.subList(0, builtIn), stall);
                design.isExact(new VerilatorBackend(), frames.subList(0, verilator), stall);
                design.isExact(new IcarusBackend(), frames.subList(0, icarus), stall);
            }
        });
    }

    private Optional<Checked> design(Published published) {
        return published.network()
                .map(network -> Checked.compile(network, published.foldings, folder.resolve(published.name())));
    }

    private static List<long[]> frames(Checked design) {
        Images images = Images.open(
                SharedData.find(IMAGES).orElseThrow(),
                design.design().accelerator().network().inputShape());
        return IntStream.range(0, 1000).mapToObj(images::image).toList();
    }
}
