package org.bitloom.accelerator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.bitloom.accelerator.dataflow.FrameFormat;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.sim.CompiledSimulator;
import org.bitloom.hdl.sim.Simulation;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Classifier;
import org.bitloom.network.integer.GoldenModel;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.OutputScale;
import org.bitloom.network.integer.Padding;
import org.bitloom.network.integer.ThresholdTable;
import org.bitloom.network.integer.Weights;
import org.bitloom.network.integer.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random networks as hardware: every output value equals the golden model, every cycle the prediction. */
class AcceleratorTest {
    private static final int NETWORKS = Integer.getInteger("bitloom.accelerator.networks", 40);

    @ParameterizedTest
    @ValueSource(doubles = {0.0, 0.3, 0.9})
    void randomNetworksEqualTheirGoldenModel(double stall) {
        RandomNetworks networks = new RandomNetworks(11);
        for (int i = 0; i < NETWORKS; i++) {
            RandomNetworks.Sample sample = i % 2 == 0 ? networks.next() : networks.nextImage();
            Pipelining depths = i % 3 == 0 ? Pipelining.LEAST : new RandomDepths(i);
            Accelerator accelerator = Accelerator.of(sample.network(), sample.foldings(), depths);
            Run run = run(accelerator, sample.frames(), stall, i, Family.values()[i / 2 % Family.values().length]);
            GoldenModel golden = new GoldenModel(sample.network());
            for (int f = 0; f < sample.frames().size(); f++) {
                assertThat(run.outputs.get(f))
                        .as("network %d, frame %d, folding %s, depths %s", i, f, sample.foldings(), accelerator.depths())
                        .isEqualTo(golden.run(sample.frames().get(f)));
            }
            if (stall == 0.0) {
                assertThat(run.lastOutput.getFirst() - run.firstInput)
                        .as("latency of network %d", i)
                        .isEqualTo(accelerator.latencyCycles());
                int last = run.lastOutput.size() - 1;
                assertThat(run.lastOutput.get(last) - run.lastOutput.get(last - 1))
                        .as("interval of network %d", i)
                        .isEqualTo(accelerator.intervalCycles());
            }
        }
    }

    @Test
    void registersTakeNothingFromTheThroughput() {
        RandomNetworks networks = new RandomNetworks(12);
        for (int i = 0; i < NETWORKS; i++) {
            RandomNetworks.Sample sample = i % 2 == 0 ? networks.next() : networks.nextImage();
            Accelerator least = Accelerator.of(sample.network(), sample.foldings());
            Accelerator deep = Accelerator.of(sample.network(), sample.foldings(), new RandomDepths(i));
            assertThat(deep.intervalCycles()).as("interval of network %d", i).isEqualTo(least.intervalCycles());
            Accelerator again = Accelerator.of(sample.network(), sample.foldings(), new Pipelining.Given(deep.depths()));
            assertThat(again).as("network %d by its depths", i).isEqualTo(deep);
        }
    }

    @Test
    void activationsOfOneSignedBitAreNotTurnedRound() {
        ValueType bit = ValueType.signed(1);
        Weights weights = Weights.IntegerMatrix.of(ValueType.signed(3), 4, 5, (row, column) -> row - column);
        List<Layer> layers = List.of(
                new Layer("fc", new Operation.Dense(weights), IntegerNetwork.INPUT),
                new Layer("act", new Operation.Threshold(ThresholdTable.shared(-1), bit), 0));
        equalsItsGoldenModel(Shape.of(5), layers, List.of(new Folding(2, 5)), 4);
    }

    @Test
    void aNetworkOfThresholdsAloneFlowsSteadily() {
        List<Layer> layers = List.of(new Layer(
                "act", new Operation.Threshold(ThresholdTable.shared(0), ValueType.bipolar()), IntegerNetwork.INPUT));
        equalsItsGoldenModel(Shape.of(10), layers, List.of(), 10);
    }

    @Test
    void aConvolutionIsAsFastAsItsPixelsComeWhereAllOfItIsUnfolded() {
        Weights weights = Weights.IntegerMatrix.of(ValueType.signed(3), 3, 18, (row, column) -> (row + column) % 7 - 3);
        Operation convolution = new Operation.Convolution(
                weights, List.of(), new Window(3, 3, 1, 1, 1, 1), new Padding(1, 1, 0, 1, 2), 1);
        List<Layer> layers = List.of(new Layer("conv", convolution, IntegerNetwork.INPUT));
        Accelerator fast = equalsItsGoldenModel(Shape.of(6, 7, 2), layers, List.of(new Folding(3, 18)), 3 * 5 * 7);
        assertThat(fast.intervalCycles()).as("a cycle for each pixel, with padding").isEqualTo(7 * 9);
        Accelerator slow = equalsItsGoldenModel(Shape.of(6, 7, 2), layers, List.of(new Folding(1, 6)), 3 * 5 * 7);
        assertThat(slow.intervalCycles()).as("a cycle for each product of 6 columns").isEqualTo(5 * 7 * 3 * 3);
    }

    private static Accelerator equalsItsGoldenModel(Shape shape, List<Layer> layers, List<Folding> foldings, int outputs) {
        Classifier classifier = new Classifier(Classifier.Rule.FIRST_MAXIMUM, outputs);
        IntegerNetwork network =
                new IntegerNetwork("small", shape, ValueType.signed(3), layers, classifier, OutputScale.NONE);
        Accelerator accelerator = Accelerator.of(network, foldings);
        SplittableRandom random = new SplittableRandom(3);
        List<long[]> frames = new ArrayList<>();
        for (int f = 0; f < 20; f++) {
            frames.add(random.longs(shape.size(), -4, 4).toArray());
        }
        GoldenModel golden = new GoldenModel(network);
        Run run = run(accelerator, frames, 0, 1, Family.XILINX7);
        for (int f = 0; f < frames.size(); f++) {
            assertThat(run.outputs.get(f)).isEqualTo(golden.run(frames.get(f)));
        }
        assertThat(run.lastOutput.getFirst() - run.firstInput).isEqualTo(accelerator.latencyCycles());
        assertThat(run.lastOutput.getLast() - run.lastOutput.get(frames.size() - 2)).isEqualTo(accelerator.intervalCycles());
        return accelerator;
    }

    private static final class Run {
        final List<long[]> outputs = new ArrayList<>();
        final List<Long> lastOutput = new ArrayList<>();
        long firstInput = -1;
    }

    private static Run run(Accelerator accelerator, List<long[]> frames, double stall, long seed, Family family) {
        Simulation simulation = CompiledSimulator.compile(accelerator.design(family), seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<BitVector> offered = new ArrayList<>();
        frames.forEach(values -> offered.addAll(List.of(accelerator.input().pack(values))));
        simulation.set(0, 0);
        simulation.set(1, BitVector.zero(accelerator.input().wordBits()));
        simulation.set(2, 0);
        simulation.reset(true);
        simulation.clock();
        simulation.clock();
        simulation.reset(false);
        Run run = new Run();
        FrameFormat format = accelerator.output();
        List<BitVector> frame = new ArrayList<>();
        int sent = 0;
        boolean offering = false;
        for (long cycle = 0; run.outputs.size() < frames.size(); cycle++) {
            assertThat(cycle).as("no end").isLessThan(1_000_000);
            offering = sent < offered.size() && (offering || random.nextDouble() >= stall);
            boolean ready = random.nextDouble() >= stall;
            simulation.set(0, offering ? 1 : 0);
            if (offering) {
                simulation.set(1, offered.get(sent));
            }
            simulation.set(2, ready ? 1 : 0);
            if (offering && simulation.get(0) != 0) {
                run.firstInput = run.firstInput < 0 ? cycle : run.firstInput;
                sent++;
                offering = false;
            }
            if (ready && simulation.get(1) != 0) {
                frame.add(simulation.output(2));
                if (frame.size() == format.words()) {
                    List<BitVector> words = List.copyOf(frame);
                    run.outputs.add(format.unpack((word, low, width) ->
                            words.get(word).slice(low + width - 1, low).toLong()));
                    run.lastOutput.add(cycle);
                    frame.clear();
                }
            }
            simulation.clock();
        }
        return run;
    }
}
