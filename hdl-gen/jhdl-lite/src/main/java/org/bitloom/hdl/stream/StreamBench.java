package org.bitloom.hdl.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.sim.Simulation;
import org.jspecify.annotations.Nullable;

/**
 * Runs a component that has nothing but streams as ports: offers words, takes what comes, and demands in each cycle that
 * the rule of streams and the component's {@link Timing} are kept. While no word is offered the data are random.
 */
public final class StreamBench {
    private final Simulation simulation;
    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    private final Map<String, Source> sources = new LinkedHashMap<>();
    private final Map<String, Sink> sinks = new LinkedHashMap<>();
    private @Nullable Timing timing;
    private List<String> timedInputs = List.of();
    private List<String> timedOutputs = List.of();
    private long cycle;

    public StreamBench(Simulation simulation) {
        this.simulation = simulation;
        Netlist top = simulation.design().top().module();
        top.inputs().forEach(port -> simulation.set(input(port.name()), BitVector.zero(port.width())));
    }

    /** What the stream from {@code in} to {@code out} must follow; new, as after reset. */
    public StreamBench follow(Timing expected) {
        return follow(expected, List.of("in"), List.of("out"));
    }

    /** What these streams must follow, in the order in which the timing counts them; new, as after reset. */
    public StreamBench follow(Timing expected, List<String> inputs, List<String> outputs) {
        timing = expected;
        timedInputs = List.copyOf(inputs);
        timedOutputs = List.copyOf(outputs);
        return this;
    }

    /** Offers words at an input stream, behind those that it still has to offer. */
    public StreamBench feed(String stream, List<BitVector> words, Stalls stalls) {
        Source source = sources.computeIfAbsent(stream, Source::new);
        source.words.addAll(words);
        source.stalls = stalls;
        return this;
    }

    /** Takes words from an output stream. */
    public StreamBench take(String stream, Stalls stalls) {
        sinks.computeIfAbsent(stream, Sink::new).stalls = stalls;
        return this;
    }

    /** Holds reset for two cycles. Words in the component are lost, and all that was offered and given is forgotten. */
    public StreamBench reset() {
        simulation.reset(true);
        sources.values().forEach(source -> simulation.set(source.valid, 0));
        simulation.clock();
        simulation.clock();
        simulation.reset(false);
        sources.clear();
        sinks.clear();
        timing = null;
        cycle = 0;
        return this;
    }

    /** @throws AssertionError where a stream or the timing is not kept */
    public void run(long cycles) {
        for (long i = 0; i < cycles; i++) {
            step();
        }
    }

    /**
     * Runs until a stream has given so many words.
     *
     * @throws AssertionError also where no word moves on any stream for 100,000 cycles
     */
    public void runUntil(String stream, int count) {
        int quiet = 0;
        while (given(stream).size() < count) {
            quiet = step() ? 0 : quiet + 1;
            require(quiet < 100_000, "no word has moved for " + quiet + " cycles");
        }
    }

    /** The words that an output stream gave. */
    public List<BitVector> given(String stream) {
        return sink(stream).words;
    }

    /** The cycles in which it gave them, from 0 on. */
    public List<Long> cycles(String stream) {
        return sink(stream).cycles;
    }

    /** How many words an input stream took. */
    public int taken(String stream) {
        Source source = sources.get(stream);
        return source == null ? 0 : source.next;
    }

    private Sink sink(String stream) {
        Sink sink = sinks.get(stream);
        if (sink == null) {
            throw new IllegalArgumentException("nothing takes words from stream " + stream);
        }
        return sink;
    }

    private boolean step() {
        sources.values().forEach(Source::drive);
        sinks.values().forEach(Sink::drive);
        boolean moved = false;
        Timing expected = timing;
        if (expected != null) {
            compare(expected);
        }
        for (Source source : sources.values()) {
            moved |= source.sample();
        }
        for (Sink sink : sinks.values()) {
            moved |= sink.sample();
        }
        simulation.clock();
        cycle++;
        return moved;
    }

    private void compare(Timing expected) {
        int offered = 0;
        int taken = 0;
        for (int i = 0; i < timedInputs.size(); i++) {
            Source source = sources.get(timedInputs.get(i));
            offered |= source != null && source.offering ? 1 << i : 0;
        }
        for (int i = 0; i < timedOutputs.size(); i++) {
            taken |= sink(timedOutputs.get(i)).ready ? 1 << i : 0;
        }
        int valid = expected.valid(offered);
        int ready = expected.ready(offered, taken);
        for (int i = 0; i < timedOutputs.size(); i++) {
            String port = timedOutputs.get(i) + "_valid";
            require(simulation.get(output(port)) == (valid >>> i & 1), port + " is not as in the timing");
        }
        for (int i = 0; i < timedInputs.size(); i++) {
            String port = timedInputs.get(i) + "_ready";
            require(simulation.get(output(port)) == (ready >>> i & 1), port + " is not as in the timing");
        }
        expected.clock(offered, taken);
    }

    private void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(simulation.design().name() + ", cycle " + cycle + " after reset: " + message);
        }
    }

    private int input(String name) {
        List<Netlist.InputPort> ports = simulation.design().top().module().inputs();
        return index(ports.stream().map(Netlist.InputPort::name).toList(), name);
    }

    private int output(String name) {
        List<Netlist.OutputPort> ports = simulation.design().top().module().outputs();
        return index(ports.stream().map(Netlist.OutputPort::name).toList(), name);
    }

    private static int index(List<String> names, String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("there is no port " + name + " among " + names);
        }
        return index;
    }

    private final class Source {
        final int valid;
        final int data;
        final int ready;
        final int width;
        final List<BitVector> words = new ArrayList<>();
        Stalls stalls = Stalls.never();
        int next;
        boolean offering;

        Source(String stream) {
            valid = input(stream + "_valid");
            data = input(stream + "_data");
            ready = output(stream + "_ready");
            width = simulation.design().top().module().inputs().get(data).width();
        }

        void drive() {
            boolean stalled = stalls.at(cycle);
            offering = next < words.size() && (offering || !stalled);
            simulation.set(valid, offering ? 1 : 0);
            simulation.set(data, offering ? words.get(next) : noise());
        }

        private BitVector noise() {
            return BitVector.of(width, random.longs(BitVector.limbCount(width)).toArray());
        }

        boolean sample() {
            boolean moves = offering && simulation.get(ready) != 0;
            if (moves) {
                next++;
                offering = false;
            }
            return moves;
        }
    }

    private final class Sink {
        final String name;
        final int valid;
        final int data;
        final int readyPort;
        final List<BitVector> words = new ArrayList<>();
        final List<Long> cycles = new ArrayList<>();
        Stalls stalls = Stalls.never();
        boolean ready;
        @Nullable BitVector waiting;

        Sink(String stream) {
            name = stream;
            valid = output(stream + "_valid");
            data = output(stream + "_data");
            readyPort = input(stream + "_ready");
        }

        void drive() {
            ready = !stalls.at(cycle);
            simulation.set(readyPort, ready ? 1 : 0);
        }

        boolean sample() {
            boolean offered = simulation.get(valid) != 0;
            require(offered || waiting == null, "stream " + name + " has withdrawn its word");
            if (!offered) {
                return false;
            }
            BitVector word = simulation.output(data);
            require(waiting == null || word.equals(waiting), "stream " + name + " has changed its word");
            waiting = ready ? null : word;
            if (ready) {
                words.add(word);
                cycles.add(cycle);
            }
            return ready;
        }
    }
}
