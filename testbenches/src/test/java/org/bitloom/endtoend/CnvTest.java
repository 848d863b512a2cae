package org.bitloom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.Folding;
import org.bitloom.network.SharedData;
import org.bitloom.network.data.Images;
import org.bitloom.network.integer.BnnPynq;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.sim.DesignRun;
import org.bitloom.sim.Progress;
import org.bitloom.sim.ResultJson;
import org.bitloom.sim.SimulationResult;
import org.bitloom.sim.VerilatorBackend;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BNN-PYNQ's CNV W1A1 for CIFAR-10 at its published folding: a real FPGA's scores, and the cycles of the prediction. */
class CnvTest {
    private static final List<String> RECORDED = List.of("car", "airplane", "bird", "deer");

    @TempDir
    Path folder;

    @Test
    void theVerilogPrintsTheScoresThatTheFpgaPrinted() throws IOException {
        Optional<Path> inputs = SharedData.find("bnn-pynq/inputs");
        Optional<Checked> cnv = compiled();
        if (inputs.isEmpty() || cnv.isEmpty()) {
            return;
        }
        Accelerator accelerator = cnv.get().design().accelerator();
        assertThat(accelerator.intervalCycles()).isEqualTo(32_768);
        assertThat(accelerator.latencyCycles()).isLessThanOrEqualTo(146_000);
        IntegerNetwork network = accelerator.network();
        List<long[]> images = new ArrayList<>();
        for (String name : RECORDED) {
            images.add(Images.open(inputs.get().resolve(name + ".rgb"), network.inputShape()).image(0));
        }
        SimulationResult result =
                new DesignRun(cnv.get().design()).run(new VerilatorBackend(), images, 0, 1, null, Progress.NONE);
        assertThat(result.mismatches()).isZero();
        assertThat(result.latencyCycles()).isEqualTo(accelerator.latencyCycles());
        String printed = scores(result, network);
        String recorded = Files.readString(inputs.get().resolve("recorded-fpga-scores.json")).replaceAll("\\s", "");
        for (int i = 0; i < RECORDED.size(); i++) {
            assertThat(recorded).contains("\"" + RECORDED.get(i) + "\":[" + printed.split(";")[i] + "]");
        }
    }

    @Test
    void theVerilogEqualsTheGoldenModelOnTwentyImages() {
        check(20, 20, 4);
    }

    @Tag("slow")
    @Test
    void theVerilogEqualsTheGoldenModelOnAHundredImagesAndIsCleanInSynthesis() {
        check(100, 100, 100);
        compiled().ifPresent(cnv -> cnv.isCleanInSynthesis("synth_xilinx"));
    }

    private void check(int unstalled, int stalled, int builtIn) {
        Optional<Path> images = SharedData.find("cifar10/cifar10_test_first1000.bin");
        Optional<Checked> cnv = compiled();
        if (images.isEmpty() || cnv.isEmpty()) {
            return;
        }
        Checked design = cnv.get();
        design.isCleanInSimulators();
        Images opened = Images.open(images.get(), design.design().accelerator().network().inputShape());
        List<long[]> frames = IntStream.range(0, unstalled).mapToObj(opened::image).toList();
        design.isExact(new VerilatorBackend(), frames, 0);
        design.isExact(new VerilatorBackend(), frames.subList(0, stalled), 0.3);
        design.isExact(design.builtIn(), frames.subList(0, builtIn), 0.3);
    }

    private Optional<Checked> compiled() {
        return SharedData.find("bnn-pynq/cifar10/cnvW1A1").map(found -> {
            BnnPynq cnv = BnnPynq.read(found);
            List<Folding> foldings =
                    cnv.foldings().stream().map(f -> new Folding(f.pe(), f.simd())).toList();
            return Checked.compile(cnv.network(), foldings, folder.resolve("cnv"));
        });
    }

    /** What {@code simulate --json} prints as scores, images apart by semicolons. */
    private static String scores(SimulationResult result, IntegerNetwork network) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            ResultJson.write(result, true, network.outputScale(), json);
            json.writeEndObject();
        }
        String all = text.toString();
        int start = all.indexOf("\"scores\":[[") + 11;
        return all.substring(start, all.indexOf("]]", start)).replace("],[", ";");
    }
}
