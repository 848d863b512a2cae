package org.bitloom.blocks;

import java.math.BigInteger;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bitloom.hdl.ir.BitVector;

/** Numbers as lanes hold them. */
final class Lanes {
    private Lanes() {}

    /** The format that is written so, such as {@code u4}. */
    static Format format(String name) {
        return switch (name.charAt(0)) {
            case 'b' -> new Format.Bipolar();
            case 'u' -> new Format.Unsigned(Integer.parseInt(name.substring(1)));
            case 'm' -> new Format.BitMasked(
                    Integer.parseInt(name.substring(1, name.indexOf('x'))),
                    Integer.parseInt(name.substring(name.indexOf('x') + 1), 16));
            default -> new Format.Signed(Integer.parseInt(name.substring(1)));
        };
    }

    /** Any number of a format. */
    static long number(Format format, RandomGenerator random) {
        return switch (format) {
            case Format.Bipolar _ -> random.nextBoolean() ? 1 : -1;
            case Format.Unsigned(int n) -> random.nextLong(1L << n);
            case Format.Signed(int n) -> random.nextLong(1L << n) - (1L << (n - 1));
            case Format.BitMasked(int _, int kept) -> (random.nextInt() & kept) * (random.nextBoolean() ? 1L : -1L);
        };
    }

    static long encoded(Format format, long number) {
        return format.code(number);
    }

    /** All lanes in so many words. */
    static List<BitVector> words(Packer lanes, int count) {
        BitVector all = lanes.vector();
        int bits = all.width() / count;
        return IntStream.range(0, count)
                .mapToObj(word -> all.slice((word + 1) * bits - 1, word * bits))
                .toList();
    }

    /** Side by side, the first lowest. */
    static BitVector beside(List<BitVector> lanes) {
        BigInteger all = BigInteger.ZERO;
        for (BitVector lane : lanes.reversed()) {
            all = all.shiftLeft(lane.width()).or(lane.toUnsigned());
        }
        return BitVector.of(lanes.stream().mapToInt(BitVector::width).sum(), all);
    }
}
