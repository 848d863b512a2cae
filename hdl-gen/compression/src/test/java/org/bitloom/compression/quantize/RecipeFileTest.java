package org.bitloom.compression.quantize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bitloom.network.BitPattern;
import org.bitloom.network.NetworkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeFileTest {
    private static final LayerFormat EIGHT = new LayerFormat(new WeightFormat.Uniform(8), 8);

    @Test
    void layersDifferFromTheDefaultByWhatTheySay() {
        Recipe recipe = RecipeFile.parse("r.yaml", """
                default:
                  weights: {bits: 6}
                  activations: {bits: 7}
                layers:
                  conv1:
                    engine: mask
                    weights: {pattern: X0.0XXX, overflow: saturate}
                  conv2:
                    weights: {pattern: 6_2_0_1_0}
                    activations: {bits: 5}
                  ip1:
                    weights: binary
                  ip2:
                    activations: {bits: 12}
                """);
        BitPattern pattern = BitPattern.parse("X0.0XXX");
        assertThat(recipe.standard()).isEqualTo(new LayerFormat(new WeightFormat.Uniform(6), 7));
        assertThat(recipe.layers()).containsExactlyInAnyOrderEntriesOf(Map.of(
                "conv1", new Recipe.Entry(new LayerFormat(
                        new WeightFormat.Masked(pattern, BitPattern.Overflow.SATURATE), 7), "r.yaml:5"),
                "conv2", new Recipe.Entry(new LayerFormat(
                        new WeightFormat.Masked(pattern, BitPattern.Overflow.MASK), 5), "r.yaml:8"),
                "ip1", new Recipe.Entry(new LayerFormat(new WeightFormat.Binary(), 7), "r.yaml:11"),
                "ip2", new Recipe.Entry(new LayerFormat(new WeightFormat.Uniform(6), 12), "r.yaml:13")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"layers: {}", "default: {}", "default: {weights: {bits: 8}}", "{}"})
    void whatIsNotSaidIsEightBits(String text) {
        assertThat(RecipeFile.parse("r.yaml", text)).isEqualTo(new Recipe(EIGHT, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "layer: {} | r.yaml:1: the recipe has no key layer; known are default, layers",
        "layers: {conv1: {weight: {bits: 8}}} | r.yaml:1: conv1 has no key weight; known are engine, weights, activations",
        "layers: {c: {weights: {bits: 8, scale: 2}}} | weights has no key scale; known are bits, pattern, overflow",
        "default: {activations: {pattern: X0.0X}} | activations has no key pattern; known are bits",
        "default: {activations: {}} | activations needs bits",
        "default: {weights: {bits: 1}} | bits is a whole number from 2 to 16, not 1",
        "default: {weights: {bits: four}} | bits is a whole number from 2 to 16, not four",
        "default: {weights: {bits: 4, pattern: X0.X}} | weights takes either bits or a pattern",
        "default: {weights: {}} | weights takes either bits or a pattern",
        "default: {weights: ternary} | weights is binary, not ternary",
        "default: {weights: [8]} | weights holds names and values",
        "default: {weights: {bits: 4, overflow: mask}} | overflow belongs to a pattern",
        "default: {weights: {pattern: XX0X}} | pattern is no bit pattern",
        "default: {weights: {pattern: X0.X, overflow: wrap}} | overflow is mask or saturate or nearest, not wrap",
        "default: {engine: dsp} | engine is multiply or mask or xnor, not dsp",
        "default: {engine: xnor, weights: {bits: 4}} | engine is xnor, but multiply is the engine for weights of 4 bits",
        "default: 8 | default holds names and values",
        "layers: [conv1] | layers holds names and values",
        "default: {} default: | it is not well-formed YAML",
        "8 | the recipe holds names and values",
        "default: &a {weights: *a} | it is not well-formed YAML",
        "layers: {a: {}, a: {}} | r.yaml:1: a stands here twice"
    })
    void whatIsWrongIsSaidWithFileLineAndRemedy(String text, String message) {
        assertThatThrownBy(() -> RecipeFile.parse("r.yaml", text)).isInstanceOf(NetworkException.class)
                .hasMessageStartingWith("r.yaml:").hasMessageContaining(message.strip());
    }

    @Test
    void theLineIsThatOfTheMistake() {
        assertThatThrownBy(() -> RecipeFile.parse("r.yaml", "default:\n  weights: {bits: 8}\n\nlayers:\n  c:\n    bits:\n      9"))
                .hasMessageStartingWith("r.yaml:6: c has no key bits");
        assertThatThrownBy(() -> RecipeFile.parse("r.yaml", "default:\n  weights: {bits: 8\n"))
                .hasMessageStartingWith("r.yaml:3: it is not well-formed YAML");
    }

    @Test
    void nothingAndTooMuchAreRefused(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> RecipeFile.parse("r.yaml", "# nothing\n")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> RecipeFile.parse("r.yaml", "{a: ".repeat(10_000))).isInstanceOf(NetworkException.class);
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
        assertThatThrownBy(() -> RecipeFile.read(binary)).isInstanceOf(NetworkException.class)
                .hasMessageContaining("UTF-8");
        Path large = Files.write(folder.resolve("large.yaml"), new byte[1 << 20]);
        assertThatThrownBy(() -> RecipeFile.read(large)).hasMessageContaining("longer than");
    }

    @Test
    void layersThatTheModelDoesNotHaveAreRefusedWithTheirLine() {
        Recipe recipe = RecipeFile.parse("r.yaml", "layers:\n  conv9:\n    weights: {bits: 4}\n");
        assertThatThrownBy(() -> recipe.requireLayers(List.of("/conv1/Conv", "ip1")))
                .hasMessage("r.yaml:2: there is no layer conv9 in the model; its layers are /conv1/Conv, ip1");
        Recipe known = RecipeFile.parse("r.yaml", "layers:\n  conv1_Conv:\n    weights: {bits: 4}\n");
        known.requireLayers(List.of("/conv1/Conv", "ip1"));
        assertThat(known.of("/conv1/Conv").weights()).isEqualTo(new WeightFormat.Uniform(4));
    }
}
