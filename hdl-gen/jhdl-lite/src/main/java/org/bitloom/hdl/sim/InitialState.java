package org.bitloom.hdl.sim;

import java.util.List;
import java.util.Optional;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.DelayDefinition;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Netlist.RegisterDefinition;
import org.bitloom.hdl.ir.Occurrence;

/** Fills the state of all occurrences as {@link PowerUp} has it, and notes where they and their reset values lie. */
final class InitialState {
    /** @param base where in the state the occurrence begins */
    record Place(String path, int base, ModulePlan plan) {}

    private final long[] state;
    private final PowerUp powerUp;
    private final List<Place> places;
    private final List<ResetValue> resets;

    /** What a register holds after an edge under reset. */
    record ResetValue(int at, BitVector value) {
        void apply(long[] state) {
            for (int i = 0; i < BitVector.limbCount(value.width()); i++) {
                state[at + i] = value.limb(i);
            }
        }
    }

    InitialState(long[] state, long seed, List<Place> places, List<ResetValue> resets) {
        this.state = state;
        this.powerUp = new PowerUp(seed);
        this.places = places;
        this.resets = resets;
    }

    void fill(Occurrence occurrence, String path, int base, ModulePlan plan) {
        places.add(new Place(path, base, plan));
        Netlist module = occurrence.module();
        StateLayout layout = plan.layout;
        for (int i = 0; i < module.registers().size(); i++) {
            RegisterDefinition register = module.registers().get(i);
            int at = base + layout.registers[i];
            put(at, powerUp.register(path, register));
            register.reset().ifPresent(value -> resets.add(new ResetValue(at, value)));
        }
        for (int i = 0; i < module.delays().size(); i++) {
            delay(path, module.delays().get(i), base + layout.delays[i]);
        }
        for (int i = 0; i < module.memories().size(); i++) {
            MemoryDefinition memory = module.memories().get(i);
            memory(path, memory, occurrence.contents().get(i), base + layout.memories[i]);
            for (int port = 0; port < memory.reads().size(); port++) {
                int at = base + layout.reads[i][port];
                if (StateLayout.isLocated(memory)) {
                    state[at++] = at;
                }
                put(at, powerUp.read(path, memory, port));
            }
        }
        for (int i = 0; i < module.instances().size(); i++) {
            String child = PowerUp.child(path, module.instances().get(i).name());
            fill(occurrence.children().get(i), child, base + plan.childOffset[i], plan.graph.children[i]);
        }
    }

    private void delay(String path, DelayDefinition delay, int at) {
        int cycles = delay.cycles();
        int limbs = BitVector.limbCount(delay.width());
        if (limbs == 1) {
            put(at, powerUp.delayed(path, delay, cycles));
            for (int age = 1; age < cycles; age++) {
                put(at + 2 + cycles - 1 - age, powerUp.delayed(path, delay, age));
            }
        } else {
            state[at] = at + 1;
            for (int age = 1; age <= cycles; age++) {
                put(at + 1 + (cycles - age) * limbs, powerUp.delayed(path, delay, age));
            }
        }
    }

    private void memory(String path, MemoryDefinition memory, Optional<MemoryContents> contents, int at) {
        int limbs = BitVector.limbCount(memory.wordWidth());
        int known = contents.map(c -> Math.min(c.depth(), memory.depth())).orElse(0);
        contents.ifPresent(c -> System.arraycopy(c.limbs(), 0, state, at, known * limbs));
        long key = powerUp.key(path, memory.name());
        long top = BitVector.topMask(memory.wordWidth());
        for (int address = known; address < memory.depth(); address++) {
            for (int limb = 0; limb < limbs; limb++) {
                state[at + address * limbs + limb] = PowerUp.limb(key, address, limb) & (limb == limbs - 1 ? top : -1L);
            }
        }
    }

    private void put(int at, BitVector value) {
        for (int i = 0; i < BitVector.limbCount(value.width()); i++) {
            state[at + i] = value.limb(i);
        }
    }
}
