package org.bitloom.hdl.differential;

import java.util.List;
import java.util.Optional;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Collision;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;

/**
 * Adds a random memory to a module: ROM or RAM, clocked and unclocked reads. Its words are always given. Addresses stay
 * below the depth. Nothing is written while warming up, and each clocked read takes word 0 then. Where collisions are
 * declared impossible they are: one half is read while the other is written, as a bit says.
 */
final class RandomMemory {
    private final RandomModule module;
    private final Choices choices;
    private final int wordWidth;
    private final int addressWidth;
    private final int depth;
    private final boolean writable;
    private final boolean apart;

    RandomMemory(RandomModule module) {
        this.module = module;
        this.choices = module.choices();
        this.wordWidth = module.profile().width(choices);
        int drawn = choices.between(1, module.profile().depth());
        int bits = 32 - Integer.numberOfLeadingZeros(drawn - 1);
        this.depth = choices.chance(50) ? drawn : 1 << bits;
        this.addressWidth = Math.max(1, bits);
        this.writable = choices.chance(50);
        this.apart = writable && depth > 1 && Integer.bitCount(depth) == 1 && choices.chance(30);
    }

    void add() {
        int reads = choices.between(1, 3);
        boolean[] clocked = new boolean[reads];
        boolean allClocked = true;
        for (int i = 0; i < reads; i++) {
            clocked[i] = apart || choices.chance(60);
            allClocked &= clocked[i];
        }
        boolean external = choices.chance(30);
        int contents = choices.below(1 << 16);
        int memory = module.builder().memory(
                module.unique("memory"),
                wordWidth,
                depth,
                style(allClocked),
                apart ? Collision.NEVER : Collision.READ_OLD,
                external ? Optional.empty() : Optional.of(RandomBits.contents(wordWidth, depth, contents)),
                external);
        int half = apart ? module.any(1) : -1;
        for (boolean isClocked : clocked) {
            int read = module.builder().memoryRead(memory);
            if (isClocked) {
                module.add(read);
                module.defer(() -> {
                    int enable = choices.chance(50) ? module.any(1) : Netlist.ALWAYS;
                    int address = module.zeroWhileWarm(address(half));
                    module.builder().defineRead(read, address, true, module.enabledWhileWarm(enable));
                });
            } else {
                int address = address(half);
                module.unclockedRead(read, address);
                module.builder().defineRead(read, address, false, Netlist.ALWAYS);
                module.add(read);
            }
        }
        if (writable) {
            int otherHalf = apart ? module.builder().not(half) : -1;
            int writes = module.profile().synthesis() || choices.chance(70) ? 1 : 2;
            for (int i = 0; i < writes; i++) {
                module.defer(() -> {
                    int enable = choices.chance(80) ? module.any(1) : Netlist.ALWAYS;
                    module.builder().memoryWrite(
                            memory, address(otherHalf), module.any(wordWidth), module.disabledWhileWarm(enable));
                });
            }
        }
    }

    private MemoryStyle style(boolean allClocked) {
        return switch (choices.below(4)) {
            case 1 -> allClocked && depth > 1 ? MemoryStyle.BLOCK : MemoryStyle.AUTOMATIC;
            case 2 -> module.profile().synthesis() ? MemoryStyle.AUTOMATIC : MemoryStyle.DISTRIBUTED;
            case 3 -> MemoryStyle.REGISTERS;
            default -> MemoryStyle.AUTOMATIC;
        };
    }

    /** An address below the depth, in one half of the memory if a half is given. */
    private int address(int half) {
        int address = module.any(addressWidth);
        if (half >= 0) {
            return addressWidth == 1
                    ? half
                    : module.builder().concat(List.of(half, module.builder().slice(address, addressWidth - 2, 0)));
        }
        if (depth == 1 << addressWidth) {
            return address;
        }
        int limit = module.builder().constant(BitVector.of(addressWidth, depth));
        return module.builder().mux(
                module.builder().less(false, address, limit),
                address,
                module.builder().constant(BitVector.zero(addressWidth)));
    }
}
