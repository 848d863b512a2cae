package org.bitloom.network.caffe;

import org.bitloom.network.NetworkException;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Operator;
import org.bitloom.network.model.Spatial;
import org.bitloom.network.model.Sweep;

/** Pools by Caffe's rules (PoolingLayer::Reshape and Forward_cpu). */
final class CaffePools {
    private CaffePools() {
    }

    static Operator of(Message pooling, Dimensions image) {
        if (image.rank() != 4) {
            throw new NetworkException("pools shape " + image + "; only images of [batch, channel, row, column] can be");
        }
        boolean whole = pooling.flag("global_pooling", false);
        Sweep rows = whole ? Sweep.whole(image.at(2)) : sweep(pooling, "_h", image.at(2));
        Sweep columns = whole ? Sweep.whole(image.at(3)) : sweep(pooling, "_w", image.at(3));
        String pool = pooling.text("pool").orElse("MAX");
        return switch (pool) {
            case "MAX" -> new Spatial.MaxPool(rows, columns);
            // The divisor is the window within image and padding: padding counts, what rounding up adds does not.
            case "AVE" -> new Spatial.AveragePool(rows, columns, true);
            default -> throw new NetworkException("pools by " + pool + ", which is not supported; use MAX or AVE");
        };
    }

    private static Sweep sweep(Message pooling, String axis, int extent) {
        int kernel = CaffeSweeps.one(pooling, "kernel_size", "kernel" + axis, 0);
        int stride = CaffeSweeps.one(pooling, "stride", "stride" + axis, 1);
        int pad = CaffeSweeps.one(pooling, "pad", "pad" + axis, 0);
        if (pad >= kernel) {
            throw new NetworkException("has a padding of " + pad + " and a kernel of " + kernel
                    + "; Caffe takes less padding than kernel only");
        }
        Sweep plain = new Sweep(kernel, stride, 1, pad, pad, 0);
        boolean padded = CaffeSweeps.one(pooling, "pad", "pad_h", 0) > 0 || CaffeSweeps.one(pooling, "pad", "pad_w", 0) > 0;
        return pooling.text("round_mode").orElse("CEIL").equals("FLOOR") ? plain : roundedUp(plain, extent, padded);
    }

    /**
     * As many positions as reach into the image, the last one cut off; with padding on whichever axis, none that begins
     * behind the image.
     */
    private static Sweep roundedUp(Sweep sweep, int extent, boolean padded) {
        long length = (long) extent + sweep.before() + sweep.after();
        long last = Math.ceilDiv(length - sweep.kernel(), (long) sweep.stride()) * sweep.stride();
        if (padded && last >= (long) extent + sweep.before()) {
            last -= sweep.stride();
        }
        long excess = Math.max(0, last + sweep.kernel() - length);
        return new Sweep(sweep.kernel(), sweep.stride(), 1, sweep.before(), sweep.after(), Math.toIntExact(excess));
    }
}
