package org.bitloom.network.caffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bitloom.network.caffe.CaffeFiles.blob;
import static org.bitloom.network.caffe.CaffeFiles.integer;
import static org.bitloom.network.caffe.CaffeFiles.layer;
import static org.bitloom.network.caffe.CaffeFiles.message;
import static org.bitloom.network.caffe.CaffeFiles.number;
import static org.bitloom.network.caffe.CaffeFiles.oldBlob;
import static org.bitloom.network.caffe.CaffeFiles.oldLayer;
import static org.bitloom.network.caffe.CaffeFiles.ramp;
import static org.bitloom.network.caffe.CaffeFiles.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.ValueType;
import org.bitloom.network.caffe.CaffeFiles.Body;
import org.bitloom.network.model.Activation;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Linear;
import org.bitloom.network.model.Model;
import org.bitloom.network.model.ModelEvaluator;
import org.bitloom.network.model.Node;
import org.bitloom.network.model.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small networks in every form that Caffe has. */
class CaffeImporterTest {
    private static final float[] WEIGHTS = ramp(2 * 9, 0.25f);
    private static final float[] DENSE = ramp(3 * 8, 0.5f);
    private static final Body CONVOLUTION = integer(1, 2).and(integer(3, 1)).and(integer(4, 3)).and(integer(6, 2));

    @TempDir
    Path folder;

    /** 1x3x3 → convolution 2, pad 1, stride 2 → ReLU in place → 3 scores, with a loss. */
    private static Body newer(Body data) {
        return text(1, "small").and(data)
                .and(layer("conv", "Convolution", "data", "conv", blob(7, new long[] {2, 1, 3, 3}, WEIGHTS)
                        .and(blob(7, new long[] {2}, 0.5f, -1)).and(message(106, CONVOLUTION))))
                .and(layer("relu", "ReLU", "conv", "conv", Body.NOTHING))
                .and(layer("ip", "InnerProduct", "conv", "ip", blob(7, new long[] {3, 8}, DENSE)
                        .and(blob(7, new long[] {3}, 1, 2, 3)).and(message(117, integer(1, 3)))))
                .and(layer("loss", "SoftmaxWithLoss", "ip", "loss", text(3, "label")));
    }

    private static Body older(Body data) {
        return text(1, "small").and(data)
                .and(oldLayer("conv", 4, "data", "conv", oldBlob(6, 2, 1, 3, 3, WEIGHTS)
                        .and(oldBlob(6, 1, 1, 1, 2, 0.5f, -1)).and(message(10, CONVOLUTION))))
                .and(oldLayer("relu", 18, "conv", "conv", Body.NOTHING))
                .and(oldLayer("ip", 14, "conv", "ip", oldBlob(6, 1, 1, 3, 8, DENSE)
                        .and(oldBlob(6, 1, 1, 1, 3, 1, 2, 3)).and(message(17, integer(1, 3)))))
                .and(oldLayer("loss", 21, "ip", "loss", text(2, "label")));
    }

    private static Body data(Body more) {
        return layer("data", "Data", "", "data", text(4, "label").and(more));
    }

    private static CaffeOptions input(Integer... shape) {
        return new CaffeOptions(null, Dimensions.of(shape), null, null);
    }

    private Model read(Body net, CaffeOptions options) {
        return CaffeImporter.read(CaffeFiles.write(folder, "net.caffemodel", net), options);
    }

    private static float[] run(Model model, float... x) {
        return new ModelEvaluator(model).run(x).toArray();
    }

    @Test
    void bothFormsGiveTheSameModel() {
        Model newer = read(newer(data(Body.NOTHING)), input(1, 3, 3));
        Model older = read(older(oldLayer("data", 5, "", "data", text(3, "label"))), input(1, 3, 3));
        assertThat(older).isEqualTo(newer);
        assertThat(newer.integers()).contains(ValueType.unsigned(8));
        assertThat(newer.outputs()).containsExactly("ip");
    }

    @Test
    void whatALayerWritesOverItsInputIsAValueOfItsOwn() {
        Model model = read(newer(data(Body.NOTHING)), input(1, 3, 3));
        assertThat(model.nodes().stream().map(Node::output)).doesNotHaveDuplicates().contains("conv", "conv_relu");
        Node relu = model.nodes().stream().filter(node -> node.operator() instanceof Activation.Relu).findFirst().orElseThrow();
        assertThat(relu.inputs()).containsExactly("conv");
        assertThat(model.nodes().getLast().operator()).isEqualTo(new Linear.Gemm(1, 1, false, true));
        assertThat(model.nodes()).noneMatch(node -> node.name().equals("loss"));
    }

    @Test
    void aNetworkComputesWhatItsFormulaSays() {
        Model model = read(newer(data(Body.NOTHING)), input(1, 3, 3));
        float[] x = {1, 2, 3, 4, 5, 6, 7, 8, 9};
        float[] features = new float[8];
        for (int i = 0; i < 8; i++) {
            int channel = i / 4;
            float sum = 0;
            for (int tap = 0; tap < 9; tap++) {
                int row = i / 2 % 2 * 2 - 1 + tap / 3;
                int column = i % 2 * 2 - 1 + tap % 3;
                if (row >= 0 && row < 3 && column >= 0 && column < 3) {
                    sum += WEIGHTS[channel * 9 + tap] * x[row * 3 + column];
                }
            }
            features[i] = Math.max(0, sum + (channel == 0 ? 0.5f : -1));
        }
        float[] scores = {1, 2, 3};
        for (int i = 0; i < 24; i++) {
            scores[i / 8] += DENSE[i] * features[i % 8];
        }
        assertThat(run(model, x)).containsExactly(scores);
    }

    @Test
    void meanAndScaleOfTheDataComeFirst() {
        Body transform = message(100, number(1, 0.5f).and(number(5, 2)));
        Model model = read(newer(data(transform)), input(1, 3, 3));
        Model plain = read(newer(data(Body.NOTHING)), input(1, 3, 3));
        assertThat(model.nodes().get(0).name()).isEqualTo("mean_subtracted");
        assertThat(model.nodes().get(1).name()).isEqualTo("scaled");
        assertThat(run(model, 4, 6, 8, 10, 12, 14, 16, 18, 20)).containsExactly(run(plain, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        CaffeOptions scaled = new CaffeOptions(null, Dimensions.of(1, 3, 3), null, 0.25f);
        assertThat(run(read(newer(data(Body.NOTHING)), scaled), 4, 8, 12, 16, 20, 24, 28, 32, 36))
                .containsExactly(run(plain, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    }

    @Test
    void aMeanImageBesideTheModelGivesTheShapeToo() {
        Body transform = message(100, text(4, "somewhere/else/mean.binaryproto"));
        assertThatThrownBy(() -> read(newer(data(transform)), input(1, 3, 3))).isInstanceOf(NetworkException.class)
                .hasMessageContaining("mean.binaryproto").hasMessageContaining("--mean");
        Path mean = CaffeFiles.write(folder, "mean.binaryproto", out -> CaffeFiles.message(1, integer(1, 1)
                .and(integer(2, 1)).and(integer(3, 3)).and(integer(4, 3))).write(out));
        assertThatThrownBy(() -> read(newer(data(transform)), CaffeOptions.NONE))
                .hasMessageContaining(mean.toString());
        float[] values = {1, 1, 1, 2, 2, 2, 3, 3, 3};
        CaffeFiles.write(folder, "mean.binaryproto", integer(1, 1).and(integer(2, 1)).and(integer(3, 3)).and(integer(4, 3))
                .and(out -> {
                    for (float value : values) {
                        out.writeFloat(5, value); // one by one, not packed
                    }
                }));
        Model model = read(newer(data(transform)), CaffeOptions.NONE);
        Model plain = read(newer(data(Body.NOTHING)), input(1, 3, 3));
        assertThat(model.inputShape()).isEqualTo(Dimensions.of(1, 1, 3, 3));
        assertThat(run(model, 2, 3, 4, 6, 7, 8, 10, 11, 12)).containsExactly(run(plain, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        assertThat(run(read(newer(data(Body.NOTHING)), new CaffeOptions(null, null, mean, null)), 2, 3, 4, 6, 7, 8, 10, 11,
                12)).containsExactly(run(plain, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    }

    @Test
    void theMiddleOfALargerMeanImageIsSubtractedFromACrop() {
        Tensor mean = Tensor.of(Dimensions.of(1, 1, 5, 5), ramp(25, 1));
        Tensor cut = MeanImage.cut(mean, Dimensions.of(1, 1, 3, 3));
        assertThat(cut.at(0)).isEqualTo(mean.at(6));
        assertThat(cut.at(8)).isEqualTo(mean.at(18));
        Model model = read(newer(data(message(100, integer(3, 3)))), CaffeOptions.NONE);
        assertThat(model.inputShape()).isEqualTo(Dimensions.of(1, 1, 3, 3));
    }

    @Test
    void theTextOfTheNetworkCountsAndTheWeightsComeByName() throws IOException {
        Path trained = CaffeFiles.write(folder, "net.caffemodel", newer(data(message(100, number(1, 0.5f)))));
        Path text = Files.writeString(folder.resolve("own.prototxt"), """
                name: "small"  # a comment
                input: "data" input_dim: 10 input_dim: 1 input_dim: 3 input_dim: 3
                layer { name: 'conv' type: "Convolution" bottom: "data" top: "conv"
                  param { lr_mult: 1 } param: { lr_mult: [2, 3.5e-1] };
                  convolution_param { num_output: 2 pad_h: 1, pad_w: 1 kernel_size: [3, 3] stride: 2 weight_filler <type: "xavier"> } }
                layer { name: "drop" type: "Dropout" bottom: "conv" top: "conv" include { phase: TRAIN } }
                layer { name: "relu" type: "ReLU" bottom: "conv" top: "act" }
                layer { name: "ip" type: "InnerProduct" bottom: "act" top: "ip" inner_product_param { num_output: 0x3 } }
                layer { name: "prob" type: "Softmax" bottom: "ip" top: "prob" }
                """);
        Model model = CaffeImporter.read(trained, new CaffeOptions(text, null, null, null));
        assertThat(model.notes()).containsExactly("The batch of 10 is taken as 1.",
                "The softmax in the end is left out: it does not change which class scores highest.");
        Model plain = read(newer(data(Body.NOTHING)), input(1, 3, 3));
        assertThat(run(model, 2, 4, 6, 8, 10, 12, 14, 16, 18)).containsExactly(run(plain, 1, 2, 3, 4, 5, 6, 7, 8, 9));
        Files.move(text, folder.resolve("deploy.prototxt"));
        assertThat(CaffeImporter.read(trained, CaffeOptions.NONE).notes())
                .contains("The network's text is deploy.prototxt, beside the model.");
    }

    @Test
    void theOlderFormIsReadAsTextToo() throws IOException {
        Path trained = CaffeFiles.write(folder, "net.caffemodel", older(oldLayer("data", 5, "", "data", text(3, "label"))));
        Path text = Files.writeString(folder.resolve("old.prototxt"), """
                input: "data"
                input_dim: 1
                input_dim: 1
                input_dim: 3
                input_dim: 3
                layers {
                  name: "conv" type: CONVOLUTION bottom: "data" top: "conv" blobs_lr: 1 blobs_lr: 2
                  convolution_param { num_output: 2 pad: 1 kernel_size: 3 stride: 2 }
                }
                layers { name: "relu" type: RELU bottom: "conv" top: "conv" }
                layers { name: "ip" type: INNER_PRODUCT bottom: "conv" top: "ip" inner_product_param { num_output: 3 } }
                layers { name: "prob" type: SOFTMAX bottom: "ip" top: "prob" }
                """);
        Model model = CaffeImporter.read(trained, new CaffeOptions(text, null, null, null));
        assertThat(model.nodes()).isEqualTo(read(newer(data(Body.NOTHING)), input(1, 3, 3)).nodes());
    }

    @Test
    void layersOfTheTestPhaseAreTaken() {
        Body train = message(8, integer(1, 0));
        Body test = message(8, integer(1, 1));
        Body net = text(1, "phases").and(data(train.and(message(100, number(1, 7)))))
                .and(data(test.and(message(100, number(1, 0.5f)))))
                .and(layer("noise", "PReLU", "data", "data", train))
                .and(layer("never", "PReLU", "data", "data", message(9, integer(1, 1))))
                .and(layer("ip", "InnerProduct", "data", "ip", blob(7, new long[] {2, 2}, 1, 2, 3, 4)
                        .and(blob(7, new long[] {2}, 0, 0)).and(message(117, integer(1, 2)))))
                .and(layer("accuracy", "Accuracy", "ip", "accuracy", test.and(text(3, "label"))));
        assertThat(run(read(net, input(2)), 2, 4)).containsExactly(1 * 1 + 2 * 2, 3 * 1 + 4 * 2);
    }

    @Test
    void batchNormIsDividedByItsScaleFactorAndScaleFollows() {
        Body net = text(1, "norm").and(data(Body.NOTHING))
                .and(layer("bn", "BatchNorm", "data", "bn", blob(7, new long[] {2}, 6, 2).and(blob(7, new long[] {2}, 8, 18))
                        .and(blob(7, new long[] {1}, 2)).and(message(139, number(3, 0)))))
                .and(layer("scale", "Scale", "bn", "bn", blob(7, new long[] {2}, 10, -1).and(blob(7, new long[] {2}, 1, 2))
                        .and(message(142, integer(4, 1)))));
        assertThat(run(read(net, input(2, 1, 1)), 5, 7)).containsExactly((5 - 3) / 2f * 10 + 1, -(7 - 1) / 3f + 2);
    }

    @Test
    void branchesAreSplitSummedAndJoined() {
        Body net = text(1, "branches").and(data(Body.NOTHING))
                .and(layer("split", "Split", "data", "a", text(4, "b")))
                .and(layer("relu", "ReLU", "b", "b", Body.NOTHING))
                .and(layer("sum", "Eltwise", "a", "sum", text(3, "b")))
                .and(layer("all", "Concat", "sum", "all", text(3, "a")));
        assertThat(run(read(net, input(2, 1, 1)), 5, -7)).containsExactly(10, -7, 5, -7);
    }

    @Test
    void groupsDilationAndNoBiasAreTaken() {
        Body net = text(1, "groups").and(data(Body.NOTHING))
                .and(layer("conv", "Convolution", "data", "conv", blob(7, new long[] {2, 1, 1, 2}, 1, 10, 2, 20)
                        .and(message(106, integer(1, 2).and(integer(2, 0)).and(integer(5, 2)).and(integer(11, 1))
                                .and(integer(12, 2)).and(integer(18, 2))))));
        assertThat(run(read(net, input(2, 1, 3)), 1, 2, 3, 4, 5, 6)).containsExactly(31, 2 * 4 + 20 * 6);
    }

    @Test
    void aPrunedLayerHasTheWeightsUnderItsMask() {
        Body net = text(1, "pruned").and(data(Body.NOTHING))
                .and(layer("ip", "CInnerProduct", "data", "ip", blob(7, new long[] {1, 2}, 4, 8)
                        .and(blob(7, new long[] {1}, 1)).and(blob(7, new long[] {1, 2}, 0.5f, 0.01f))
                        .and(message(117, integer(1, 1)))));
        assertThat(run(read(net, input(2)), 3, 5)).containsExactly(4 * 0.5f * 3 + 1);
    }

    @Test
    void whatIsNotSupportedIsNamedWithItsLayer() {
        assertRefused(layer("norm1", "LRN", "data", "norm1", Body.NOTHING), "layer 'norm1' (LRN)", "BatchNorm");
        assertRefused(layer("up", "Deconvolution", "data", "up", Body.NOTHING), "'up' (Deconvolution)", "supported are");
        assertRefused(layer("relu", "ReLU", "data", "relu", message(123, number(1, 0.1f))), "negative slope");
        assertRefused(layer("pool", "Pooling", "data", "pool", message(121, integer(1, 2).and(integer(2, 2)))), "STOCHASTIC");
        assertRefused(layer("relu", "ReLU", "nowhere", "relu", Body.NOTHING), "no input that a layer reads");
        assertRefused(layer("sum", "Eltwise", "data", "sum", text(3, "nowhere")), "'sum' (Eltwise)", "'nowhere'");
        assertRefused(layer("conv", "Convolution", "data", "conv", message(106, CONVOLUTION)), "has no weight");
        assertRefused(layer("conv", "Convolution", "data", "conv", blob(7, new long[] {5}, 1, 2, 3, 4, 5)
                .and(message(106, CONVOLUTION))), "do not belong together");
        assertRefused(layer("conv", "Convolution", "data", "conv", blob(7, new long[] {5}, 1, 2, 3, 4)), "holds 4 numbers");
        assertRefused(layer("conv", "Convolution", "data", "conv", blob(7, new long[] {1}, Float.NaN)), "NaN");
        assertRefused(message(2, message(1, text(1, "conv"))), "older and of the newer form");
    }

    private void assertRefused(Body layer, String... said) {
        Body net = text(1, "bad").and(data(Body.NOTHING)).and(layer);
        assertThatThrownBy(() -> read(net, input(1, 3, 3))).isInstanceOf(NetworkException.class)
                .hasMessageContaining("net.caffemodel").satisfies(e -> assertThat(e.getMessage()).contains(said));
    }

    @Test
    void anInputWhoseShapeNobodyStatesIsAskedFor() {
        assertThatThrownBy(() -> read(newer(data(Body.NOTHING)), CaffeOptions.NONE)).isInstanceOf(NetworkException.class)
                .hasMessageContaining("--input").hasMessageContaining("--prototxt");
        List<Model> models = List.of(
                read(newer(layer("data", "Input", "", "data", message(143, message(1, integer(1, 4).and(integer(1, 1))
                        .and(integer(1, 3)).and(integer(1, 3)))))), CaffeOptions.NONE),
                read(newer(data(message(119, integer(1, 9).and(integer(2, 1)).and(integer(3, 3)).and(integer(4, 3))))),
                        CaffeOptions.NONE));
        assertThat(models).allMatch(model -> model.inputShape().equals(Dimensions.of(1, 1, 3, 3)));
    }

    @Test
    void poolOfTheWholeImageIsTaken() {
        Body net = text(1, "global").and(data(Body.NOTHING)).and(layer("pool", "Pooling", "data", "pool",
                message(121, integer(1, 1).and(integer(12, 1)))));
        assertThat(run(read(net, input(1, 2, 2)), 1, 2, 3, 6)).containsExactly(3);
    }
}
