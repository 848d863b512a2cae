package org.bitloom.sim;

import java.util.ArrayList;
import java.util.List;
import org.bitloom.hdl.sim.ObservedSimulation;

/** A {@link BuiltInSimulation} whose inner streams are looked at in each cycle after reset. */
final class WatchedSimulation implements ClockedDesign {
    private final BuiltInSimulation pins;
    private final ObservedSimulation inside;
    private final Watch watch;
    private final List<Place> places = new ArrayList<>();
    private boolean running;
    private long cycle;

    /** Indices of a stream's signals; ready may be −1. */
    private record Place(int valid, int ready, int data, long[] bit, long[] word, long[] cut, long[] known) {}

    WatchedSimulation(BuiltInSimulation pins, ObservedSimulation inside, Watch watch) {
        this.pins = pins;
        this.inside = inside;
        this.watch = watch;
        for (InnerStream stream : watch.streams()) {
            int data = signal(stream, stream.port().data());
            int limbs = WordStream.limbsFor(stream.bits());
            places.add(new Place(
                    signal(stream, stream.port().valid()),
                    stream.hasReady() ? signal(stream, stream.port().ready()) : -1,
                    data,
                    new long[1],
                    new long[WordStream.limbsFor(inside.signals().get(data).width())],
                    new long[limbs],
                    new long[limbs]));
        }
    }

    private int signal(InnerStream stream, String name) {
        List<String> scope = List.of(inside.design().name(), stream.instance());
        for (int i = 0; i < inside.signals().size(); i++) {
            ObservedSimulation.Signal signal = inside.signals().get(i);
            if (signal.name().equals(name) && signal.scope().equals(scope)) {
                return i;
            }
        }
        throw new IllegalArgumentException(inside.design().name() + " has no " + stream.instance() + "." + name);
    }

    @Override
    public void reset(boolean asserted) {
        pins.reset(asserted);
        running = !asserted;
        cycle = 0;
    }

    @Override
    public void input(boolean valid, long[] limbs, int offset) {
        pins.input(valid, limbs, offset);
    }

    @Override
    public void outputReady(boolean ready) {
        pins.outputReady(ready);
    }

    @Override
    public void settle() {
        pins.settle();
    }

    @Override
    public boolean inputReady() {
        return pins.inputReady();
    }

    @Override
    public boolean outputValid() {
        return pins.outputValid();
    }

    @Override
    public void outputData(long[] limbs, int offset) {
        pins.outputData(limbs, offset);
    }

    @Override
    public void clock() {
        if (running) {
            for (int i = 0; i < places.size(); i++) {
                look(i, places.get(i));
            }
            cycle++;
        }
        pins.clock();
    }

    private void look(int index, Place place) {
        if (!isOne(place.valid(), place.bit()) || place.ready() >= 0 && !isOne(place.ready(), place.bit())) {
            return;
        }
        InnerStream stream = watch.streams().get(index);
        inside.read(place.data(), place.word(), 0);
        for (int i = 0; i < place.cut().length; i++) {
            place.cut()[i] = Limbs.field(place.word(), 0, stream.low() + 64 * i, Math.min(64, stream.bits() - 64 * i));
        }
        watch.listener().word(index, cycle, place.cut(), place.known());
    }

    private boolean isOne(int signal, long[] bit) {
        inside.read(signal, bit, 0);
        return bit[0] != 0;
    }
}
