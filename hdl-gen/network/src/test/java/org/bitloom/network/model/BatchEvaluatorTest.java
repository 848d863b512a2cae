package org.bitloom.network.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Many images at once give what each gives alone, to the last bit, for random networks. */
class BatchEvaluatorTest {
    /** A random network of images, operator by operator. */
    private static final class Draft {
        private final Random random;
        private final List<Node> nodes = new ArrayList<>();
        private final Map<String, Tensor> constants = new LinkedHashMap<>();
        private final Map<String, Dimensions> shapes = new LinkedHashMap<>();
        private String last = "x";

        Draft(long seed) {
            random = new Random(seed);
            shapes.put("x", Dimensions.of(1, 2 * (1 + random.nextInt(2)), 5 + random.nextInt(5), 5 + random.nextInt(5)));
        }

        private String constant(Dimensions shape, boolean positive) {
            float[] values = new float[shape.size()];
            for (int i = 0; i < values.length; i++) {
                // Zeros too: their products are left out.
                values[i] = random.nextInt(4) == 0 && !positive ? 0 : (float) random.nextGaussian();
                values[i] = positive ? Math.abs(values[i]) + 0.1f : values[i];
            }
            String name = "c" + constants.size();
            constants.put(name, Tensor.of(shape, values));
            shapes.put(name, shape);
            return name;
        }

        private void add(Operator operator, String... more) {
            List<String> inputs = new ArrayList<>(List.of(last));
            inputs.addAll(List.of(more));
            Dimensions shape = ShapeRules.outputs(operator, inputs.stream().map(shapes::get).toList()).getFirst();
            last = "v" + nodes.size();
            shapes.put(last, shape);
            nodes.add(new Node(last, last, operator, inputs, List.of(last)));
        }

        private Sweep sweep(int extent) {
            int kernel = 1 + random.nextInt(Math.min(3, extent));
            int excess = kernel > 1 ? random.nextInt(2) : 0;
            return new Sweep(kernel, 1 + random.nextInt(2), 1, random.nextInt(kernel), excess > 0 ? 0 : random.nextInt(kernel),
                    excess);
        }

        void step() {
            Dimensions shape = shapes.get(last);
            switch (random.nextInt(9)) {
                case 0 -> {
                    int groups = 1 + random.nextInt(2);
                    Sweep rows = sweep(shape.at(2));
                    Sweep columns = sweep(shape.at(3));
                    int outputs = groups * (1 + random.nextInt(3));
                    String weights = constant(Dimensions.of(2 * outputs, shape.at(1) / groups, rows.kernel(),
                            columns.kernel()), false);
                    add(new Spatial.Convolution(rows, columns, groups), weights, constant(Dimensions.of(2 * outputs), false));
                }
                case 1 -> add(new Spatial.MaxPool(sweep(shape.at(2)), sweep(shape.at(3))));
                case 2 -> add(new Spatial.AveragePool(sweep(shape.at(2)), sweep(shape.at(3)), random.nextBoolean()));
                case 3 -> add(new Activation.Relu());
                case 4 -> add(Arithmetic.values()[random.nextInt(4)], constant(Dimensions.of(1, shape.at(1), 1, 1), true));
                case 5 -> {
                    Dimensions channels = Dimensions.of(shape.at(1));
                    List<Tensor> parameters = new ArrayList<>();
                    for (int i = 0; i < 4; i++) {
                        parameters.add(constants.get(constant(channels, i == 3)));
                    }
                    add(new Linear.BatchNormalization(parameters.get(0), parameters.get(1), parameters.get(2),
                            parameters.get(3), 1e-3f));
                }
                case 6 -> add(Arithmetic.SUBTRACT, last);
                case 7 -> add(new Activation.HyperbolicTangent());
                default -> add(new Joining.Concat(1), last);
            }
        }

        Model model() {
            int steps = 1 + random.nextInt(6);
            for (int i = 0; i < steps && shapes.get(last).size() < 3_000; i++) {
                step();
            }
            int features = shapes.get(last).size();
            add(new Movement.Reshape(Dimensions.of(1, features)));
            boolean transposed = random.nextBoolean();
            add(new Linear.Gemm(1, 1, false, transposed),
                    constant(transposed ? Dimensions.of(3, features) : Dimensions.of(features, 3), false),
                    constant(Dimensions.of(3), false));
            return new Model("random", "random", "x", Optional.empty(), nodes, constants, shapes, List.of(last), List.of());
        }

        List<float[]> images(int count) {
            List<float[]> images = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                float[] image = new float[shapes.get("x").size()];
                for (int k = 0; k < image.length; k++) {
                    image[k] = (float) random.nextGaussian();
                }
                images.add(image);
            }
            return images;
        }
    }

    @Test
    void aBatchGivesWhatEachImageGivesAlone() {
        for (int seed = 0; seed < 400; seed++) {
            Draft draft = new Draft(seed);
            Model model = draft.model();
            List<float[]> images = draft.images(1 + seed % 9);
            Batch batch = new BatchEvaluator(model).run(images);
            ModelEvaluator plain = new ModelEvaluator(model);
            for (int i = 0; i < images.size(); i++) {
                assertThat(batch.image(i).toArray()).as("seed %d", seed).containsExactly(plain.run(images.get(i)).toArray());
            }
        }
    }

    @Test
    void aRunMayGoOnSeveralTimesWithOtherParameters() {
        for (int seed = 0; seed < 100; seed++) {
            Draft draft = new Draft(seed);
            Model model = draft.model();
            List<float[]> images = draft.images(3);
            BatchEvaluator evaluator = new BatchEvaluator(model);
            int last = evaluator.steps().size() - 1;
            String name = evaluator.steps().get(last).inputs().get(1);
            BatchEvaluator.Run before = evaluator.advance(evaluator.start(images), seed % (last + 1), Map.of());
            for (float factor : new float[] {1, -2}) {
                float[] weights = model.constants().get(name).toArray();
                for (int i = 0; i < weights.length; i++) {
                    weights[i] *= factor;
                }
                Map<String, Tensor> replaced = new HashMap<>(model.constants());
                replaced.put(name, Tensor.of(model.shapeOf(name), weights));
                Model other = new Model("other", "other", "x", Optional.empty(), model.nodes(), replaced, model.shapes(),
                        model.outputs(), List.of());
                Batch outputs = evaluator.finish(before, Map.of(name, Tensor.of(model.shapeOf(name), weights)));
                for (int i = 0; i < images.size(); i++) {
                    assertThat(outputs.image(i)).isEqualTo(new ModelEvaluator(other).run(images.get(i)));
                }
            }
        }
    }
}
