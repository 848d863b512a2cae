package org.bitloom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.AcceleratorException;
import org.bitloom.accelerator.Folding;
import org.bitloom.accelerator.FoldingSearch;
import org.bitloom.accelerator.Prediction;
import org.bitloom.accelerator.Target;
import org.bitloom.accelerator.board.Boards;
import org.bitloom.compression.InputEncoding;
import org.bitloom.compression.NetworkFolder;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.network.SharedData;
import org.bitloom.network.integer.BnnPynq;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.onnx.OnnxImporter;
import org.junit.jupiter.api.Test;

/** Published networks on boards: the rate is reached on what the device has, or refused with what is in the way. */
class BoardFoldingTest {
    private static final Target PYNQ = Target.of(Boards.find("pynq-z1"));

    private static void assertReached(IntegerNetwork network, double framesPerSecond) {
        Accelerator accelerator = new FoldingSearch(network, PYNQ).reaching(framesPerSecond);
        assertThat(PYNQ.megahertz() * 1e6 / accelerator.intervalCycles()).isGreaterThanOrEqualTo(framesPerSecond);
        Prediction prediction = Prediction.of(accelerator, PYNQ.family());
        Resources total = prediction.total();
        assertThat(total.lut()).isBetween(100, 53_200 * 8 / 10);
        assertThat(total.bram()).isLessThanOrEqualTo(280);
        assertThat(prediction.layers().stream().map(Prediction.Layer::cost).reduce(Resources.NONE, Resources::plus))
                .isEqualTo(total);
    }

    @Test
    void tfcReachesTwoMillionFramesASecond() {
        Optional<Path> file = SharedData.find("qonnx/TFC_1W1A.onnx");
        if (file.isPresent()) {
            assertReached(
                    NetworkFolder.fold(OnnxImporter.read(file.get()), InputEncoding.PIXELS), 2e6);
        }
    }

    @Test
    void lfcReachesAHundredThousandFramesASecondAndNotAMillion() {
        Optional<Path> folder = SharedData.find("bnn-pynq/mnist/lfcW1A1");
        if (folder.isPresent()) {
            IntegerNetwork network = BnnPynq.read(folder.get()).network();
            assertReached(network, 1e5);
            assertThatThrownBy(() -> new FoldingSearch(network, PYNQ).reaching(1e6))
                    .isInstanceOf(AcceleratorException.class)
                    .message()
                    .contains("it does not fit PYNQ-Z1 (xc7z020clg400-1): ", "block memories are needed, ",
                            " more than the 280 there are; layer fc", "the nearest that fits is --folding ");
        }
    }

    @Test
    void cnvIsRefusedWhereItsPixelsComeTooSlowly() {
        Optional<Path> folder = SharedData.find("bnn-pynq/cifar10/cnvW1A1");
        if (folder.isPresent()) {
            BnnPynq set = BnnPynq.read(folder.get());
            List<Folding> published = set.foldings().stream().map(f -> new Folding(f.pe(), f.simd())).toList();
            assertThat(FoldingSearch.given(set.network(), published, PYNQ).intervalCycles()).isEqualTo(32_768);
            assertThatThrownBy(() -> new FoldingSearch(set.network(), PYNQ).reaching(2e5))
                    .isInstanceOf(AcceleratorException.class)
                    .hasMessageContaining("at 125 MHz a frame may take 625 cycles, and layer ")
                    .hasMessageContaining(" takes 1,024; ask for up to --fps 122070");
        }
    }
}
