package org.bitloom.cli;

import picocli.CommandLine.Mixin;

/** What a user adds to a model that its file does not say; shared by the verbs that need an integer network. */
final class ModelOptions {
    @Mixin
    private CaffeFileOptions file = new CaffeFileOptions();

    @Mixin
    private QuantizeOptions quantize = new QuantizeOptions();

    /** All options as they are written behind a model. */
    String arguments() {
        return file.arguments() + quantize.arguments();
    }

    static ModelOptions none() {
        return new ModelOptions();
    }

    /** How the file is to be read. */
    CaffeFileOptions file() {
        return file;
    }

    /** How the model is to be quantized. */
    QuantizeOptions quantize() {
        return quantize;
    }
}
