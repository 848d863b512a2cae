package org.bitloom.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.bitloom.network.caffe.CaffeOptions;
import org.bitloom.network.model.Dimensions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a user adds to a .caffemodel that the file does not say itself; shared by every verb that takes a model. */
final class CaffeFileOptions {
    private static final Pattern SHAPE = Pattern.compile("\\d{1,5}(x\\d{1,5}){0,2}");

    @Option(
            names = "--prototxt",
            paramLabel = "F",
            description = "Caffe: the text of the network (default: NAME.prototxt or deploy.prototxt beside the model, or"
                    + " what the .caffemodel says itself).")
    private @Nullable Path prototxt;

    @Option(
            names = "--input",
            paramLabel = "CxHxW",
            description = "Caffe: channels, rows and columns of the input, where no file states them.")
    private @Nullable String input;

    @Option(
            names = "--mean",
            paramLabel = "F",
            description = "Caffe: the mean image (.binaryproto) that is subtracted from the pixels (default: the one that"
                    + " the model names, beside it).")
    private @Nullable Path mean;

    @Option(
            names = "--scale",
            paramLabel = "S",
            description = "Caffe: what pixels are multiplied with after that (default: what the data layer says, or 1).")
    private @Nullable Float scale;

    CaffeOptions caffe() {
        return new CaffeOptions(prototxt, shape(), mean, scale);
    }

    private @Nullable Dimensions shape() {
        if (input == null) {
            return null;
        }
        List<Integer> sizes = SHAPE.matcher(input).matches()
                ? Arrays.stream(input.split("x")).map(Integer::valueOf).toList()
                : List.of();
        if (sizes.size() == 2 || sizes.isEmpty() || sizes.contains(0)) {
            throw CommandException.badInput(
                    "--input %s: give channels, rows and columns, like 1x28x28, or one number of features.".formatted(input));
        }
        return new Dimensions(sizes);
    }

    /** The options as they are written behind a model. */
    String arguments() {
        return (prototxt == null ? "" : " --prototxt " + prototxt) + (input == null ? "" : " --input " + input)
                + (mean == null ? "" : " --mean " + mean) + (scale == null ? "" : " --scale " + scale);
    }

    /** Options of one kind of file are no use to another. */
    void requireNone(Path model) {
        if (prototxt != null || input != null || mean != null || scale != null) {
            throw CommandException.badInput(
                    "%s: --prototxt, --input, --mean and --scale belong to a .caffemodel, which this is not.".formatted(model));
        }
    }
}
