package org.bitloom.accelerator.dataflow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.bitloom.hdl.stream.FifoTiming;

/**
 * FIFO depths that keep the interval which endless FIFOs would give, of which none can be less while the others stay:
 * found link by link from the input on, again and again until nothing changes.
 *
 * <p>What is deadlock-free without stalls is so under any: a block's firing depends on words and space alone, so a stall
 * delays words and changes neither them nor their order (Kahn 1974, with the space of a FIFO as a stream that runs back).
 */
public final class QueueSizing {
    /** More words than any FIFO ever holds. */
    private static final int ENDLESS = 1 << 29;

    private final Dataflow dataflow;
    private final List<Integer> queues;
    private final int[] depths;
    private long interval;
    private long latency;

    private QueueSizing(Dataflow dataflow) {
        this.dataflow = dataflow;
        this.queues = IntStream.range(0, dataflow.nodes().size())
                .filter(i -> dataflow.nodes().get(i).stage() instanceof Stage.Queue)
                .boxed()
                .toList();
        this.depths = new int[queues.size()];
    }

    /**
     * A dataflow with its FIFOs, and its exact cycles when nothing stalls.
     *
     * @param intervalCycles from one frame's last output word to the next one's
     * @param latencyCycles  from the first frame's first input word to its last output word
     */
    public record Sized(Dataflow dataflow, long intervalCycles, long latencyCycles) {}

    /** Chooses the depths of all FIFOs; those that are not needed are left out. */
    public static Sized size(Dataflow dataflow) {
        return new QueueSizing(dataflow).sized();
    }

    private Sized sized() {
        Arrays.fill(depths, ENDLESS);
        latency = Scheduler.latency(withDepths());
        if (latency < 0) {
            throw new IllegalStateException("words are waited for that never come, in " + dataflow.stages());
        }
        interval = dataflow.nodes().stream()
                .mapToLong(Scheduler::intervalAlone)
                .max()
                .orElseThrow();
        if (!isReachable(interval)) {
            slowDown();
        }
        fill();
        for (int i = 0; i < depths.length; i++) {
            shrink(i);
        }
        boolean shrinks = true;
        while (shrinks) {
            shrinks = shrinkAgain();
        }
        Dataflow result = withDepths().withoutEmptyQueues();
        return new Sized(result, interval, Scheduler.latency(result));
    }

    /** Whether endless FIFOs keep an interval. */
    private boolean isReachable(long period) {
        Arrays.fill(depths, ENDLESS);
        return keepsUp(period);
    }

    /** Finds the least interval that endless FIFOs keep, where the slowest stage alone is faster. */
    private void slowDown() {
        long tooFast = interval;
        do {
            interval *= 2;
        } while (!isReachable(interval));
        while (interval - tooFast > 1) {
            long between = (interval + tooFast) >>> 1;
            if (isReachable(between)) {
                interval = between;
            } else {
                tooFast = between;
            }
        }
    }

    /** Makes the FIFOs as deep as endless ones are filled. */
    private void fill() {
        Arrays.fill(depths, ENDLESS);
        Dataflow endless = withDepths();
        ControlSimulation control = new ControlSimulation(endless);
        Scheduler.sustains(endless, control, interval, latency);
        for (int i = 0; i < depths.length; i++) {
            // One more, for a word that comes while another leaves.
            int greatest = ((FifoTiming) control.timing(queues.get(i))).greatest() + 1;
            depths[i] = Math.max(greatest, Math.max(2, queue(i).least()));
        }
    }

    private boolean keepsUp(long period) {
        Dataflow tried = withDepths();
        return Scheduler.sustains(tried, new ControlSimulation(tried), period, latency);
    }

    /** Makes some that may be less, now that those behind them are, as small as can be; false where none may be. */
    private boolean shrinkAgain() {
        boolean shrinks = false;
        for (int i = 0; i < depths.length; i++) {
            int depth = depths[i];
            if (depth > queue(i).least()) {
                depths[i] = depth == 2 ? 0 : depth - 1;
                boolean less = keepsUp(interval);
                depths[i] = depth;
                if (less) {
                    shrink(i);
                    shrinks = true;
                }
            }
        }
        return shrinks;
    }

    private void shrink(int i) {
        int enough = depths[i];
        int tooFew = queue(i).least() - 1;
        while (enough - tooFew > 1) {
            // Most links need no more than the least. There is no FIFO of one word.
            int tried = tooFew < queue(i).least() ? queue(i).least() : (enough + tooFew) >>> 1;
            depths[i] = Math.max(tried, Math.min(2, 2 * tried));
            if (depths[i] < enough && keepsUp(interval)) {
                enough = depths[i];
            } else {
                tooFew = tried;
            }
        }
        depths[i] = enough;
    }

    private Stage.Queue queue(int i) {
        return (Stage.Queue) dataflow.nodes().get(queues.get(i)).stage();
    }

    private Dataflow withDepths() {
        List<Node> nodes = new ArrayList<>(dataflow.nodes());
        for (int i = 0; i < depths.length; i++) {
            int node = queues.get(i);
            nodes.set(node, nodes.get(node).withStage(queue(i).withDepth(depths[i])));
        }
        return new Dataflow(dataflow.input(), nodes);
    }
}
