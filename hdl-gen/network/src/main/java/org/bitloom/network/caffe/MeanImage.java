package org.bitloom.network.caffe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Tensor;
import org.bitloom.network.protobuf.FileLimits;
import org.bitloom.network.protobuf.ModelBytes;

/** What is subtracted from every image: a mean file, or a number for each channel. */
final class MeanImage {
    private static final String KIND = "a mean image of Caffe (.binaryproto)";

    private MeanImage() {
    }

    static Tensor read(Path file) {
        byte[] bytes = ModelBytes.read(file, FileLimits.DEFAULT, KIND);
        Message blob = BinaryReader.read(bytes, file.toString(), KIND, CaffeSchema.BLOB, FileLimits.DEFAULT);
        try {
            Tensor mean = CaffeBlob.tensor(blob);
            int rank = mean.shape().rank();
            if (mean.size() == 0 || rank < 3 || rank > 4 || rank == 4 && mean.shape().at(0) != 1) {
                throw NetworkException.at("shape " + mean.shape(), "is not that of one image", "give " + KIND);
            }
            return rank == 4 ? mean
                    : mean.reshaped(Dimensions.of(1, mean.shape().at(0), mean.shape().at(1), mean.shape().at(2)));
        } catch (NetworkException e) {
            throw new NetworkException(file + ": " + e.getMessage(), e);
        }
    }

    /** The file that a data layer names: only its last part is looked for, and only beside the model. */
    static Path besides(Path model, String named) {
        String last = named.substring(Math.max(named.lastIndexOf('/'), named.lastIndexOf('\\')) + 1);
        Path file = model.resolveSibling(last.isEmpty() ? "mean.binaryproto" : last);
        if (!Files.isRegularFile(file)) {
            throw new NetworkException("its data layer subtracts a mean file ('" + last
                    + "'), which is not beside the model; give it with --mean FILE");
        }
        return file;
    }

    /** The mean for an input of the given shape: the middle of a larger image where the network takes a crop of it. */
    static Tensor cut(Tensor mean, Dimensions input) {
        if (mean.shape().equals(input)) {
            return mean;
        }
        Dimensions shape = mean.shape();
        if (input.rank() != 4 || input.at(1) != shape.at(1) || input.at(2) > shape.at(2) || input.at(3) > shape.at(3)) {
            throw new NetworkException("the mean image has the shape " + shape + ", the input " + input
                    + "; give the mean image of this network's data");
        }
        int top = (shape.at(2) - input.at(2)) / 2;
        int left = (shape.at(3) - input.at(3)) / 2;
        float[] values = new float[input.size()];
        for (int i = 0; i < values.length; i++) {
            int column = i % input.at(3);
            int row = i / input.at(3) % input.at(2);
            int channel = i / input.stride(1);
            values[i] = mean.at(channel * shape.stride(1) + (top + row) * shape.at(3) + left + column);
        }
        return Tensor.of(input, values);
    }

    /** One number for all channels or one for each; empty when there is none. */
    static Optional<Tensor> ofValues(List<Float> values, Dimensions input) {
        if (values.isEmpty() || values.stream().allMatch(value -> value == 0)) {
            return Optional.empty();
        }
        int channels = input.rank() > 1 ? input.at(1) : 1;
        if (values.size() != 1 && values.size() != channels) {
            throw new NetworkException("its data layer has " + values.size() + " mean values for an input of shape " + input
                    + "; there must be one, or one for each channel");
        }
        float[] perChannel = new float[values.size()];
        for (int i = 0; i < perChannel.length; i++) {
            perChannel[i] = values.get(i);
        }
        return Optional.of(perChannel.length == 1 ? Tensor.scalar(perChannel[0])
                : Tensor.of(Dimensions.of(1, channels, 1, 1), perChannel));
    }
}
