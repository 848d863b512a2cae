package org.bitloom.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.InputPort;
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

    private final int[] inputAt;
    private final int[] inputLimbs;
    private final long[] inputMask;
    private final long[] inputAffects;
    private final Location[] outputs;
    private final long[] outputNeeds;
    private final long allPhases;
    private final long clockNeeds;
    private final long observationNeeds;
    private final Observation observation;
    private final int checkPhase;
    private final int clockPhase;
    private long stale;
    private boolean reset;
    private long cycle;

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

        Netlist module = design.top().module();
        List<InputPort> inputs = module.inputs();
        this.inputAt = new int[inputs.size()];
        this.inputLimbs = new int[inputs.size()];
        this.inputMask = new long[inputs.size()];
        this.inputAffects = new long[inputs.size()];
        int base = builder.topBase();
        int end = base + top.layout.size();
        for (int i = 0; i < inputAt.length; i++) {
            inputLimbs[i] = BitVector.limbCount(inputs.get(i).width());
            inputMask[i] = BitVector.topMask(inputs.get(i).width());
            inputAffects[i] = schedule.affectedBy(i);
            inputAt[i] = end;
            end += inputLimbs[i];
        }
        this.outputs = new Location[module.outputs().size()];
        this.outputNeeds = new long[outputs.length];
        List<BitVector> constants = new ArrayList<>();
        for (int i = 0; i < outputs.length; i++) {
            int limbs = BitVector.limbCount(module.outputs().get(i).width());
            outputs[i] = switch (top.output(i)) {
                case ModulePlan.PassedOutput o -> new Location(inputAt[o.input()], false, limbs);
                case ModulePlan.ConstantOutput o -> {
                    constants.add(o.value());
                    end += limbs;
                    yield new Location(end - limbs, false, limbs);
                }
                case ModulePlan.StateOutput o -> new Location(base + o.offset(), o.located(), limbs);
                case ModulePlan.ComputedOutput o -> {
                    outputNeeds[i] = schedule.upTo(o.phase());
                    yield new Location(base + o.offset(), false, limbs);
                }
            };
        }

        this.state = new long[end];
        builder.initialize(state);
        new InitialState(state, seed, places, resets).fill(design.top(), design.name(), base, top);
        this.observation = observationNeeds == 0 ? Observation.none() : Observation.of(places, builder);
        for (int i = 0; i < inputAt.length; i++) {
            if (inputLimbs[i] > 1) {
                state[base + top.inputSlot[i]] = inputAt[i];
            } else {
                inputAt[i] = base + top.inputSlot[i];
            }
        }
        for (int i = 0; i < outputs.length; i++) {
            if (top.output(i) instanceof ModulePlan.PassedOutput o) {
                outputs[i] = new Location(inputAt[o.input()], false, inputLimbs[o.input()]);
            } else if (top.output(i) instanceof ModulePlan.ConstantOutput o) {
                for (int limb = 0; limb < outputs[i].limbs(); limb++) {
                    state[outputs[i].at() + limb] = o.value().limb(limb);
                }
            }
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
        int at = inputAt[input];
        if (inputLimbs[input] > 1) {
            Arrays.fill(state, at + 1, at + inputLimbs[input], 0L);
            state[at] = value;
            stale |= inputAffects[input];
        } else {
            long masked = value & inputMask[input];
            if (state[at] != masked) {
                state[at] = masked;
                stale |= inputAffects[input];
            }
        }
    }

    @Override
    public void set(int input, long[] limbs, int offset) {
        int at = inputAt[input];
        int last = inputLimbs[input] - 1;
        System.arraycopy(limbs, offset, state, at, last);
        state[at + last] = limbs[offset + last] & inputMask[input];
        stale |= inputAffects[input];
    }

    @Override
    public long get(int output) {
        settle(outputNeeds[output]);
        return state[outputs[output].begin(state)];
    }

    @Override
    public void get(int output, long[] limbs, int offset) {
        settle(outputNeeds[output]);
        outputs[output].copy(state, limbs, offset);
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
