package org.bitloom.compression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Spatial;
import org.bitloom.network.model.Sweep;
import org.jspecify.annotations.Nullable;

/** The operators on images in decimals, straight from their definition: the padded image exists as a whole. */
final class ExactImages {
    private static final MathContext WIDE = new MathContext(200);

    private ExactImages() {
    }

    static BigDecimal[] apply(Spatial operator, Dimensions from, Dimensions to, List<BigDecimal[]> inputs,
            Dimensions weights) {
        BigDecimal[] y = new BigDecimal[to.size()];
        for (int i = 0; i < y.length; i++) {
            int column = i % to.at(3);
            int row = i / to.at(3) % to.at(2);
            int channel = i / to.at(3) / to.at(2);
            y[i] = switch (operator) {
                case Spatial.Convolution convolution -> {
                    int perGroup = weights.at(1);
                    int first = channel / (weights.at(0) / convolution.groups()) * perGroup;
                    BigDecimal sum = inputs.size() > 2 ? inputs.get(2)[channel] : BigDecimal.ZERO;
                    for (int c = 0; c < perGroup; c++) {
                        List<@Nullable BigDecimal> under = under(operator, from, inputs.getFirst(), first + c, row, column);
                        for (int tap = 0; tap < under.size(); tap++) {
                            BigDecimal value = under.get(tap);
                            BigDecimal weight = inputs.get(1)[(channel * perGroup + c) * under.size() + tap];
                            sum = value == null ? sum : sum.add(value.multiply(weight, WIDE), WIDE);
                        }
                    }
                    yield sum;
                }
                case Spatial.MaxPool pool -> under(pool, from, inputs.getFirst(), channel, row, column).stream()
                        .filter(value -> value != null).reduce(BigDecimal::max).orElseThrow();
                case Spatial.AveragePool pool -> {
                    List<@Nullable BigDecimal> under = under(pool, from, inputs.getFirst(), channel, row, column);
                    BigDecimal sum = BigDecimal.ZERO;
                    for (BigDecimal value : under) {
                        sum = value == null ? sum : sum.add(value, WIDE);
                    }
                    long inside = under.stream().filter(value -> value != null).count();
                    long counted = pool.countsPadding()
                            ? (long) padded(pool.rows(), row, from.at(2)) * padded(pool.columns(), column, from.at(3))
                            : inside;
                    yield sum.divide(BigDecimal.valueOf(counted), WIDE);
                }
                case Spatial.Pad pad -> {
                    BigDecimal value = under(pad, from, inputs.getFirst(), channel, row, column).getFirst();
                    yield value == null ? new BigDecimal(pad.value()) : value;
                }
            };
        }
        return y;
    }

    /** What lies under the kernel, null in the padding. */
    private static List<@Nullable BigDecimal> under(Spatial operator, Dimensions image, BigDecimal[] values, int channel,
            int row, int column) {
        List<@Nullable BigDecimal> under = new ArrayList<>();
        for (int ky = 0; ky < operator.rows().kernel(); ky++) {
            int y = place(operator.rows(), row, ky);
            for (int kx = 0; kx < operator.columns().kernel(); kx++) {
                int x = place(operator.columns(), column, kx);
                boolean inside = y >= 0 && y < image.at(2) && x >= 0 && x < image.at(3);
                under.add(inside ? values[(channel * image.at(2) + y) * image.at(3) + x] : null);
            }
        }
        return under;
    }

    /** Taps in the image or its padding, not in what rounding up adds. */
    private static int padded(Sweep sweep, int position, int extent) {
        int last = position * sweep.stride() + (sweep.kernel() - 1) * sweep.dilation();
        int beyond = Math.max(0, last - (sweep.before() + extent + sweep.after() - 1));
        return sweep.kernel() - Math.ceilDiv(beyond, sweep.dilation());
    }

    private static int place(Sweep sweep, int position, int tap) {
        return position * sweep.stride() + tap * sweep.dilation() - sweep.before();
    }
}
