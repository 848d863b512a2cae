package org.bitloom.hdl.sim;

import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.DelayDefinition;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;

/**
 * Where one occurrence of a module keeps what lasts, as offsets from its base in the state. The block of a child lies
 * within its parent's, behind the parent's own words.
 *
 * <ul>
 *   <li>register: its value
 *   <li>delay line of at most 64 bits: the value shown, the place in the ring, a ring of {@code cycles − 1} words
 *   <li>wider delay line: where in the state the word shown lies, then a ring of {@code cycles + 1} words
 *   <li>clocked read: the word; of a ROM of more than 64 bits only where in the state it lies, then its first word
 *   <li>memory: its words, and one more that stays 0, for reads beyond the depth
 * </ul>
 */
final class StateLayout {
    final int[] registers;
    final int[] delays;
    final int[] memories;
    final int[][] reads;
    private int size;

    StateLayout(Netlist module) {
        registers = new int[module.registers().size()];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = allocate(BitVector.limbCount(module.registers().get(i).width()));
        }
        delays = new int[module.delays().size()];
        for (int i = 0; i < delays.length; i++) {
            DelayDefinition delay = module.delays().get(i);
            int limbs = BitVector.limbCount(delay.width());
            delays[i] = allocate(limbs == 1 ? 1 + delay.cycles() : 1 + limbs * (delay.cycles() + 1));
        }
        memories = new int[module.memories().size()];
        reads = new int[memories.length][];
        for (int i = 0; i < memories.length; i++) {
            MemoryDefinition memory = module.memories().get(i);
            int limbs = BitVector.limbCount(memory.wordWidth());
            reads[i] = new int[memory.reads().size()];
            for (int port = 0; port < reads[i].length; port++) {
                reads[i][port] = allocate(isLocated(memory) ? 1 + limbs : limbs);
            }
        }
        for (int i = 0; i < memories.length; i++) {
            MemoryDefinition memory = module.memories().get(i);
            memories[i] = allocate(
                    Math.multiplyExact(memory.depth() + 1, BitVector.limbCount(memory.wordWidth())));
        }
    }

    /** Whether clocked reads keep where their word lies instead of the word, which never changes. */
    static boolean isLocated(MemoryDefinition memory) {
        return memory.isRom() && memory.wordWidth() > 64;
    }

    int allocate(int limbs) {
        int offset = size;
        size = Math.addExact(size, limbs);
        return offset;
    }

    int size() {
        return size;
    }
}
