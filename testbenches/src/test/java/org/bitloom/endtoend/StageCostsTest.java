package org.bitloom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.Folding;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.cli.bench.CalibrationTable;
import org.bitloom.cli.bench.CalibrationTable.Entry;
import org.bitloom.cli.bench.CostRow;
import org.bitloom.compression.InputEncoding;
import org.bitloom.compression.NetworkFolder;
import org.bitloom.network.SharedData;
import org.bitloom.network.integer.BnnPynq;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.model.Model;
import org.bitloom.network.onnx.OnnxImporter;
import org.junit.jupiter.api.Test;

/** What the stages of published networks are estimated to cost, against what Yosys made of them once. */
class StageCostsTest {
    @Test
    void stagesOfTfcAreWithinTheirBounds() throws Exception {
        checkTfc("tfc", "qonnx/TFC_1W1A.onnx");
        checkTfc("tfc2", "qonnx/TFC_1W2A.onnx");
    }

    private static void checkTfc(String name, String path) throws Exception {
        Path file = SharedData.find(path).orElse(null);
        if (file != null) {
            Model model = OnnxImporter.read(file);
            IntegerNetwork network =
                    NetworkFolder.withNotes(model, InputEncoding.of(model)).network();
            check(name, network, Folding.parse("16x49,8x8,8x8,10x8"));
        }
    }

    @Test
    void stagesOfLfcAreWithinTheirBounds() {
        check("lfc", "bnn-pynq/mnist/lfcW1A1");
    }

    @Test
    void stagesOfCnvAreWithinTheirBounds() {
        check("cnv", "bnn-pynq/cifar10/cnvW1A1");
    }

    private static void check(String name, String folder) {
        SharedData.find(folder).map(BnnPynq::read).ifPresent(set -> check(
                name, set.network(), set.foldings().stream().map(f -> new Folding(f.pe(), f.simd())).toList()));
    }

    private static void check(String name, IntegerNetwork network, List<Folding> foldings) {
        Map<String, Stage> stages = new HashMap<>();
        for (Stage stage : Accelerator.of(network, foldings).dataflow().stages()) {
            stages.put(name + "." + stage.name(), stage);
        }
        List<Entry> entries = CalibrationTable.read().stream()
                .filter(entry -> entry.name().startsWith(name + "."))
                .toList();
        assertThat(entries).isNotEmpty();
        for (Entry entry : entries) {
            assertThat(stages).containsKey(entry.name());
            Stage stage = stages.get(entry.name());
            CostRow row = new CostRow(entry.name(), entry.family(), stage.cost(entry.family()), entry.synthesis());
            assertThat(row.isWithin() || !row.isHeld()).as(row.line()).isTrue();
        }
    }
}
