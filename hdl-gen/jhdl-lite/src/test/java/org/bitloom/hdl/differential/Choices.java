package org.bitloom.hdl.differential;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The choices that a generator makes, as a list of small numbers in which 0 is always the simplest choice. They come
 * from a seed or are played back from a list, and are recorded with the spans that belong together, so that a
 * {@link Shrinker} can simplify what was generated without knowing what it is. A list that is too short goes on with
 * zeros; every list of numbers gives a valid result.
 */
public final class Choices {
    /** Choices {@code from} up to, not including, {@code to} made one part of the result. */
    record Span(int from, int to) {
        int length() {
            return to - from;
        }
    }

    private final SplittableRandom random;
    private final int[] played;
    private final boolean replay;
    private final List<Integer> drawn = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();

    private Choices(SplittableRandom random, int[] played, boolean replay) {
        this.random = random;
        this.played = played;
        this.replay = replay;
    }

    static Choices ofSeed(long seed) {
        return new Choices(new SplittableRandom(seed), new int[0], false);
    }

    static Choices of(int[] played) {
        return new Choices(new SplittableRandom(0), played, true);
    }

    /** A number from 0 up to, not including, {@code bound}. */
    public int below(int bound) {
        return bound <= 1 ? 0 : record(bound, () -> random.nextInt(bound));
    }

    /** A number of {@code low} to {@code high}, both included. */
    public int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** True with a probability in percent; false is simpler. */
    public boolean chance(int percent) {
        return record(2, () -> random.nextInt(100) < percent ? 1 : 0) == 1;
    }

    /** The index of a weight, with a probability in proportion to it. */
    public int weighted(int... weights) {
        return record(weights.length, () -> {
            int pick = random.nextInt(Arrays.stream(weights).sum());
            int index = 0;
            while (pick >= weights[index]) {
                pick -= weights[index++];
            }
            return index;
        });
    }

    private int record(int bound, IntSupplier fresh) {
        int value = 0;
        if (!replay) {
            value = fresh.getAsInt();
        } else if (drawn.size() < played.length) {
            value = Math.min(played[drawn.size()], bound - 1);
        }
        drawn.add(value);
        return value;
    }

    /** Parts as long as chance wants more, at most {@code most}; each can be left out. */
    public void repeat(int most, int percent, Runnable part) {
        int count = 0;
        boolean more = true;
        while (more && count++ < most) {
            more = span(() -> {
                boolean another = chance(percent);
                if (another) {
                    part.run();
                }
                return another;
            });
        }
    }

    /** Marks the choices made by {@code part} as belonging together. */
    public <T> T span(Supplier<T> part) {
        int from = drawn.size();
        T result = part.get();
        spans.add(new Span(from, drawn.size()));
        return result;
    }

    public void span(Runnable part) {
        span(() -> {
            part.run();
            return drawn;
        });
    }

    int[] drawn() {
        return drawn.stream().mapToInt(Integer::intValue).toArray();
    }

    List<Span> spans() {
        return List.copyOf(spans);
    }
}
