package org.bitloom.network.caffe;

import java.nio.file.Path;
import org.bitloom.network.model.Dimensions;
import org.jspecify.annotations.Nullable;

/**
 * What a user adds to a {@code .caffemodel}; null leaves it to the files.
 *
 * @param prototxt the text of the network; else a file of the model's name, or {@code deploy.prototxt}, beside the model
 * @param input    channels, rows and columns of the input, or a number of features
 * @param mean     a mean image, {@code .binaryproto}, subtracted from the input
 * @param scale    what the input is multiplied with after that
 */
public record CaffeOptions(
        @Nullable Path prototxt, @Nullable Dimensions input, @Nullable Path mean, @Nullable Float scale) {
    public static final CaffeOptions NONE = new CaffeOptions(null, null, null, null);
}
