package org.bitloom.hdl.sim;

import java.util.Optional;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist.DelayDefinition;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Netlist.RegisterDefinition;

/**
 * What the state of a design holds before the first clock edge, the same in every simulator of the project. A register
 * with a reset value starts with it, a memory word with its contents. Everything else starts with random limbs: a hash
 * of (seed, path of the instance, name of the element, address, limb) by splitmix64 (Steele, Lea, Flood: Fast
 * splittable pseudorandom number generators). The path of the top is the design's name, that of a child its parent's
 * path, a point and the instance's name.
 */
final class PowerUp {
    private final long seed;

    PowerUp(long seed) {
        this.seed = seed;
    }

    static String child(String path, String instance) {
        return path + "." + instance;
    }

    BitVector register(String path, RegisterDefinition register) {
        return register.reset().orElseGet(() -> random(register.width(), key(path, register.name()), 0));
    }

    /** @param contents the memory's contents in this occurrence; words beyond them are unknown */
    BitVector word(String path, MemoryDefinition memory, Optional<MemoryContents> contents, int address) {
        return contents.filter(c -> address < c.depth())
                .map(c -> c.word(address))
                .orElseGet(() -> random(memory.wordWidth(), key(path, memory.name()), address));
    }

    /** What clocked read port {@code port} shows. */
    BitVector read(String path, MemoryDefinition memory, int port) {
        return random(memory.wordWidth(), readKey(path, memory, port), 0);
    }

    /** @param age the value that went in so many enabled edges ago: 1 is the newest, {@code cycles} the one shown */
    BitVector delayed(String path, DelayDefinition delay, int age) {
        return random(delay.width(), key(path, delay.name()), age);
    }

    long readKey(String path, MemoryDefinition memory, int port) {
        return key(path, memory.name() + ".read" + port);
    }

    /** Stands for one element in {@link #limb}. */
    long key(String path, String element) {
        long hash = mix(seed);
        for (int i = 0; i < path.length(); i++) {
            hash = mix(hash ^ path.charAt(i));
        }
        hash = mix(hash);
        for (int i = 0; i < element.length(); i++) {
            hash = mix(hash ^ element.charAt(i));
        }
        return hash;
    }

    /** Limb {@code limb} of word {@code address} of an element; bits above the width are for the caller to clear. */
    static long limb(long key, long address, int limb) {
        return mix(mix(key ^ address) ^ limb);
    }

    private static BitVector random(int width, long key, long address) {
        long[] limbs = new long[BitVector.limbCount(width)];
        for (int i = 0; i < limbs.length; i++) {
            limbs[i] = limb(key, address, i);
        }
        return BitVector.of(width, limbs);
    }

    private static long mix(long state) {
        long z = state + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
