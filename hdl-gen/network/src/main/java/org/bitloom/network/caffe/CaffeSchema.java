package org.bitloom.network.caffe;

/**
 * What of Caffe's message types (BVLC/caffe, src/caffe/proto/caffe.proto) says what a network computes; fields that
 * concern training alone are left out and skipped.
 */
final class CaffeSchema {
    private static final Schema SHAPE = new Schema().integer(1, "dim");

    static final Schema BLOB = new Schema()
            .integer(1, "num").integer(2, "channels").integer(3, "height").integer(4, "width")
            .numbers(5, "data").message(7, "shape", SHAPE).numbers(8, "double_data");

    private static final Schema STATE = new Schema().choice(1, "phase", "TRAIN", "TEST");

    private static final Schema RULE = new Schema()
            .choice(1, "phase", "TRAIN", "TEST").integer(2, "min_level").integer(3, "max_level")
            .text(4, "stage").text(5, "not_stage");

    private static final Schema TRANSFORM = new Schema()
            .number(1, "scale").flag(2, "mirror").integer(3, "crop_size").text(4, "mean_file").number(5, "mean_value")
            .flag(6, "force_color").flag(7, "force_gray");

    /** Also of image and window data: the fields of old files that transform_param has taken over since. */
    private static final Schema DATA = new Schema()
            .number(2, "scale").text(3, "mean_file").integer(5, "crop_size");

    private static final Schema MEMORY_DATA = new Schema()
            .integer(1, "batch_size").integer(2, "channels").integer(3, "height").integer(4, "width");

    private static final Schema DUMMY_DATA = new Schema()
            .integer(2, "num").integer(3, "channels").integer(4, "height").integer(5, "width").message(6, "shape", SHAPE);

    private static final Schema CONVOLUTION = new Schema()
            .integer(1, "num_output").flag(2, "bias_term").integer(3, "pad").integer(4, "kernel_size")
            .integer(5, "group").integer(6, "stride").integer(9, "pad_h").integer(10, "pad_w").integer(11, "kernel_h")
            .integer(12, "kernel_w").integer(13, "stride_h").integer(14, "stride_w").integer(16, "axis")
            .integer(18, "dilation");

    private static final Schema POOLING = new Schema()
            .choice(1, "pool", "MAX", "AVE", "STOCHASTIC").integer(2, "kernel_size").integer(3, "stride")
            .integer(4, "pad").integer(5, "kernel_h").integer(6, "kernel_w").integer(7, "stride_h")
            .integer(8, "stride_w").integer(9, "pad_h").integer(10, "pad_w").flag(12, "global_pooling")
            .choice(13, "round_mode", "CEIL", "FLOOR");

    private static final Schema INNER_PRODUCT = new Schema()
            .integer(1, "num_output").flag(2, "bias_term").integer(5, "axis").flag(6, "transpose");

    /** The layer types of the old form, by number; the newer form spells them out. */
    private static final String[] OLD_TYPES = {
        "NONE", "ACCURACY", "BNLL", "CONCAT", "CONVOLUTION", "DATA", "DROPOUT", "EUCLIDEAN_LOSS", "FLATTEN", "HDF5_DATA",
        "HDF5_OUTPUT", "IM2COL", "IMAGE_DATA", "INFOGAIN_LOSS", "INNER_PRODUCT", "LRN", "MULTINOMIAL_LOGISTIC_LOSS",
        "POOLING", "RELU", "SIGMOID", "SOFTMAX", "SOFTMAX_LOSS", "SPLIT", "TANH", "WINDOW_DATA", "ELTWISE", "POWER",
        "SIGMOID_CROSS_ENTROPY_LOSS", "HINGE_LOSS", "MEMORY_DATA", "ARGMAX", "THRESHOLD", "DUMMY_DATA", "SLICE", "MVN",
        "ABSVAL", "SILENCE", "CONTRASTIVE_LOSS", "EXP", "DECONVOLUTION"
    };

    private static final Schema LAYER = new Schema()
            .text(1, "name").text(2, "type").text(3, "bottom").text(4, "top").message(7, "blobs", BLOB)
            .message(8, "include", RULE).message(9, "exclude", RULE).message(100, "transform_param", TRANSFORM)
            .message(104, "concat_param", new Schema().integer(1, "concat_dim").integer(2, "axis"))
            .message(106, "convolution_param", CONVOLUTION).message(107, "data_param", DATA)
            .message(109, "dummy_data_param", DUMMY_DATA).message(110, "eltwise_param", eltwise())
            .message(115, "image_data_param", DATA).message(117, "inner_product_param", INNER_PRODUCT)
            .message(119, "memory_data_param", MEMORY_DATA).message(121, "pooling_param", POOLING)
            .message(122, "power_param", power()).message(123, "relu_param", new Schema().number(1, "negative_slope"))
            .message(125, "softmax_param", new Schema().integer(2, "axis")).message(129, "window_data_param", DATA)
            .message(135, "flatten_param", new Schema().integer(1, "axis").integer(2, "end_axis"))
            .message(139, "batch_norm_param", new Schema().flag(1, "use_global_stats").number(3, "eps"))
            .message(141, "bias_param", new Schema().integer(1, "axis").integer(2, "num_axes"))
            .message(142, "scale_param", new Schema().integer(1, "axis").integer(2, "num_axes").flag(4, "bias_term"))
            .message(143, "input_param", new Schema().message(1, "shape", SHAPE));

    private static final Schema OLD_LAYER = new Schema()
            .message(1, "layer", new Schema()).text(2, "bottom").text(3, "top").text(4, "name")
            .choice(5, "type", OLD_TYPES).message(6, "blobs", BLOB)
            .message(9, "concat_param", new Schema().integer(1, "concat_dim").integer(2, "axis"))
            .message(10, "convolution_param", CONVOLUTION).message(11, "data_param", DATA)
            .message(15, "image_data_param", DATA).message(17, "inner_product_param", INNER_PRODUCT)
            .message(19, "pooling_param", POOLING).message(20, "window_data_param", DATA)
            .message(21, "power_param", power()).message(22, "memory_data_param", MEMORY_DATA)
            .message(24, "eltwise_param", eltwise()).message(26, "dummy_data_param", DUMMY_DATA)
            .message(30, "relu_param", new Schema().number(1, "negative_slope"))
            .message(32, "include", RULE).message(33, "exclude", RULE).message(36, "transform_param", TRANSFORM)
            .message(39, "softmax_param", new Schema().integer(2, "axis"));

    static final Schema NET = new Schema()
            .text(1, "name").message(2, "layers", OLD_LAYER).text(3, "input").integer(4, "input_dim")
            .message(6, "state", STATE).message(8, "input_shape", SHAPE).message(100, "layer", LAYER);

    private CaffeSchema() {
    }

    private static Schema eltwise() {
        return new Schema().choice(1, "operation", "PROD", "SUM", "MAX").number(2, "coeff");
    }

    private static Schema power() {
        return new Schema().number(1, "power").number(2, "scale").number(3, "shift");
    }
}
