package org.bitloom.network.integer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bitloom.network.SharedData;
import org.bitloom.network.data.Images;
import org.bitloom.network.data.Labels;
import org.junit.jupiter.api.Test;

/** Published networks on real images: the golden model must give what the real FPGA gave. */
class BnnPynqAccuracyTest {
    @Test
    void lfcW1A1ClassifiesAsPublished() {
        Optional<Path> folder = SharedData.find("bnn-pynq/mnist/lfcW1A1");
        Optional<Path> images = SharedData.find("mnist/t10k-images-idx3-ubyte.gz");
        Optional<Path> labels = SharedData.find("mnist/t10k-labels-idx1-ubyte.gz");
        if (folder.isEmpty() || images.isEmpty() || labels.isEmpty()) {
            return;
        }
        BnnPynq lfc = BnnPynq.read(folder.get());
        assertThat(lfc.foldings()).hasToString("[32x64, 64x32, 32x64, 16x8]");
        assertThat(lfc.network().typeOf(1)).hasToString("1024 of signed 11 bit");
        assertThat(correct(lfc.network(), images.get(), labels.get(), 10_000)).isEqualTo(9_840);
    }

    @Test
    void cnvW1A1GivesTheScoresThatTheFpgaRecorded() throws IOException {
        Optional<Path> folder = SharedData.find("bnn-pynq/cifar10/cnvW1A1");
        Optional<Path> inputs = SharedData.find("bnn-pynq/inputs");
        if (folder.isEmpty() || inputs.isEmpty()) {
            return;
        }
        IntegerNetwork network = BnnPynq.read(folder.get()).network();
        GoldenModel golden = new GoldenModel(network);
        String recorded = Files.readString(inputs.get().resolve("recorded-fpga-scores.json"));
        for (String name : List.of("car", "airplane", "bird", "deer")) {
            Images image = Images.open(inputs.get().resolve(name + ".rgb"), network.inputShape());
            assertThat(scores(network, golden.run(image.image(0)))).as(name).isEqualTo(recordedScores(recorded, name));
        }
    }

    @Test
    void cnvW1A1ClassifiesTheFirstThousandCifarImagesAsMeasured() {
        Optional<Path> folder = SharedData.find("bnn-pynq/cifar10/cnvW1A1");
        Optional<Path> images = SharedData.find("cifar10/cifar10_test_first1000.bin");
        if (folder.isEmpty() || images.isEmpty()) {
            return;
        }
        BnnPynq cnv = BnnPynq.read(folder.get());
        assertThat(cnv.foldings())
                .hasToString("[16x3, 32x32, 16x32, 16x32, 4x32, 1x32, 1x4, 1x8, 4x1]");
        assertThat(correct(cnv.network(), images.get(), images.get(), 1_000)).isEqualTo(805);
    }

    private static long correct(IntegerNetwork network, Path imageFile, Path labelFile, int count) {
        Images images = Images.open(imageFile, network.inputShape());
        Labels labels = Labels.open(labelFile);
        assertThat(images.count()).isEqualTo(count);
        assertThat(labels.count()).isEqualTo(count);
        GoldenModel golden = new GoldenModel(network);
        return IntStream.range(0, count).parallel()
                .filter(i -> golden.classify(images.image(i)) == labels.at(i)).count();
    }

    private static long[] scores(IntegerNetwork network, long[] outputs) {
        return IntStream.range(0, outputs.length)
                .mapToLong(i -> network.outputScale().real(outputs[i], i).floor().longValueExact()).toArray();
    }

    private static long[] recordedScores(String json, String name) {
        Matcher list = Pattern.compile("\"" + name + "\": \\[([^\\]]*)\\]").matcher(json);
        assertThat(list.find()).isTrue();
        return Arrays.stream(list.group(1).split(",")).mapToLong(number -> Long.parseLong(number.strip())).toArray();
    }
}
