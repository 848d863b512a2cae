package org.bitloom.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.sim.InitialState.Place;
import org.bitloom.hdl.sim.InitialState.ResetValue;

/** Runs a {@link Program}: a phase is run when it is asked for and its inputs or the state have changed since. */
final class CompiledSimulation implements ObservedSimulation {
    private final Design design;
    private final Program program;
    private final Schedule schedule;
    private final long[] state;
    private final List<Place> places = new ArrayList<>();
    private final List<ResetValue> resets = new ArrayList<>();

    private final Input[] inputs;
    private final Output[] outputs;
    private final long allPhases;
    private final long clockNeeds;
    private final long observationNeeds;
    private final Observation observation;
    private final int checkPhase;
    private final int clockPhase;
    private long stale;
    private boolean reset;
    private long cycle;

    /**
     * An input port of the top.
     *
     * @param mask    the bits of its last limb
     * @param affects phases that may give something else when it changes
     */
    private record Input(int at, int limbs, long mask, long affects) {}

    /** @param needs phases that compute it */
    private record Output(Location location, long needs) {}

    CompiledSimulation(Design design, ModulePlan top, Program program, ProgramBuilder builder, long seed) {
        this.design = design;
        this.program = program;
        this.schedule = new Schedule(top.phases());
        this.checkPhase = schedule.find(Phase.Kind.CHECK);
        this.clockPhase = schedule.find(Phase.Kind.CLOCK);
        this.clockNeeds = schedule.beforeClock();
        this.observationNeeds = schedule.upTo(schedule.find(Phase.Kind.OBSERVE));
        this.allPhases = schedule.all();
        this.stale = allPhases;

        int base = builder.topBase();
        this.state = new long[base + top.layout.size()];
        builder.initialize(state);
        new InitialState(state, seed, places, resets).fill(design.top(), design.name(), base, top);
        this.observation = observationNeeds == 0 ? Observation.none() : Observation.of(places, builder);

        Netlist module = design.top().module();
        this.inputs = new Input[module.inputs().size()];
        for (int i = 0; i < inputs.length; i++) {
            int width = module.inputs().get(i).width();
            int slot = base + top.inputSlot[i];
            if (width > 64) {
                state[slot] = slot + 1;
            }
            inputs[i] = new Input(
                    width > 64 ? slot + 1 : slot,
                    BitVector.limbCount(width),
                    BitVector.topMask(width),
                    schedule.affectedBy(i));
        }
        this.outputs = new Output[module.outputs().size()];
        for (int i = 0; i < outputs.length; i++) {
            int limbs = BitVector.limbCount(module.outputs().get(i).width());
            outputs[i] = switch (top.output(i)) {
                case ModulePlan.PassedOutput o -> new Output(new Location(inputs[o.input()].at(), false, limbs), 0);
                case ModulePlan.ConstantOutput o ->
                    new Output(new Location(builder.constant(o.value()), false, limbs), 0);
                case ModulePlan.StateOutput o ->
                    new Output(new Location(base + o.offset(), o.located(), limbs), 0);
                case ModulePlan.ComputedOutput o ->
                    new Output(new Location(base + o.offset(), false, limbs), schedule.upTo(o.phase()));
            };
        }
    }

    @Override
    public Design design() {
        return design;
    }

    @Override
    public void reset(boolean active) {
        reset = active;
    }

    @Override
    public void set(int input, long value) {
        Input port = inputs[input];
        long own = port.limbs == 1 ? value & port.mask : value;
        if (port.limbs > 1) {
            Arrays.fill(state, port.at + 1, port.at + port.limbs, 0L);
            stale |= port.affects;
        } else if (state[port.at] != own) {
            stale |= port.affects;
        }
        state[port.at] = own;
    }

    @Override
    public void set(int input, long[] limbs, int offset) {
        Input port = inputs[input];
        int last = port.limbs - 1;
        System.arraycopy(limbs, offset, state, port.at, last);
        state[port.at + last] = limbs[offset + last] & port.mask;
        stale |= port.affects;
    }

    @Override
    public long get(int output) {
        Output port = outputs[output];
        settle(port.needs);
        return state[port.location.begin(state)];
    }

    @Override
    public void get(int output, long[] limbs, int offset) {
        Output port = outputs[output];
        settle(port.needs);
        port.location.copy(state, limbs, offset);
    }

    @Override
    public void clock() {
        settle(clockNeeds);
        if (checkPhase >= 0) {
            program.run(state, checkPhase);
            if (state[Program.FAILURE] != Program.NO_FAILURE) {
                fail();
            }
        }
        if (clockPhase >= 0) {
            program.run(state, clockPhase);
            stale = allPhases;
        }
        if (reset) {
            for (ResetValue value : resets) {
                value.apply(state);
            }
        }
        cycle++;
    }

    @Override
    public long cycle() {
        return cycle;
    }

    @Override
    public List<Signal> signals() {
        return observation.signals();
    }

    @Override
    public void read(int signal, long[] limbs, int offset) {
        settle(observationNeeds);
        observation.locations().get(signal).copy(state, limbs, offset);
    }

    private void settle(long needed) {
        long due = needed & stale;
        if (due != 0) {
            schedule.run(program, state, due);
            stale &= ~due;
        }
    }

    /** A failure under reset is none. */
    private void fail() {
        int base = (int) (state[Program.FAILURE] >>> 32);
        int rank = (int) state[Program.FAILURE];
        state[Program.FAILURE] = Program.NO_FAILURE;
        if (reset) {
            return;
        }
        BigInteger address = BitVector.of(
                        (int) (64 * state[Program.ADDRESS_SIZE]),
                        Arrays.copyOfRange(
                                state, Program.ADDRESS, Program.ADDRESS + (int) state[Program.ADDRESS_SIZE]))
                .toUnsigned();
        for (Place place : places) {
            if (place.base() == base) {
                throw place.plan()
                        .checks
                        .get(rank)
                        .failure(place.plan().graph.module, place.path(), cycle, address.toString());
            }
        }
        throw new IllegalStateException("a check failed nowhere");
    }
}
