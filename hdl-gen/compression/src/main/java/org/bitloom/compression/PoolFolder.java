package org.bitloom.compression;

import java.util.Arrays;
import org.bitloom.network.NetworkException;
import org.bitloom.network.Rational;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.Padding;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Spatial;

/** Pools. A maximum is that of the integers, where larger ones stand for larger numbers; an average is a scaled sum. */
final class PoolFolder {
    private final NetworkDraft draft;
    private final ChannelTurner turner;

    PoolFolder(NetworkDraft draft, ChannelTurner turner) {
        this.draft = draft;
        this.turner = turner;
    }

    Stream maximum(Node node, Spatial.MaxPool pool, Value input, Dimensions shape) {
        Spatial.Pad margin = Margin.of(input);
        // Padding of the pool itself never wins; a margin is data, and must be the least there is.
        float own = margin == null ? 0 : margin.value();
        Sliding sliding = Sliding.of(pool, input, own);
        Image image = turner.rising(node.name(), Image.of(sliding.data(), draft));
        ValueType type = draft.typeOf(image.layer()).type();
        if (margin != null) {
            requireLeast(Rational.of(margin.value()), image, type);
        }
        Padding padding = sliding.padding(real -> type.min());
        int layer = draft.add(node.name(), new Operation.MaxPool(sliding.window(), padding), image.layer());
        return image.stream(layer, shape, image.responses());
    }

    private static void requireLeast(Rational value, Image image, ValueType type) {
        for (Response response : image.responses()) {
            if (response.at(type.min()).compareTo(value) != 0) {
                throw new NetworkException("follows a Pad with " + value.doubleValue() + ", which is not the least number "
                        + "that its input can be; use the padding of the pool itself, or pad with the least");
            }
        }
    }

    Stream average(Node node, Spatial.AveragePool pool, Value input, Dimensions shape) {
        Sliding sliding = Sliding.of(pool, input, 0);
        Image image = Image.of(sliding.data(), draft);
        boolean even = pool.dividesEvenly();
        for (Response response : image.responses()) {
            if (!response.isLine()) {
                throw new NetworkException("its input is not quantized: there is an activation since the last quantizer; "
                        + "put a quantizer (Brevitas: QuantReLU, QuantIdentity) before it");
            }
            if (!even && response.line().offset().signum() != 0) {
                throw new NetworkException("divides by fewer elements at the border than inside, which is folded only where "
                        + "the integer 0 stands for 0; quantize its input with zero point 0");
            }
        }
        Padding padding = sliding.padding(real -> {
            Arrays.stream(image.responses()).forEach(WeightedSums::requireQuantized);
            return Margin.integerFor(real, image, draft.typeOf(image.layer()).type());
        });
        int layer = draft.add(node.name(), new Operation.SumPool(sliding.window(), padding), image.layer());
        int divisor = sliding.taps();
        if (!even) {
            CommonDivisor rows = CommonDivisor.of(pool.rows(), input.shape().at(2), pool.countsPadding());
            CommonDivisor columns = CommonDivisor.of(pool.columns(), input.shape().at(3), pool.countsPadding());
            divisor = Math.multiplyExact(rows.divisor(), columns.divisor());
            layer = draft.add(node.name(), new Operation.PositionScale(rows.factors(), columns.factors()), layer);
        }
        int count = divisor;
        Response[] means = new Response[image.channels()];
        for (int channel = 0; channel < means.length; channel++) {
            Response response = image.responses()[channel];
            means[channel] = channel > 0 && response == image.responses()[channel - 1] ? means[channel - 1]
                    : response.mean(count);
        }
        return image.stream(layer, shape, means);
    }
}
