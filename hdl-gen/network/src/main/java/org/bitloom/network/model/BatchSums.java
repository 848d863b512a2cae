package org.bitloom.network.model;

/**
 * Weighted sums of runs of floats. The terms are added one after the other, each product and each sum rounded once, as
 * in a plain loop; four at a time only so that the sum stays in a register meanwhile. All arrays of a loop are read and
 * written at the same index: the form that HotSpot's C2 vectorizes without knowing whether they overlap.
 */
final class BatchSums {
    private BatchSums() {
    }

    /** {@code sum += Σ factors[k] · terms[k]} for k from 0 to count − 1, in this order. */
    static void add(float[] sum, float[][] terms, float[] factors, int count) {
        int k = 0;
        for (; k + 8 <= count; k += 8) {
            addEight(sum, terms, factors, k);
        }
        for (; k + 4 <= count; k += 4) {
            addFour(sum, terms[k], terms[k + 1], terms[k + 2], terms[k + 3], factors[k], factors[k + 1], factors[k + 2],
                    factors[k + 3]);
        }
        for (; k < count; k++) {
            addOne(sum, terms[k], factors[k]);
        }
    }

    static void add(float[] sum, float constant) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += constant;
        }
    }

    private static void addEight(float[] sum, float[][] terms, float[] factors, int k) {
        addEight(sum, terms[k], terms[k + 1], terms[k + 2], terms[k + 3], terms[k + 4], terms[k + 5], terms[k + 6],
                terms[k + 7], factors[k], factors[k + 1], factors[k + 2], factors[k + 3], factors[k + 4], factors[k + 5],
                factors[k + 6], factors[k + 7]);
    }

    private static void addEight(float[] sum, float[] a, float[] b, float[] c, float[] d, float[] e, float[] f, float[] g,
            float[] h, float p, float q, float r, float s, float t, float u, float v, float w) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = sum[i] + p * a[i] + q * b[i] + r * c[i] + s * d[i] + t * e[i] + u * f[i] + v * g[i] + w * h[i];
        }
    }

    private static void addFour(float[] sum, float[] a, float[] b, float[] c, float[] d, float p, float q, float r,
            float s) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = sum[i] + p * a[i] + q * b[i] + r * c[i] + s * d[i];
        }
    }

    private static void addOne(float[] sum, float[] a, float p) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += p * a[i];
        }
    }
}
