package org.bitloom.compression.mask;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.bitloom.network.BitPattern;

/**
 * Chooses a pattern for each layer on calibration images, which must not be those that it is judged by afterwards.
 * First the best pattern for all layers alike; from there, layer after layer, the best pattern for that layer while the
 * others stay, until a whole round changes nothing. Only patterns that represent a layer's weights well are tried.
 */
public final class MaskSearch {
    private static final int MAX_ROUNDS = 6;

    private final MaskedLayers layers;
    private final ScoredSet calibration;
    private final int candidates;

    /** @param candidates how many patterns are tried for a layer */
    public MaskSearch(MaskedLayers layers, ScoredSet calibration, int candidates) {
        this.layers = layers;
        this.calibration = calibration;
        this.candidates = candidates;
    }

    /**
     * What was found.
     *
     * @param uniform the best pattern for all layers alike, where the search began
     */
    public record Result(Masks uniform, Score uniformScore, Masks best, Score bestScore, int rounds) {
    }

    public Result among(List<BitPattern> patterns) throws IOException {
        int count = layers.layers().size();
        List<Masks> alike = promising(patterns, pattern -> IntStream.range(0, count)
                .mapToDouble(layer -> layers.error(layer, pattern)).sum())
                .stream().map(pattern -> Masks.uniform(pattern, count)).toList();
        Map.Entry<Masks, Score> uniform = best(calibration.scores(alike, "one pattern for all layers"));
        Map.Entry<Masks, Score> chosen = uniform;
        int rounds = 0;
        boolean changed = count > 1;
        while (changed && rounds < MAX_ROUNDS) {
            rounds++;
            changed = false;
            for (int layer = 0; layer < count; layer++) {
                int which = layer;
                Masks now = chosen.getKey();
                List<Masks> tried = new ArrayList<>(List.of(now));
                promising(patterns, pattern -> layers.error(which, pattern))
                        .forEach(pattern -> tried.add(now.with(which, pattern)));
                chosen = best(calibration.scores(tried,
                        "round " + rounds + ", layer " + layers.layers().get(layer).name()));
                changed |= !chosen.getKey().equals(now);
            }
        }
        return new Result(uniform.getKey(), uniform.getValue(), chosen.getKey(), chosen.getValue(), rounds);
    }

    private List<BitPattern> promising(List<BitPattern> patterns, ToDoubleFunction<BitPattern> error) {
        return patterns.stream().sorted(Comparator.comparingDouble(error)).limit(candidates).toList();
    }

    /** The first of equal ones. */
    private static Map.Entry<Masks, Score> best(Map<Masks, Score> scores) {
        return scores.entrySet().stream().min(Map.Entry.comparingByValue(Score.BEST_FIRST)).orElseThrow();
    }
}
