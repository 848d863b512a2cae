package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.sim.Interpreter;
import org.bitloom.hdl.sim.Simulation;
import org.bitloom.hdl.stream.Timing;

/**
 * Feeds words to a block with ports {@code in_*} and {@code out_*}, takes what comes out, and compares every cycle's
 * valid and ready with the block's timing. Valid and ready are withheld at random.
 */
final class StreamBench {
    private final Simulation simulation;
    private final Timing timing;
    private final RandomGenerator random;
    private final double stall;
    private final int inValid;
    private final int inData;
    private final int outReady;
    private final int inReady;
    private final int outValid;
    private final int outData;
    private final List<Long> outCycles = new ArrayList<>();

    StreamBench(Design design, Timing timing, double stall, long seed) {
        this.simulation = new Interpreter(design, seed);
        this.timing = timing;
        this.stall = stall;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Netlist top = design.top().module();
        List<String> inputs = top.inputs().stream().map(Netlist.InputPort::name).toList();
        List<String> outputs = top.outputs().stream().map(Netlist.OutputPort::name).toList();
        inValid = inputs.indexOf("in_valid");
        inData = inputs.indexOf("in_data");
        outReady = inputs.indexOf("out_ready");
        inReady = outputs.indexOf("in_ready");
        outValid = outputs.indexOf("out_valid");
        outData = outputs.indexOf("out_data");
    }

    /** Runs until {@code expected} words came out; fails where control differs from the timing or nothing happens. */
    List<BitVector> run(List<BitVector> words, int expected) {
        int dataBits = simulation.design().top().module().inputs().get(inData).width();
        simulation.set(inValid, 0);
        simulation.set(inData, BitVector.zero(dataBits));
        simulation.set(outReady, 0);
        simulation.reset(true);
        simulation.clock();
        simulation.clock();
        simulation.reset(false);
        List<BitVector> results = new ArrayList<>();
        int next = 0;
        boolean offering = false;
        int quiet = 0;
        for (long cycle = 0; results.size() < expected; cycle++) {
            offering = next < words.size() && (offering || random.nextDouble() >= stall);
            boolean ready = random.nextDouble() >= stall;
            simulation.set(inValid, offering ? 1 : 0);
            simulation.set(inData, offering ? words.get(next) : garbage(dataBits));
            simulation.set(outReady, ready ? 1 : 0);
            boolean accepted = simulation.get(inReady) != 0;
            boolean offered = simulation.get(outValid) != 0;
            assertThat(offered).as("out_valid in cycle %d", cycle).isEqualTo(timing.offers());
            assertThat(accepted).as("in_ready in cycle %d", cycle).isEqualTo(timing.accepts(ready));
            if (offered && ready) {
                results.add(simulation.output(outData));
                outCycles.add(cycle);
            }
            boolean moved = offering && accepted || offered && ready;
            quiet = moved ? 0 : quiet + 1;
            assertThat(quiet).as("cycles without a word moving, at cycle %d", cycle).isLessThan(100_000);
            simulation.clock();
            timing.clock(offering, ready);
            if (offering && accepted) {
                next++;
                offering = false;
            }
        }
        return results;
    }

    /** Cycle in which each word left. */
    List<Long> outCycles() {
        return outCycles;
    }

    private BitVector garbage(int width) {
        return BitVector.of(width, random.longs(BitVector.limbCount(width)).toArray());
    }
}
