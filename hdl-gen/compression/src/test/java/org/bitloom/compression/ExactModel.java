package org.bitloom.compression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.network.model.Activation;
import org.bitloom.network.model.Arithmetic;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Joining;
import org.bitloom.network.model.Linear;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.Movement;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Quantizer;
import org.bitloom.network.model.Rounding;
import org.bitloom.network.model.Spatial;
import org.bitloom.network.model.Tensor;

/**
 * A model evaluated in 200-digit decimals straight from its definition: the oracle of folding, and nothing like it.
 * Before a number is rounded or compared it is rounded to 120 places, so that exact ties, and sums that cancel, are
 * seen as what they are.
 */
final class ExactModel {
    private static final MathContext WIDE = new MathContext(200);
    private static final int PLACES = 120;
    private static final Map<Rounding, RoundingMode> MODES = Map.of(
            Rounding.HALF_EVEN, RoundingMode.HALF_EVEN, Rounding.CEILING, RoundingMode.CEILING,
            Rounding.FLOOR, RoundingMode.FLOOR, Rounding.AWAY_FROM_ZERO, RoundingMode.UP,
            Rounding.TOWARD_ZERO, RoundingMode.DOWN, Rounding.HALF_AWAY_FROM_ZERO, RoundingMode.HALF_UP,
            Rounding.HALF_TOWARD_ZERO, RoundingMode.HALF_DOWN);

    private final Model model;
    private final Map<BigDecimal, BigDecimal> roots = new HashMap<>();

    ExactModel(Model model) {
        this.model = model;
    }

    /** The model's first output for exact inputs. */
    BigDecimal[] run(BigDecimal[] input) {
        return trace(input).get(model.outputs().getFirst());
    }

    /** Every value for exact inputs. */
    Map<String, BigDecimal[]> trace(BigDecimal[] input) {
        Map<String, BigDecimal[]> values = new HashMap<>();
        model.constants().forEach((name, tensor) -> values.put(name, decimals(tensor)));
        values.put(model.input(), input);
        for (Node node : model.nodes()) {
            List<BigDecimal[]> inputs = new ArrayList<>();
            node.inputs().forEach(name -> inputs.add(values.get(name)));
            if (node.operator() instanceof Movement.Split split) {
                Dimensions from = model.shapeOf(node.inputs().getFirst());
                for (int i = 0; i < node.outputs().size(); i++) {
                    Movement.Slice slice = split.slices(from).get(i);
                    values.put(node.outputs().get(i),
                            picked(inputs.getFirst(), from.slicedIndexes(slice.starts(), slice.target())));
                }
            } else {
                values.put(node.output(), apply(node, inputs));
            }
        }
        return values;
    }

    private BigDecimal[] apply(Node node, List<BigDecimal[]> inputs) {
        Dimensions from = model.shapeOf(node.inputs().getFirst());
        Dimensions to = model.shapeOf(node.output());
        BigDecimal[] x = inputs.getFirst();
        BigDecimal[] y = new BigDecimal[to.size()];
        switch (node.operator()) {
            case Arithmetic arithmetic -> {
                int[] left = from.broadcastIndexes(to);
                int[] right = model.shapeOf(node.inputs().get(1)).broadcastIndexes(to);
                Arrays.setAll(y, i -> arithmetic(arithmetic, x[left[i]], inputs.get(1)[right[i]]));
            }
            case Activation.Relu r -> Arrays.setAll(y, i -> x[i].max(BigDecimal.ZERO));
            case Activation.Negate n -> Arrays.setAll(y, i -> x[i].negate());
            case Activation.Identity d -> Arrays.setAll(y, i -> x[i]);
            case Activation.Clip clip -> Arrays.setAll(y, i -> x[i].max(new BigDecimal(clip.min()))
                    .min(new BigDecimal(clip.max())));
            case Activation.Sign s -> Arrays.setAll(y, i -> new BigDecimal(settled(x[i]).signum()));
            case Linear.MatMul m -> product(x, inputs.get(1), y);
            case Linear.Gemm gemm when gemm.alpha() == 1 && gemm.beta() == 1 && !gemm.transposeA() -> {
                int[] turned = model.shapeOf(node.inputs().get(1)).transposedIndexes(List.of(1, 0));
                product(x, gemm.transposeB() ? picked(inputs.get(1), turned) : inputs.get(1), y);
                if (inputs.size() > 2) {
                    int[] bias = model.shapeOf(node.inputs().get(2)).broadcastIndexes(to);
                    Arrays.setAll(y, i -> y[i].add(inputs.get(2)[bias[i]], WIDE));
                }
            }
            case Linear.BatchNormalization norm -> Arrays.setAll(y, i -> {
                int channel = i / from.stride(1) % norm.channels();
                BigDecimal root = roots.computeIfAbsent(new BigDecimal(norm.variance().at(channel))
                        .add(new BigDecimal(norm.epsilon())), square -> square.sqrt(WIDE));
                return x[i].subtract(new BigDecimal(norm.mean().at(channel))).divide(root, WIDE)
                        .multiply(new BigDecimal(norm.gamma().at(channel)), WIDE)
                        .add(new BigDecimal(norm.beta().at(channel)), WIDE);
            });
            case Quantizer quantizer -> Arrays.setAll(y, i -> quantized(quantizer, x[i], i, from));
            case Movement.Reshape r -> Arrays.setAll(y, i -> x[i]);
            case Movement.Transpose t -> {
                int[] places = from.transposedIndexes(t.permutation());
                Arrays.setAll(y, i -> x[places[i]]);
            }
            case Movement.Slice slice -> {
                return picked(x, from.slicedIndexes(slice.starts(), slice.target()));
            }
            case Spatial spatial -> {
                return ExactImages.apply(spatial, from, to, inputs,
                        model.shapeOf(node.inputs().get(node.inputs().size() > 1 ? 1 : 0)));
            }
            case Joining.Concat(int axis) -> {
                int start = 0;
                for (int part = 0; part < inputs.size(); part++) {
                    int run = model.shapeOf(node.inputs().get(part)).at(axis) * to.stride(axis);
                    for (int i = 0; i < inputs.get(part).length; i++) {
                        y[i / run * to.at(axis) * to.stride(axis) + start + i % run] = inputs.get(part)[i];
                    }
                    start += run;
                }
            }
            case Joining.Sum() -> Arrays.setAll(y, i -> inputs.stream().map(values -> values[i])
                    .reduce(BigDecimal.ZERO, (a, b) -> a.add(b, WIDE)));
            default -> throw new AssertionError(node.operator());
        }
        return y;
    }

    private static BigDecimal[] picked(BigDecimal[] x, int[] places) {
        return Arrays.stream(places).mapToObj(place -> x[place]).toArray(BigDecimal[]::new);
    }

    private static BigDecimal arithmetic(Arithmetic operation, BigDecimal l, BigDecimal r) {
        return switch (operation) {
            case ADD -> l.add(r, WIDE);
            case SUBTRACT -> l.subtract(r, WIDE);
            case MULTIPLY -> l.multiply(r, WIDE);
            case DIVIDE -> l.divide(r, WIDE);
            case POWER -> throw new AssertionError("power");
        };
    }

    private static void product(BigDecimal[] x, BigDecimal[] w, BigDecimal[] y) {
        for (int n = 0; n < y.length; n++) {
            BigDecimal sum = BigDecimal.ZERO;
            for (int k = 0; k < x.length; k++) {
                sum = sum.add(x[k].multiply(w[k * y.length + n], WIDE), WIDE);
            }
            y[n] = sum;
        }
    }

    private static BigDecimal quantized(Quantizer quantizer, BigDecimal x, int i, Dimensions shape) {
        switch (quantizer) {
            case Quantizer.BipolarQuant quant -> {
                BigDecimal scale = new BigDecimal(quant.scale().at(quant.scale().shape().broadcastIndexes(shape)[i]));
                return settled(x).signum() >= 0 ? scale : scale.negate();
            }
            case Quantizer.IntegerQuant quant -> {
                BigDecimal scale = new BigDecimal(quant.scale().at(quant.scale().shape().broadcastIndexes(shape)[i]));
                BigDecimal zero = new BigDecimal(
                        quant.zeroPoint().at(quant.zeroPoint().shape().broadcastIndexes(shape)[i]));
                BigDecimal level = settled(x.divide(scale, WIDE).add(zero, WIDE))
                        .max(BigDecimal.valueOf(quant.min())).min(BigDecimal.valueOf(quant.max()));
                level = quant.rounding() == Rounding.HALF_UPWARD
                        ? level.add(new BigDecimal("0.5")).setScale(0, RoundingMode.FLOOR)
                        : level.setScale(0, MODES.get(quant.rounding()));
                return level.subtract(zero).multiply(scale);
            }
            case Quantizer.BitMasked masked -> {
                return new BigDecimal(masked.pattern().quantize(x.doubleValue(), masked.overflow()))
                        .multiply(new BigDecimal(masked.scale()));
            }
            case Quantizer.Truncation t -> {
                BigDecimal whole = settled(x.divide(new BigDecimal(t.scale()), WIDE)
                        .add(new BigDecimal(t.zeroPoint()), WIDE)).setScale(0, RoundingMode.HALF_EVEN);
                BigDecimal level = whole.divide(BigDecimal.valueOf(1L << t.shift()), WIDE);
                if (t.clamps()) {
                    level = level.max(BigDecimal.valueOf(t.min())).min(BigDecimal.valueOf(t.max()));
                }
                return level.setScale(0, MODES.get(t.rounding())).subtract(new BigDecimal(t.outputZero()))
                        .multiply(new BigDecimal(t.outputScale()));
            }
            case Quantizer.MultiThreshold multi -> {
                int row = multi.rows() == 1 ? 0 : i / shape.stride(multi.axis()) % multi.rows();
                int level = 0;
                for (int step = 0; step < multi.steps(); step++) {
                    BigDecimal threshold = new BigDecimal(multi.thresholds().at(row * multi.steps() + step));
                    level += settled(x).compareTo(settled(threshold)) >= 0 ? 1 : 0;
                }
                return new BigDecimal(multi.outputScale()).multiply(BigDecimal.valueOf(level))
                        .add(new BigDecimal(multi.outputBias()));
            }
        }
    }

    private static BigDecimal settled(BigDecimal x) {
        return x.setScale(PLACES, RoundingMode.HALF_EVEN);
    }

    private static BigDecimal[] decimals(Tensor tensor) {
        BigDecimal[] values = new BigDecimal[tensor.size()];
        Arrays.setAll(values, i -> new BigDecimal(tensor.at(i)));
        return values;
    }
}
