package org.bitloom.compression;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.network.model.Sweep;

/**
 * Means along one axis, some over fewer elements because the window is cut at the border: each sum times the factor of
 * its position, and all over one divisor.
 */
record CommonDivisor(int divisor, List<Integer> factors) {
    CommonDivisor {
        factors = List.copyOf(factors);
    }

    static CommonDivisor of(Sweep sweep, int extent, boolean countsPadding) {
        int[] counts = IntStream.range(0, sweep.positions(extent))
                .map(position -> sweep.counted(position, extent, countsPadding))
                .toArray();
        BigInteger divisor = BigInteger.ONE;
        for (int count : counts) {
            BigInteger next = BigInteger.valueOf(count);
            divisor = divisor.divide(divisor.gcd(next)).multiply(next);
        }
        int common = divisor.intValueExact();
        return new CommonDivisor(common, IntStream.of(counts).mapToObj(count -> common / count).toList());
    }
}
