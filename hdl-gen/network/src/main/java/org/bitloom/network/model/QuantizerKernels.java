package org.bitloom.network.model;

/** The quantizers in float32, those of QONNX following its sample implementations step by step. */
final class QuantizerKernels {
    private QuantizerKernels() {
    }

    static Tensor apply(Quantizer quantizer, Tensor x) {
        float[] result = switch (quantizer) {
            case Quantizer.IntegerQuant quant -> integer(quant, x);
            case Quantizer.BipolarQuant quant -> bipolar(quant, x);
            case Quantizer.Truncation truncation -> truncated(truncation, x);
            case Quantizer.MultiThreshold thresholds -> levels(thresholds, x);
            case Quantizer.BitMasked masked -> masked(masked, x);
        };
        return Tensor.owning(x.shape(), result);
    }

    private static float[] integer(Quantizer.IntegerQuant quant, Tensor x) {
        int[] scales = quant.scale().shape().broadcastIndexes(x.shape());
        int[] zeros = quant.zeroPoint().shape().broadcastIndexes(x.shape());
        float[] result = new float[x.size()];
        for (int i = 0; i < result.length; i++) {
            float scale = quant.scale().at(scales[i]);
            float zero = quant.zeroPoint().at(zeros[i]);
            float level = clamp(x.at(i) / scale + zero, quant.min(), quant.max());
            result[i] = ((float) quant.rounding().round(level) - zero) * scale;
        }
        return result;
    }

    private static float[] bipolar(Quantizer.BipolarQuant quant, Tensor x) {
        int[] scales = quant.scale().shape().broadcastIndexes(x.shape());
        float[] result = new float[x.size()];
        for (int i = 0; i < result.length; i++) {
            float scale = quant.scale().at(scales[i]);
            result[i] = x.at(i) >= 0 ? scale : -scale;
        }
        return result;
    }

    private static float[] truncated(Quantizer.Truncation truncation, Tensor x) {
        float divisor = 1L << truncation.shift();
        float[] result = new float[x.size()];
        for (int i = 0; i < result.length; i++) {
            float whole = (float) Math.rint(x.at(i) / truncation.scale() + truncation.zeroPoint());
            float cut = whole / divisor;
            if (truncation.clamps()) {
                cut = clamp(cut, truncation.min(), truncation.max());
            }
            result[i] = ((float) truncation.rounding().round(cut) - truncation.outputZero()) * truncation.outputScale();
        }
        return result;
    }

    private static float[] levels(Quantizer.MultiThreshold multi, Tensor x) {
        int inner = x.shape().stride(multi.axis());
        float[] result = new float[x.size()];
        for (int i = 0; i < result.length; i++) {
            int row = multi.rows() == 1 ? 0 : i / inner % multi.rows();
            int level = 0;
            for (int step = 0; step < multi.steps(); step++) {
                if (x.at(i) >= multi.thresholds().at(row * multi.steps() + step)) {
                    level++;
                }
            }
            result[i] = multi.outputScale() * level + multi.outputBias();
        }
        return result;
    }

    private static float[] masked(Quantizer.BitMasked masked, Tensor x) {
        float[] result = new float[x.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = masked.pattern().quantize(x.at(i), masked.overflow()) * masked.scale();
        }
        return result;
    }

    private static float clamp(float value, long min, long max) {
        return value > max ? max : value < min ? min : value;
    }
}
