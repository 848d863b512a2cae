package org.bitloom.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitloom.accelerator.Folding;
import org.bitloom.compression.InputEncoding;
import org.bitloom.compression.NetworkFolder;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.network.data.Images;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.onnx.OnnxImporter;
import org.bitloom.sim.IcarusBackend;
import org.bitloom.sim.VerilatorBackend;
import org.bitloom.training.DigitsFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo's network, from its QONNX file to Verilog in three simulators. */
class DigitsTest {
    @TempDir
    static Path folder;

    private static IntegerNetwork network;
    private static List<long[]> frames;
    private static Checked design;

    @BeforeAll
    static void compile() throws IOException {
        DigitsFiles files = DigitsFiles.unpack(folder);
        network = NetworkFolder.fold(OnnxImporter.read(files.model()), InputEncoding.PIXELS);
        Images images = Images.open(files.images(), network.inputShape());
        frames = IntStream.range(0, images.count()).mapToObj(images::image).toList();
        design = Checked.compile(network, Folding.parse("16x56,16x8,10x8"), folder.resolve("design"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 0.9})
    void everySimulatorEqualsTheGoldenModel(double stall) {
        design.isExact(design.builtIn(), frames, stall);
        design.isExact(new VerilatorBackend(), frames, stall);
        design.isExact(new IcarusBackend(), frames.subList(0, 20), stall);
    }

    @Test
    void theVerilogIsCleanInEveryTool() {
        design.isCleanInSimulators();
        design.isCleanInSynthesis("synth_xilinx");
        Checked lattice = Checked.compile(
                network, Folding.parse("16x56,16x8,10x8"), Family.ICE40, folder.resolve("ice40"));
        lattice.isCleanInSimulators();
        lattice.isCleanInSynthesis("synth_ice40");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1x1,1x1,1x1", "3x50,7x9,4x64", "64x112,64x64,10x64"})
    void anyFoldingComputesTheSame(String folding) {
        Checked other = Checked.compile(
                network, Folding.parse(folding), folder.resolve("design-" + folding.replace(',', '-')));
        other.isExact(other.builtIn(), frames.subList(0, 8), 0);
        other.isExact(new VerilatorBackend(), frames.subList(0, 8), 0.3);
        other.isCleanInSimulators();
    }

    @Test
    void theSameInputGivesTheSameBytes() throws IOException {
        Checked again = Checked.compile(network, Folding.parse("16x56,16x8,10x8"), folder.resolve("again"));
        assertThat(contents(again.design().folder())).isEqualTo(contents(design.design().folder()));
    }

    /** Text of each file below a folder. */
    static Map<String, String> contents(Path of) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(of)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(of.relativize(file).toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
