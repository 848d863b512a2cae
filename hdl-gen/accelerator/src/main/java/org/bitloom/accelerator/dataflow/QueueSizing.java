package org.bitloom.accelerator.dataflow;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bitloom.accelerator.dataflow.Dataflow.Node;

/**
 * The smallest FIFO depths that keep the interval which deep FIFOs would give: link by link, none can be less, the others
 * being as they are. What is deadlock-free here is so under any stalls: a block's firing depends on words and space
 * alone, so a stall delays words and changes neither them nor their order (Kahn 1974, with the space of a FIFO as a
 * stream that runs back).
 */
public final class QueueSizing {
    private final Dataflow dataflow;
    private final List<Integer> queues;
    private final int[] depths;

    private QueueSizing(Dataflow dataflow) {
        this.dataflow = dataflow;
        this.queues = IntStream.range(0, dataflow.nodes().size())
                .filter(i -> dataflow.nodes().get(i).stage() instanceof Stage.Queue)
                .boxed()
                .toList();
        this.depths = new int[queues.size()];
    }

    /** A dataflow with sized FIFOs and its schedule. */
    public record Sized(Dataflow dataflow, Schedule schedule) {}

    /** Chooses all depths anew. */
    public static Sized size(Dataflow dataflow) {
        return new QueueSizing(dataflow).sized();
    }

    private Sized sized() {
        Schedule best = grow();
        for (int i = 0; i < depths.length; i++) {
            shrink(i, best);
        }
        Dataflow result = withDepths().withoutEmptyQueues();
        return new Sized(result, Scheduler.schedule(result));
    }

    /** Doubles all depths until the interval is that of the slowest stage, or deeper FIFOs no longer help. */
    private Schedule grow() {
        long bound = dataflow.nodes().stream()
                .mapToLong(Scheduler::intervalAlone)
                .max()
                .orElse(1);
        int level = 0;
        while (true) {
            boolean all = true;
            for (int i = 0; i < depths.length; i++) {
                int most = Math.max(queue(i).least(), deepest(i));
                depths[i] = Math.clamp(level, queue(i).least(), most);
                all &= depths[i] == most;
            }
            Schedule schedule = Scheduler.schedule(withDepths());
            if (all || !schedule.isDeadlock() && schedule.intervalCycles() <= bound) {
                return schedule;
            }
            level = Math.max(2, 2 * level);
        }
    }

    /** Two frames and a word: more cannot be of use. */
    private int deepest(int i) {
        return 2 * dataflow.nodes().get(queues.get(i)).outputs().getFirst().words() + 1;
    }

    private void shrink(int i, Schedule best) {
        int enough = depths[i];
        int tooFew = queue(i).least() - 1;
        while (enough - tooFew > 1) {
            // Most links need no more than the least.
            int tried = tooFew < queue(i).least() ? queue(i).least() : (enough + tooFew) >>> 1;
            depths[i] = tried == 1 ? 2 : tried;
            if (depths[i] >= enough || best.fasterThan(Scheduler.schedule(withDepths()))) {
                tooFew = tried;
            } else {
                enough = depths[i];
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
