package org.bitloom.accelerator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bitloom.accelerator.board.Speed;
import org.bitloom.accelerator.dataflow.Dataflow;
import org.bitloom.accelerator.dataflow.Dataflow.Node;
import org.bitloom.accelerator.dataflow.Dataflow.Port;
import org.bitloom.accelerator.dataflow.Stage;
import org.bitloom.blocks.Depth;
import org.bitloom.hdl.cost.LogicPath;
import org.bitloom.hdl.verilog.Family;

/** How many registers beyond the least each stage gets. */
public interface Pipelining {
    /** None anywhere. */
    Pipelining LEAST = new Given(Map.of());

    /**
     * A stage with its registers.
     *
     * @param before stages that were added before
     * @param inputs where its inputs come from
     */
    Stage deepened(Stage stage, List<Node> before, List<Port> inputs);

    /** The same where the depths of FIFOs have turned out. */
    default Pipelining knowing(Dataflow sized) {
        return this;
    }

    /** By the names of stages; those without a name here get none. */
    record Given(Map<String, Depth> depths) implements Pipelining {
        public Given {
            depths = Map.copyOf(depths);
        }

        @Override
        public Stage deepened(Stage stage, List<Node> before, List<Port> inputs) {
            Depth depth = depths.getOrDefault(stage.name(), Depth.LEAST);
            if (depth.isLeast()) {
                return stage;
            }
            if (!(stage instanceof Stage.Pipelined pipelined) || !depth.isWithin(pipelined.mostDepth())) {
                throw new AcceleratorException("stage " + stage.name() + " has no use for " + depth + " registers");
            }
            return pipelined.withDepth(depth);
        }
    }

    /**
     * The least with which a stage's paths meet a clock; where none does, the least of those that come nearest.
     *
     * @param queues FIFOs as they are known to be, by name; the others have the least depth
     */
    record ForClock(Family family, double megahertz, Map<String, Stage.Queue> queues) implements Pipelining {
        public ForClock {
            queues = Map.copyOf(queues);
        }

        ForClock(Family family, double megahertz) {
            this(family, megahertz, Map.of());
        }

        @Override
        public Stage deepened(Stage stage, List<Node> before, List<Port> inputs) {
            if (!(stage instanceof Stage.Pipelined pipelined)) {
                return stage;
            }
            LogicPath arriving = CriticalPath.arriving(known(before), inputs, family);
            Depth most = pipelined.mostDepth();
            Stage best = stage;
            double least = nanoseconds(stage, arriving);
            for (int registers = 1; registers <= most.sum() + most.result() && least > 1000 / megahertz; registers++) {
                for (int sum = Math.min(registers, most.sum()); sum >= Math.max(0, registers - most.result()); sum--) {
                    Stage tried = pipelined.withDepth(new Depth(sum, registers - sum));
                    double time = nanoseconds(tried, arriving);
                    if (time < least) {
                        least = time;
                        best = tried;
                    }
                }
            }
            return best;
        }

        private List<Node> known(List<Node> nodes) {
            return queues.isEmpty() ? nodes : nodes.stream().map(this::known).toList();
        }

        private Node known(Node node) {
            return queues.containsKey(node.stage().name())
                    ? new Node(Objects.requireNonNull(queues.get(node.stage().name())), node.layer(), node.inputs(), node.outputs())
                    : node;
        }

        private double nanoseconds(Stage stage, LogicPath arriving) {
            Speed speed = Speed.of(family);
            return CriticalPath.paths(stage, arriving, family).stream()
                    .mapToDouble(speed::nanoseconds)
                    .max()
                    .orElseThrow();
        }

        @Override
        public Pipelining knowing(Dataflow sized) {
            if (CriticalPath.of(sized, family).megahertz(family) >= megahertz) {
                return this;
            }
            // A FIFO that was deeper once stays so here: else two choices could take turns.
            Map<String, Stage.Queue> known = new HashMap<>(queues);
            sized.stages().forEach(stage -> {
                if (stage instanceof Stage.Queue queue) {
                    known.merge(queue.name(), queue, (before, now) -> now.depth() > before.depth() ? now : before);
                }
            });
            return known.equals(queues) ? this : new ForClock(family, megahertz, known);
        }
    }
}
