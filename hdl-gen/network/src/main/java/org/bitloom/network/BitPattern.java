package org.bitloom.network;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A sign-magnitude fixed-point format some of whose bits are always 0: a sign, one integer bit and {@code width − 2}
 * fraction bits, of which hardware stores those that are kept. A wide range for a narrow multiplier (K. Doi, bit-mask
 * quantization, Kochi University of Technology).
 *
 * <p>Two notations: {@code X0.0XXX} shows the sign and each bit, {@code 0} where it is masked; {@code 6_2_0_1_0} gives
 * the width, how many bits are masked, the place of each (0 is the integer bit, p the bit worth 2^−p), and a closing 0.
 *
 * <p>A value is counted in units of the last fraction bit, so it is an integer from −(2^(width−1) − 1) to the same above 0.
 *
 * @param width bits with the sign, masked ones included; 2 to {@value #MAX_WIDTH}
 * @param kept  the bits of a magnitude that are kept, as the number that has just these; at least one
 */
public record BitPattern(int width, int kept) {
    public static final int MAX_WIDTH = 24;

    private static final Pattern SHOWN = Pattern.compile("X[0X](\\.[0X]*)?");
    private static final Pattern LISTED = Pattern.compile("[1-9]\\d?_\\d{1,2}(_\\d{1,2})*_0");

    /** What becomes of a number whose magnitude needs bits that are masked. */
    public enum Overflow {
        /** It loses them: 0.101 in X0.0XX is 0.001. */
        MASK,
        /** Above the largest representable magnitude it becomes that; below, it loses the bits. */
        SATURATE,
        /** It becomes the nearest representable one; of two the larger magnitude. */
        NEAREST
    }

    public BitPattern {
        if (width < 2 || width > MAX_WIDTH) {
            throw new NetworkException("a bit pattern is " + width + " bits wide; it must be 2 to " + MAX_WIDTH);
        }
        if (kept < 1 || kept > all(width)) {
            throw new NetworkException("a bit pattern keeps none of its magnitude's bits, or more than it has");
        }
    }

    /** Every bit of {@code width}. */
    public static BitPattern plain(int width) {
        return new BitPattern(width, all(width));
    }

    /** A pattern in either notation. */
    public static BitPattern parse(String text) {
        if (SHOWN.matcher(text).matches()) {
            String bits = text.replace(".", "");
            int kept = 0;
            for (int i = 1; i < bits.length(); i++) {
                kept = kept << 1 | (bits.charAt(i) == 'X' ? 1 : 0);
            }
            requireShort(text, bits.length());
            return new BitPattern(bits.length(), kept);
        }
        if (LISTED.matcher(text).matches()) {
            int[] numbers = Arrays.stream(text.split("_")).mapToInt(Integer::parseInt).toArray();
            int width = numbers[0];
            int[] masked = Arrays.copyOfRange(numbers, 2, numbers.length - 1);
            requireShort(text, width);
            if (masked.length != numbers[1]) {
                throw new NetworkException("bit pattern " + text + " says that " + numbers[1] + " bits are masked and lists "
                        + masked.length + "; write width_count_places_0, like 6_2_0_1_0");
            }
            int kept = all(width);
            for (int place : masked) {
                int bit = width - 2 - place;
                if (bit < 0 || (kept >> bit & 1) == 0) {
                    throw new NetworkException("bit pattern " + text + ": place " + place + " does not exist or stands "
                            + "there twice; places are 0 (the integer bit) to " + (width - 2));
                }
                kept ^= 1 << bit;
            }
            return new BitPattern(width, kept);
        }
        throw new NetworkException("\"" + text + "\" is not a bit pattern; write it like X0.0XXX or 6_2_0_1_0");
    }

    private static void requireShort(String text, int width) {
        if (width > MAX_WIDTH || width < 2) {
            throw new NetworkException("bit pattern " + text + " is " + width + " bits wide; it must be 2 to " + MAX_WIDTH);
        }
    }

    private static int all(int width) {
        return (1 << width - 1) - 1;
    }

    /** Bits that are stored: the sign and what is kept of the magnitude. */
    public int bits() {
        return 1 + Integer.bitCount(kept);
    }

    public int masked() {
        return width - bits();
    }

    /** A value is a number times 2^fractionBits. */
    public int fractionBits() {
        return width - 2;
    }

    /** The largest magnitude there is. */
    public int largest() {
        return kept;
    }

    public boolean contains(long value) {
        return (Math.abs(value) & ~(long) kept) == 0;
    }

    /**
     * The value of a number: to the nearest of {@link #width()} bits, halves away from 0, at most the largest of so many
     * bits; then, where bits of it are masked, by the rule given.
     */
    public int quantize(double number, Overflow rule) {
        double scaled = Math.floor(Math.abs(number) * (1 << fractionBits()) + 0.5);
        int magnitude = (int) Math.min(all(width), scaled);
        int nearest = switch (rule) {
            case MASK -> magnitude & kept;
            case SATURATE -> magnitude > kept ? kept : magnitude & kept;
            case NEAREST -> nearest(Math.abs(number) * (1 << fractionBits()));
        };
        return number < 0 ? -nearest : nearest;
    }

    private int nearest(double magnitude) {
        int whole = (int) Math.min(all(width), Math.floor(magnitude));
        int below = atMost(whole);
        int above = whole >= kept ? below : atLeast(whole + 1);
        return above - magnitude <= magnitude - below ? above : below;
    }

    /** The largest representable magnitude up to this one. */
    private int atMost(int magnitude) {
        int lost = magnitude & ~kept;
        if (lost == 0) {
            return magnitude;
        }
        // The highest bit that cannot be there is left out; everything below it may then be set.
        int below = Integer.highestOneBit(lost) - 1;
        return (magnitude & ~below | below) & kept;
    }

    /** The smallest representable magnitude from this one on; there is one up to the largest. */
    private int atLeast(int magnitude) {
        int lost = magnitude & ~kept;
        if (lost == 0) {
            return magnitude;
        }
        int above = kept & ~magnitude & -(Integer.highestOneBit(lost) << 1);
        int next = Integer.lowestOneBit(above);
        return (magnitude | next) & -next & kept;
    }

    /** The stored bits of a representable value: kept magnitude bits side by side, the sign above them. */
    public int encode(long value) {
        if (!contains(value)) {
            throw new IllegalArgumentException(value + " is not a value of " + this);
        }
        int code = Integer.compress((int) Math.abs(value), kept);
        return value < 0 ? code | 1 << bits() - 1 : code;
    }

    /** The value of stored bits; −0 is 0. */
    public int decode(int code) {
        int magnitude = Integer.expand(code & (1 << bits() - 1) - 1, kept);
        return (code >> bits() - 1 & 1) == 1 ? -magnitude : magnitude;
    }

    /** The representable values, ascending. */
    public int[] values() {
        int magnitudes = 1 << bits() - 1;
        return IntStream.concat(
                        IntStream.range(1, magnitudes).map(code -> -Integer.expand(magnitudes - code, kept)),
                        IntStream.range(0, magnitudes).map(code -> Integer.expand(code, kept)))
                .toArray();
    }

    /** The numbers that the representable values stand for, ascending. */
    public double[] numbers() {
        return Arrays.stream(values()).mapToDouble(value -> Math.scalb((double) value, -fractionBits())).toArray();
    }

    /** The notation that lists the masked places, {@code 6_2_0_1_0}. */
    public String listed() {
        String places = IntStream.range(0, width - 1)
                .filter(place -> (kept >> width - 2 - place & 1) == 0)
                .mapToObj(place -> place + "_")
                .collect(Collectors.joining());
        return width + "_" + masked() + "_" + places + "0";
    }

    /** The notation that shows each bit, {@code X0.0XXX}. */
    @Override
    public String toString() {
        String magnitude = IntStream.range(0, width - 1)
                .mapToObj(place -> (kept >> width - 2 - place & 1) == 1 ? "X" : "0")
                .collect(Collectors.joining());
        return "X" + magnitude.charAt(0) + (width > 2 ? "." + magnitude.substring(1) : "");
    }
}
