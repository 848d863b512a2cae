package org.bitloom.accelerator;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.bitloom.accelerator.dataflow.Dataflow.Port;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.blocks.Depth;

/** Any number of registers that a stage has a use for; now and then none. */
public final class RandomDepths implements Pipelining {
    private final RandomGenerator random;

    public RandomDepths(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    @Override
    public Stage deepened(Stage stage, List<Node> before, List<Port> inputs) {
        if (!(stage instanceof Stage.Pipelined pipelined) || random.nextInt(5) == 0) {
            return stage;
        }
        Depth most = pipelined.mostDepth();
        return pipelined.withDepth(new Depth(random.nextInt(most.sum() + 1), random.nextInt(most.result() + 1)));
    }
}
