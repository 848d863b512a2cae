package org.bitloom.hdl.differential;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bitloom.hdl.differential.Choices.Span;

/**
 * Simplifies the choices behind a failure as long as it still fails: parts become nothing or go, numbers become
 * smaller. A part is what a generator marked as a span (a statement, an output, a module); a number is a width, an
 * operand, a value. Greedy, deterministic, and bounded in attempts.
 *
 * @param <F> what a failure is
 */
final class Shrinker<F> {
    private final Function<Choices, Optional<F>> trial;
    private int attempts;
    private int[] best;
    private List<Span> spans;
    private F failure;

    /** Choices that fail, and how. */
    record Shrunk<F>(int[] choices, F failure) {}

    private Shrinker(Function<Choices, Optional<F>> trial, Choices start, F failure, int attempts) {
        this.trial = trial;
        this.attempts = attempts;
        this.best = start.drawn();
        this.spans = start.spans();
        this.failure = failure;
    }

    /**
     * @param trial    generates from choices and says whether, and how, the result fails
     * @param start    choices that failed, as they were recorded
     * @param attempts how many trials it may cost
     */
    static <F> Shrunk<F> shrink(Function<Choices, Optional<F>> trial, Choices start, F failure, int attempts) {
        Shrinker<F> shrinker = new Shrinker<>(trial, start, failure, attempts);
        int[] before;
        do {
            before = shrinker.best;
            shrinker.simplifySpans(false);
            shrinker.simplifySpans(true);
            shrinker.simplifyNumbers();
        } while (shrinker.attempts > 0 && !Arrays.equals(before, shrinker.best));
        return new Shrunk<>(shrinker.best, shrinker.failure);
    }

    /** Sets spans to zero, or deletes them, the longest first. */
    private void simplifySpans(boolean delete) {
        for (int i = 0; i < spans.size() && attempts > 0; i++) {
            Span span = spans.stream()
                    .sorted(Comparator.comparingInt(Span::length).reversed())
                    .toList()
                    .get(i);
            boolean zero = Arrays.stream(best, span.from(), span.to()).allMatch(value -> value == 0);
            if (span.length() == 0 || (zero && !delete)) {
                continue;
            }
            int[] candidate = best.clone();
            if (delete) {
                candidate = new int[best.length - span.length()];
                System.arraycopy(best, 0, candidate, 0, span.from());
                System.arraycopy(best, span.to(), candidate, span.from(), best.length - span.to());
            } else {
                Arrays.fill(candidate, span.from(), span.to(), 0);
            }
            attempt(candidate);
        }
    }

    /** Makes each number 0, else as small as bisection finds. */
    private void simplifyNumbers() {
        for (int i = 0; i < best.length && attempts > 0; i++) {
            if (best[i] == 0 || attempt(with(i, 0))) {
                continue;
            }
            int fails = best[i];
            int passes = 0;
            while (fails - passes > 1 && attempts > 0 && i < best.length) {
                int middle = (fails + passes) >>> 1;
                if (attempt(with(i, middle))) {
                    fails = middle;
                } else {
                    passes = middle;
                }
            }
        }
    }

    private int[] with(int index, int value) {
        int[] candidate = best.clone();
        candidate[index] = value;
        return candidate;
    }

    /** Keeps the candidate if it fails and what it led to is simpler than the best so far. */
    private boolean attempt(int[] candidate) {
        attempts--;
        Choices choices = Choices.of(candidate);
        Optional<F> result = trial.apply(choices);
        if (result.isEmpty() || !simpler(choices.drawn(), best)) {
            return false;
        }
        best = choices.drawn();
        spans = choices.spans();
        failure = result.get();
        return true;
    }

    private static boolean simpler(int[] left, int[] right) {
        return left.length < right.length
                || (left.length == right.length && Arrays.compare(left, right) < 0);
    }
}
