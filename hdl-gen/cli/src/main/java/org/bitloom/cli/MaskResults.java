package org.bitloom.cli;

import java.util.List;
import java.util.Map;
import org.bitloom.compression.mask.MaskSearch;
import org.bitloom.compression.mask.MaskedLayers;
import org.bitloom.compression.mask.Masks;
import org.bitloom.compression.mask.PublishedMasks;
import org.bitloom.compression.mask.Score;
import org.bitloom.network.BitPattern;
import org.bitloom.network.model.Model;

/**
 * What the bit-mask experiment has found.
 *
 * @param images    how many test images
 * @param scores    of every mask that was tried on them, the trained network's among them
 * @param published the tables that are about this network; empty for others
 * @param patterns  for each of {@code bits}, all patterns tried alike on all layers
 * @param choices   for each of {@code bits}, what the search chose; empty without calibration images
 */
record MaskResults(
        Model model,
        MaskedLayers layers,
        int images,
        Map<Masks, Score> scores,
        List<PublishedMasks.Table> published,
        List<Integer> bits,
        List<List<BitPattern>> patterns,
        List<Choice> choices) {
    /** What the search chose on calibration images, and how it does on test images. */
    record Choice(int bits, MaskSearch.Result search, Score uniformOnTest, Score bestOnTest) {}

    Score score(Masks masks) {
        Score score = scores.get(masks);
        if (score == null) {
            throw new IllegalArgumentException("no score of " + masks);
        }
        return score;
    }

    Score uniform(BitPattern pattern) {
        return score(Masks.uniform(pattern, layers.layers().size()));
    }
}
