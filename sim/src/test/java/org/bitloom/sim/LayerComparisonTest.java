package org.bitloom.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.bitloom.accelerator.LayerStream;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Classifier;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.OutputScale;
import org.bitloom.network.integer.Window;
import org.junit.jupiter.api.Test;

/** Words against golden values: where a value stands, what is not there, what is unknown. */
class LayerComparisonTest {
    private static final ValueType TYPE = ValueType.unsigned(4);
    private static final Window PIXEL = new Window(1, 1, 1, 1, 1, 1);

    /** A picture of 1x2 pixels of three channels, passed on as it is. */
    private static final IntegerNetwork NETWORK = new IntegerNetwork(
            "same",
            Shape.of(1, 2, 3),
            TYPE,
            List.of(new Layer("keep", new Operation.MaxPool(PIXEL), IntegerNetwork.INPUT)),
            new Classifier(Classifier.Rule.FIRST_MAXIMUM, 6),
            OutputScale.NONE);

    private static final List<long[]> FRAMES = List.of(new long[] {1, 2, 3, 4, 5, 6}, new long[] {6, 5, 4, 3, 2, 1});

    /** Two lanes a word: two words a pixel, the second with a lane to spare. */
    private static LayerComparison comparison(int high, int low) {
        LayerComparison comparison = new LayerComparison(NETWORK, FRAMES);
        StreamPort port = new StreamPort("out", high - low + 1, 1);
        comparison.add(
                new LayerStream(0, "keep", new FrameFormat(2, 3, TYPE, 2)),
                new InnerStream("keep", "keep", port, true, high, low));
        return comparison;
    }

    private static LayerResult feed(LayerComparison comparison, long... words) {
        for (int i = 0; i < words.length; i++) {
            comparison.word(0, 10 + i, new long[] {words[i]}, new long[1]);
        }
        return comparison.results(Map.of()).getFirst();
    }

    @Test
    void spareLanesMayHoldAnything() {
        LayerResult result = feed(comparison(7, 0), 0x21, 0xf3, 0x54, 0xe6, 0x56, 0x94, 0x23, 0x71);
        assertThat(result.frames()).isEqualTo(2);
        assertThat(result.values()).isEqualTo(12);
        assertThat(result.mismatches()).isZero();
        assertThat(result.first()).isNull();
    }

    @Test
    void theFirstDifferenceHasItsPlaceAndItsCycle() {
        LayerResult result = feed(comparison(7, 0), 0x21, 0xf3, 0x54, 0xe6, 0x56, 0x94, 0x93, 0x70);
        assertThat(result.mismatches()).isEqualTo(2);
        assertThat(result.first()).isEqualTo(new LayerResult.Mismatch(1, List.of(0, 1, 1), 16, 2, 9L));
        assertThat(result.first()).hasToString("frame 1, (y 0, x 1, channel 1), cycle 16: 9 instead of 2");
    }

    @Test
    void valuesWhoseBitsAreNotInTheVerilogAreCountedAsAbsent() {
        LayerResult result = feed(comparison(3, 0), 0x1, 0x3, 0x4, 0x6, 0x6, 0x4, 0x3, 0x1);
        assertThat(result.values()).isEqualTo(8);
        assertThat(result.absent()).isEqualTo(4);
        assertThat(result.mismatches()).isZero();
        assertThat(feed(comparison(7, 4), 0x2, 0xf, 0x5, 0xe).values()).isEqualTo(2);
    }

    @Test
    void anUnknownBitIsAMismatchOnlyInAValue() {
        LayerComparison comparison = comparison(7, 0);
        comparison.word(0, 3, new long[] {0x21}, new long[1]);
        comparison.word(0, 4, new long[] {0x03}, new long[] {0xf0});
        assertThat(comparison.results(Map.of()).getFirst().mismatches()).isZero();
        comparison.word(0, 9, new long[] {0x50}, new long[] {0x04});
        LayerResult result = comparison.results(Map.of()).getFirst();
        assertThat(result.first()).isEqualTo(new LayerResult.Mismatch(0, List.of(0, 1, 0), 9, 4, null));
        assertThat(result.first()).hasToString("frame 0, (y 0, x 1, channel 0), cycle 9: an unknown value instead of 4");
    }

    @Test
    void linesOfATestbenchBecomeWordsAndUnknownBits() {
        long[][] seen = new long[2][];
        Watch watch = new Watch(
                List.of(new InnerStream("a", "a", new StreamPort("out", 70, 1), true, 69, 0)),
                (stream, cycle, limbs, unknown) -> {
                    assertThat(cycle).isEqualTo(12);
                    seen[0] = limbs.clone();
                    seen[1] = unknown.clone();
                });
        assertThat(WatchText.read("word 0 12 3f0000000000000001", watch)).isTrue();
        assertThat(seen[0]).containsExactly(1, 0x3f);
        assertThat(seen[1]).containsExactly(0, 0);
        assertThat(WatchText.read("bits 0 12 x" + "0".repeat(67) + "z1", watch)).isTrue();
        assertThat(seen[0]).containsExactly(1, 0);
        assertThat(seen[1]).containsExactly(2, 0x20);
        assertThat(WatchText.read("at 12 3", watch)).isFalse();
        assertThat(WatchText.read("word 9 12 00", watch)).isFalse();
    }
}
