package org.bitloom.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.accelerator.LayerStream;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.network.Shape;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.jspecify.annotations.Nullable;

/**
 * Compares the words of the layers' streams with the golden model as they pass. Words are not kept; golden values are, for
 * the frames that are between the first stream and the last.
 */
final class LayerComparison implements Watch.Listener {
    private final IntegerNetwork network;
    private final GoldenModel golden;
    private final List<long[]> frames;
    private final List<Boundary> boundaries = new ArrayList<>();
    private final Map<Integer, List<long[]>> traces = new HashMap<>();
    private int finished;

    /** A stream and what was found on it so far. */
    private static final class Boundary {
        final int layer;
        final FrameFormat format;
        final int low;
        final int high;
        int frame;
        int word;
        long values;
        long absent;
        long mismatches;
        LayerResult.@Nullable Mismatch first;

        Boundary(LayerStream layer, InnerStream stream) {
            this.layer = layer.layer();
            this.format = layer.format();
            this.low = stream.low();
            this.high = stream.high();
        }
    }

    /** @param frames the run's input vectors */
    LayerComparison(IntegerNetwork network, List<long[]> frames) {
        this.network = network;
        this.golden = new GoldenModel(network);
        this.frames = frames;
    }

    /** Adds the next stream of the watch. */
    void add(LayerStream layer, InnerStream stream) {
        boundaries.add(new Boundary(layer, stream));
    }

    @Override
    public void word(int stream, long cycle, long[] limbs, long[] unknown) {
        Boundary boundary = boundaries.get(stream);
        if (boundary.frame == frames.size()) {
            return; // a word too many shows at the output
        }
        compare(boundary, cycle, limbs, unknown, trace(boundary.frame).get(boundary.layer));
        if (++boundary.word == boundary.format.words()) {
            boundary.word = 0;
            boundary.frame++;
            forgetFinished();
        }
    }

    private void compare(Boundary boundary, long cycle, long[] limbs, long[] unknown, long[] expected) {
        FrameFormat format = boundary.format;
        int pixel = boundary.word / format.folds();
        int channel = boundary.word % format.folds() * format.lanes();
        int bits = format.laneBits();
        for (int lane = 0; lane < format.lanes() && channel + lane < format.channels(); lane++) {
            int low = lane * bits - boundary.low;
            if (low < 0 || low + bits > boundary.high - boundary.low + 1) {
                boundary.absent++;
                continue;
            }
            int index = pixel * format.channels() + channel + lane;
            Long actual = Limbs.field(unknown, 0, low, bits) == 0
                    ? (Long) format.type().decode(Limbs.field(limbs, 0, low, bits))
                    : null;
            boundary.values++;
            if (actual == null || actual != expected[index]) {
                boundary.mismatches++;
                if (boundary.first == null) {
                    boundary.first = new LayerResult.Mismatch(
                            boundary.frame, LayerResult.position(shape(boundary.layer), index), cycle, expected[index], actual);
                }
            }
        }
    }

    private List<long[]> trace(int frame) {
        return traces.computeIfAbsent(frame, f -> golden.runWithTrace(frames.get(f)));
    }

    private void forgetFinished() {
        int slowest = boundaries.stream().mapToInt(boundary -> boundary.frame).min().orElseThrow();
        while (finished < slowest) {
            traces.remove(finished++);
        }
    }

    private Shape shape(int layer) {
        return network.typeOf(layer).shape();
    }

    /** All layers; {@code notes} says of some why they have no stream. */
    List<LayerResult> results(Map<Integer, String> notes) {
        List<LayerResult> results = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            int layer = i;
            String name = network.layers().get(i).name();
            results.add(boundaries.stream()
                    .filter(boundary -> boundary.layer == layer)
                    .findFirst()
                    .map(b -> new LayerResult(
                            layer, name, shape(layer), b.frame, b.values, b.absent, b.mismatches, b.first, notes.get(layer)))
                    .orElseGet(() ->
                            new LayerResult(layer, name, shape(layer), 0, 0, 0, 0, null, notes.get(layer))));
        }
        return results;
    }
}
