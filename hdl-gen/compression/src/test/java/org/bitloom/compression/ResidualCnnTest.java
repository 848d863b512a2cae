package org.bitloom.compression;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.NetworkFile;
import org.bitloom.network.model.Model;
import org.bitloom.network.onnx.OnnxImporter;
import org.bitloom.network.onnx.ResidualCnn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The residual network of the tests, from its file to exact scores. */
class ResidualCnnTest {
    @Test
    void everyScoreIsExact(@TempDir Path folder) throws IOException {
        Model model = OnnxImporter.read(ResidualCnn.write(folder, 1));
        IntegerNetwork network = NetworkFolder.fold(model, InputEncoding.PIXELS);
        long[] pixels = new Random(2).longs(network.inputShape().size(), 0, 256).toArray();
        ExactFoldingTest.compare(network, new GoldenModel(network).run(pixels),
                new ExactModel(model).run(ExactImageFoldingTest.channelsFirst(pixels, model.inputShape())), "residual");
    }

    @Test
    void itsBranchesMeetAndItsScoresDepend(@TempDir Path folder) throws IOException {
        IntegerNetwork network = NetworkFolder.fold(OnnxImporter.read(ResidualCnn.write(folder, 3)), InputEncoding.PIXELS);
        assertThat(network.layers().stream().map(Layer::operation).map(o -> o.getClass().getSimpleName()))
                .isEqualTo(List.of("Convolution", "Threshold", "Convolution", "Threshold", "Convolution", "Threshold",
                        "Threshold", "Add", "Threshold", "MaxPool", "Convolution", "Threshold", "SumPool", "Threshold",
                        "Dense"));
        GoldenModel golden = new GoldenModel(network);
        Random random = new Random(4);
        long different = random.longs(20).mapToObj(seed -> Arrays.toString(golden.run(
                new Random(seed).longs(768, 0, 256).map(p -> p < 128 ? p / 4 : p).toArray()))).distinct().count();
        assertThat(different).isEqualTo(20);
        Path file = folder.resolve("residual.json");
        NetworkFile.save(network, file);
        assertThat(NetworkFile.load(file)).isEqualTo(network);
    }

    @Test
    void theSameSeedGivesTheSameBytes() {
        assertThat(ResidualCnn.bytes(5)).isEqualTo(ResidualCnn.bytes(5)).isNotEqualTo(ResidualCnn.bytes(6));
    }
}
