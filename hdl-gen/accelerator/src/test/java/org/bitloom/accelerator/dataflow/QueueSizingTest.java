package org.bitloom.accelerator.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.Pipelining;
import org.bitloom.accelerator.RandomDepths;
import org.bitloom.accelerator.RandomNetworks;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.junit.jupiter.api.Test;

/** FIFO depths of random graphs, held against a simulation of their control that knows nothing of frames or periods. */
class QueueSizingTest {
    private static final int NETWORKS = Integer.getInteger("bitloom.sizing.networks", 40);

    @Test
    void theDepthsKeepTheIntervalAndNoneCanBeLess() {
        int shrunk = 0;
        for (int seed = 0; seed < NETWORKS; seed++) {
            RandomNetworks.Sample sample = new RandomNetworks(seed).nextImage();
            Accelerator accelerator = Accelerator.of(
                    sample.network(), sample.foldings(), seed % 2 == 0 ? Pipelining.LEAST : new RandomDepths(seed));
            Dataflow dataflow = accelerator.dataflow();
            GreedySchedule schedule = GreedySchedule.of(dataflow);
            assertThat(schedule.keeps(accelerator.intervalCycles())).as("network %d", seed).isTrue();
            assertThat(schedule.keeps(accelerator.intervalCycles() - 1))
                    .as("network %d is faster", seed)
                    .isFalse();
            for (int i = 0; i < dataflow.nodes().size(); i++) {
                if (dataflow.nodes().get(i).stage() instanceof Stage.Queue queue && queue.depth() > queue.least()) {
                    int less = queue.depth() == 2 ? 0 : queue.depth() - 1;
                    GreedySchedule smaller = GreedySchedule.of(with(dataflow, i, queue.withDepth(less)));
                    assertThat(smaller.keeps(accelerator.intervalCycles()))
                            .as("network %d, %s of depth %d", seed, queue.name(), less)
                            .isFalse();
                    shrunk++;
                }
            }
        }
        assertThat(shrunk).as("FIFOs that could have been too deep").isGreaterThan(NETWORKS / 4);
    }

    private static Dataflow with(Dataflow dataflow, int node, Stage stage) {
        List<Node> nodes = new ArrayList<>(dataflow.nodes());
        nodes.set(node, nodes.get(node).withStage(stage));
        return new Dataflow(dataflow.input(), nodes).withoutEmptyQueues();
    }
}
