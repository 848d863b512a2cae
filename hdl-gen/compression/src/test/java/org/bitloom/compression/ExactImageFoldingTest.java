package org.bitloom.compression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.model.Dimensions;
import org.bitloom.network.model.Model;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random quantized networks of convolutions, pools and branches: folded and exact evaluation agree in every score. */
class ExactImageFoldingTest {
    private static final MathContext DIGITS = new MathContext(200);

    @Test
    void randomImageNetworksGiveTheExactOutput() {
        check(0, 150);
    }

    @Test
    @Tag("slow")
    void manyRandomImageNetworksGiveTheExactOutput() {
        check(10_000, 3_000);
    }

    private static void check(int first, int count) {
        for (int seed = first; seed < first + count; seed++) {
            RandomImageModels models = new RandomImageModels(seed);
            Model model = ExactFoldingTest.imported(models.model());
            IntegerNetwork network;
            try {
                network = Folding.fold(model, InputEncoding.PIXELS);
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
            Random random = new Random(seed);
            for (int trial = 0; trial < 3; trial++) {
                long[] pixels = random.longs(network.inputShape().size(), 0, 256).toArray();
                BigDecimal[] reals = models.channelsLast() ? reals(pixels) : channelsFirst(pixels, model.inputShape());
                ExactFoldingTest.compare(network, new GoldenModel(network).run(pixels),
                        new ExactModel(model).run(reals), "seed " + seed);
            }
        }
    }

    /** Channel-last pixels as the model's reals, 0 to 1 in [1, channel, row, column]. */
    static BigDecimal[] channelsFirst(long[] pixels, Dimensions shape) {
        BigDecimal[] last = reals(pixels);
        BigDecimal[] first = new BigDecimal[pixels.length];
        int positions = shape.at(2) * shape.at(3);
        for (int i = 0; i < first.length; i++) {
            first[i] = last[i % positions * shape.at(1) + i / positions];
        }
        return first;
    }

    private static BigDecimal[] reals(long[] pixels) {
        return Arrays.stream(pixels).mapToObj(p -> BigDecimal.valueOf(p).divide(BigDecimal.valueOf(255), DIGITS))
                .toArray(BigDecimal[]::new);
    }
}
