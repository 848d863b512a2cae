package org.bitloom.compression;

import org.bitloom.network.NetworkException;
import org.bitloom.network.Shape;
import org.bitloom.network.model.Dimensions;

/**
 * A stream of shape [1, channel, row, column] that the integer network holds as the same image: pixels in their order,
 * channels in any, and one meaning for each channel.
 *
 * @param layer     the integer layer
 * @param channelOf the integer channel of each channel of the model
 * @param responses what the integers of each channel of the model stand for
 */
record Image(int layer, int height, int width, int[] channelOf, Response[] responses) {
    static Image of(Stream stream, NetworkDraft draft) {
        Dimensions model = stream.shape();
        if (model.rank() != 4 || model.at(0) != 1) {
            throw new NetworkException("works on a batch of images, shape " + model + "; only one image is supported");
        }
        int channels = model.at(1);
        int pixels = model.at(2) * model.at(3);
        Shape shape = draft.typeOf(stream.layer()).shape();
        boolean same = shape.equals(Shape.of(model.at(2), model.at(3), channels));
        int[] channelOf = new int[channels];
        Response[] responses = new Response[channels];
        for (int i = 0; same && i < stream.size(); i++) {
            int channel = i / pixels;
            if (i % pixels == 0) {
                channelOf[channel] = stream.places()[i] % channels;
                responses[channel] = stream.responses()[i];
            }
            same = stream.places()[i] == i % pixels * channels + channelOf[channel];
            requireSame(responses[channel], stream.responses()[i]);
        }
        if (!same) {
            throw new NetworkException("works on shape " + model + ", which is not the image that the layer before it "
                    + "gives (" + shape + ", channel last): remove the Reshape or Transpose between them, or give the "
                    + "model an image as its input");
        }
        return new Image(stream.layer(), model.at(2), model.at(3), channelOf, responses);
    }

    private static void requireSame(Response a, Response b) {
        if (a != b && !a.equals(b)) {
            throw new NetworkException("its input has different parameters at different positions of one channel; use "
                    + "one for each channel, or put a quantizer before it");
        }
    }

    int channels() {
        return channelOf.length;
    }

    /** What a layer gives that keeps the channels where they are, by model channel: another image. */
    Stream stream(int result, Dimensions shape, Response[] meanings) {
        return stream(result, shape, channelOf, meanings);
    }

    /** An image in the order of the model, from a layer that has each channel of the model at a place of its own. */
    static Stream stream(int layer, Dimensions shape, int[] channelOf, Response[] meanings) {
        int pixels = shape.at(2) * shape.at(3);
        int[] places = new int[shape.size()];
        Response[] responses = new Response[places.length];
        for (int i = 0; i < places.length; i++) {
            int channel = i / pixels;
            places[i] = i % pixels * channelOf.length + channelOf[channel];
            responses[i] = meanings[channel];
        }
        return new Stream(layer, shape, places, responses, null);
    }
}
