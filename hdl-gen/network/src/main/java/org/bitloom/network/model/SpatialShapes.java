package org.bitloom.network.model;

import java.util.List;
import org.bitloom.network.NetworkException;

/** The shape of what the operators on images give. */
final class SpatialShapes {
    private SpatialShapes() {
    }

    static Dimensions output(Spatial operator, List<Dimensions> inputs) {
        Dimensions x = inputs.getFirst();
        if (x.rank() != 4 || x.size() == 0) {
            throw new NetworkException("works on an image of [batch, channel, row, column], not on shape " + x);
        }
        int channels = switch (operator) {
            case Spatial.Convolution convolution -> outputs(convolution, inputs);
            case Spatial.MaxPool pool -> {
                requireData(pool, x);
                yield x.at(1);
            }
            case Spatial.AveragePool pool -> {
                if (!pool.countsPadding() || pool.rows().excess() > 0 || pool.columns().excess() > 0) {
                    requireData(pool, x);
                }
                yield x.at(1);
            }
            case Spatial.Pad pad -> x.at(1);
        };
        return Dimensions.of(x.at(0), channels, operator.rows().positions(x.at(2)),
                operator.columns().positions(x.at(3)));
    }

    private static void requireData(Spatial pool, Dimensions x) {
        pool.rows().requireDataEverywhere(x.at(2));
        pool.columns().requireDataEverywhere(x.at(3));
    }

    private static int outputs(Spatial.Convolution convolution, List<Dimensions> inputs) {
        Dimensions x = inputs.get(0);
        Dimensions weights = inputs.get(1);
        int groups = convolution.groups();
        if (weights.rank() != 4 || weights.at(0) < 1 || weights.at(0) % groups != 0
                || x.at(1) != (long) weights.at(1) * groups || weights.at(2) != convolution.rows().kernel()
                || weights.at(3) != convolution.columns().kernel()) {
            throw new NetworkException("has weights of shape " + weights + " for an input of shape " + x + ", a kernel of "
                    + convolution.rows().kernel() + " x " + convolution.columns().kernel() + " and " + groups
                    + (groups == 1 ? " group" : " groups") + "; they must be [outputs, channels / groups, rows, columns]");
        }
        if (inputs.size() > 2 && !inputs.get(2).equals(Dimensions.of(weights.at(0)))) {
            throw new NetworkException("has a bias of shape " + inputs.get(2) + " for " + weights.at(0)
                    + " output channels; there must be one number for each");
        }
        return weights.at(0);
    }
}
