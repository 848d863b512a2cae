package org.bitloom.compression.quantize;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.bitloom.network.BitPattern;
import org.bitloom.network.NetworkException;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recipe from YAML; {@code docs/recipes.md} is its language. The first thing that is wrong ends it, with file,
 * line and remedy.
 */
public final class RecipeFile {
    private static final long LONGEST = 1 << 18;
    private static final LayerFormat STANDARD = new LayerFormat(new WeightFormat.Uniform(8), 8);

    /** What computes with weights of each format. */
    private enum Engine {
        MULTIPLY, MASK, XNOR;

        private static Engine of(WeightFormat weights) {
            return switch (weights) {
                case WeightFormat.Uniform u -> MULTIPLY;
                case WeightFormat.Masked m -> MASK;
                case WeightFormat.Binary b -> XNOR;
            };
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private RecipeFile() {
    }

    public static Recipe read(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw NetworkException.at(path, "it is not a regular file", "give a recipe in YAML");
        }
        if (Files.size(path) > LONGEST) {
            throw NetworkException.at(path, "it is longer than " + LONGEST + " bytes", "give a recipe in YAML");
        }
        try {
            return parse(path.toString(), Files.readString(path));
        } catch (CharacterCodingException e) {
            throw NetworkException.at(path, "it is not text in UTF-8", "give a recipe in YAML");
        }
    }

    /**
     * Reads a recipe's text.
     *
     * @param file what messages call it
     */
    static Recipe parse(String file, String text) {
        YamlNode top = YamlNode.parse(file, text);
        top.requireOnly("default", "layers");
        YamlNode standard = top.get("default");
        LayerFormat common = standard == null ? STANDARD : format(standard, STANDARD);
        Map<String, Recipe.Entry> layers = new LinkedHashMap<>();
        YamlNode exceptions = top.get("layers");
        if (exceptions != null) {
            exceptions.entries().forEach((name, layer) ->
                    layers.put(name, new Recipe.Entry(format(layer, common), layer.place())));
        }
        return new Recipe(common, layers);
    }

    private static LayerFormat format(YamlNode layer, LayerFormat standard) {
        layer.requireOnly("engine", "weights", "activations");
        YamlNode weights = layer.get("weights");
        YamlNode activations = layer.get("activations");
        WeightFormat format = weights == null ? standard.weights() : weights(weights);
        requireEngine(layer.get("engine"), format);
        return new LayerFormat(format, activations == null ? standard.activationBits() : activations(activations));
    }

    private static WeightFormat weights(YamlNode weights) {
        if (weights.isText()) {
            weights.choice("binary");
            return new WeightFormat.Binary();
        }
        weights.requireOnly("bits", "pattern", "overflow");
        YamlNode bits = weights.get("bits");
        YamlNode pattern = weights.get("pattern");
        YamlNode overflow = weights.get("overflow");
        if ((bits == null) == (pattern == null)) {
            throw weights.wrong("takes either bits or a pattern: {bits: 8}, {pattern: X0.0XXX}, or the word binary");
        }
        if (bits != null && overflow != null) {
            throw overflow.wrong("belongs to a pattern; weights of n bits are scaled to fit");
        }
        if (bits != null) {
            return new WeightFormat.Uniform(bits.number(WeightFormat.MIN_BITS, WeightFormat.MAX_BITS));
        }
        return new WeightFormat.Masked(pattern(pattern), overflow == null ? BitPattern.Overflow.MASK
                : BitPattern.Overflow.valueOf(overflow.choice("mask", "saturate", "nearest").toUpperCase(Locale.ROOT)));
    }

    private static BitPattern pattern(@Nullable YamlNode pattern) {
        if (pattern == null) {
            throw new IllegalStateException();
        }
        try {
            return BitPattern.parse(pattern.text());
        } catch (NetworkException e) {
            throw pattern.wrong("is no bit pattern: " + e.getMessage());
        }
    }

    private static int activations(YamlNode activations) {
        activations.requireOnly("bits");
        YamlNode bits = activations.get("bits");
        if (bits == null) {
            throw activations.wrong("needs bits, as in {bits: 8}");
        }
        return bits.number(LayerFormat.MIN_ACTIVATION_BITS, LayerFormat.MAX_ACTIVATION_BITS);
    }

    private static void requireEngine(@Nullable YamlNode engine, WeightFormat weights) {
        if (engine == null) {
            return;
        }
        String asked = engine.choice(Engine.MULTIPLY.toString(), Engine.MASK.toString(), Engine.XNOR.toString());
        Engine serving = Engine.of(weights);
        if (!asked.equals(serving.toString())) {
            throw engine.wrong("is " + asked + ", but " + serving + " is the engine for weights of " + weights
                    + "; change either, or leave the engine out");
        }
    }
}
