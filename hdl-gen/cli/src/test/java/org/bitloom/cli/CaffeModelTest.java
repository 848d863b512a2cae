package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bitloom.network.SharedData;
import org.bitloom.training.DigitsFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks of Caffe at the command line. */
class CaffeModelTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... arguments) {
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return Bitloom.run(new PrintWriter(out), new PrintWriter(err), texts);
    }

    private void assertRefused(int status, String... said) {
        assertThat(status).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(err.toString().strip()).startsWith("bitloom: ").contains(said).doesNotContain("\n");
        err.getBuffer().setLength(0);
    }

    @Test
    void aFloatNetworkIsEvaluatedAsItIsWritten() {
        Optional<Path> model = SharedData.find("lenet_caffe/lenet_iter_10000.caffemodel");
        Optional<Path> images = SharedData.find("mnist/t10k-images-idx3-ubyte.gz");
        Optional<Path> labels = SharedData.find("mnist/t10k-labels-idx1-ubyte.gz");
        if (model.isPresent() && images.isPresent() && labels.isPresent()) {
            assertThat(run("evaluate", model.get(), "--input", "1x28x28", "--images", images.get(), "--labels", labels.get(),
                    "--frames", 500)).as(err.toString()).isEqualTo(ExitStatus.OK);
            assertThat(out.toString()).contains("nothing is quantized", "of 500 images");
            assertRefused(run("evaluate", model.get(), "--images", images.get(), "--labels", labels.get()), "--input");
            assertRefused(run("inspect", model.get(), "--input", "28x28"), "--input 28x28", "1x28x28");
        }
    }

    @Test
    void aTextAloneAndOptionsOfAnotherKindAreRefused() throws IOException {
        Path text = Files.writeString(folder.resolve("deploy.prototxt"), "name: \"x\"");
        assertRefused(run("inspect", text), "--prototxt");
        assertRefused(run("inspect", DigitsFiles.unpack(folder).model(), "--scale", 2), "--scale");
        Path damaged = Files.write(folder.resolve("damaged.caffemodel"), new byte[] {0x0A, 5, 'L'});
        assertRefused(run("inspect", damaged, "--input", "1x28x28"), damaged.toString(), "not a .caffemodel");
    }
}
