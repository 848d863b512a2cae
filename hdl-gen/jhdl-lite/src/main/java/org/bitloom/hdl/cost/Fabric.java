package org.bitloom.hdl.cost;

import java.util.EnumMap;
import java.util.Map;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.verilog.Family;

/**
 * What the parts that blocks are made of cost in a family. Counts of LUTs follow from the number of their inputs; the few
 * figures that do not are fitted to Yosys 0.23.
 */
public final class Fabric {
    private static final Map<Family, Fabric> ALL = new EnumMap<>(Family.class);

    static {
        for (Family family : Family.values()) {
            ALL.put(family, new Fabric(family));
        }
    }

    private final Family family;
    private final boolean wide;

    private Fabric(Family family) {
        this.family = family;
        wide = family.hasWideLuts();
    }

    public static Fabric of(Family family) {
        return ALL.get(family);
    }

    public boolean hasWideLuts() {
        return wide;
    }

    /** LUTs of one bit that is any function of so many bits: leaves, and multiplexers that choose among them. */
    public int function(int inputs) {
        int size = wide ? 6 : 4;
        if (inputs <= 1) {
            return 0;
        }
        if (inputs <= size) {
            return 1;
        }
        // Up to 8 inputs, wide multiplexers of the slice are free beside the LUTs.
        boolean free = family == Family.XILINX7 || family == Family.ULTRASCALE_PLUS;
        int leaves = 1 << Math.min(inputs - size, 20);
        int chosen = free ? Math.ceilDiv(leaves, 4) : leaves;
        return leaves + multiplexer(chosen);
    }

    /** LUTs of one bit chosen among several. */
    public int multiplexer(int choices) {
        if (choices <= 1) {
            return 0;
        }
        return wide ? Math.ceilDiv(choices - 1, 3) : choices - 1;
    }

    /** A counter from 0 to {@code count − 1} that steps under a condition. */
    public Resources counter(int count) {
        if (count == 1) {
            return Resources.NONE;
        }
        int bits = Component.bitsFor(count - 1);
        boolean even = Integer.bitCount(count) == 1;
        int lut = wide ? (even ? bits : bits + 2) : (even ? bits : bits + 2);
        return new Resources(lut + 1, bits, 0, 0, 2);
    }

    /** A register. */
    public Resources register(int bits) {
        return Resources.flipFlops(bits);
    }

    /**
     * A read-only memory whose word is registered, or stands at once.
     *
     * @param clocked the word comes in the cycle after its address
     */
    public Resources rom(RomColumns columns, MemoryStyle style, boolean clocked) {
        MemoryMapping mapping = MemoryMapping.of(family, style, true, clocked, columns.width(), columns.depth());
        if (!mapping.isLogic()) {
            return mapped(mapping, columns.width(), columns.depth(), true);
        }
        int inputs = addressBits(columns.depth());
        // Two words: each column is the address, as it is or inverted.
        return new Resources(columns.distinct() * function(inputs), clocked ? columns.distinct() : 0, 0, 0, depth(inputs));
    }

    /**
     * A table in LUTs, read at once by a counter: synthesis keeps its word in registers in place of the counter's value,
     * so that each column is a function of all that makes the counter step.
     */
    public Resources table(RomColumns columns) {
        if (columns.depth() == 1) {
            return Resources.NONE;
        }
        int inputs = addressBits(columns.depth());
        int each = Math.max(1, function(inputs));
        return new Resources(columns.distinct() * each, columns.distinct(), 0, 0, depth(inputs) + 1);
    }

    /** Whether a number of so many bits passes a constant. */
    public int compare(int bits) {
        return wide ? Math.ceilDiv(bits - 1, 5) : Math.ceilDiv(bits - 1, 3);
    }

    /** A memory with one port for writing and one for reading. */
    public Resources ram(int width, int depth, MemoryStyle style, boolean clocked) {
        MemoryMapping mapping = MemoryMapping.of(family, style, false, clocked, width, depth);
        if (!mapping.isLogic()) {
            return mapped(mapping, width, depth, clocked);
        }
        int address = addressBits(depth);
        int decoder = depth == 1 ? 0 : depth * (wide && address <= 5 || address <= 3 ? 1 : 2);
        return new Resources(
                width * multiplexer(depth) + decoder, width * depth + (clocked ? width : 0), 0, 0, depth(address + 2));
    }

    /** A word that comes so many steps later, as the Verilog writer builds it: shift registers, or a memory and a counter. */
    public Resources delay(int width, int cycles) {
        boolean shifts = family == Family.XILINX7 || family == Family.ULTRASCALE_PLUS;
        if (cycles > family.longestShiftRegister() && (long) cycles * width >= 256) {
            return ram(width, cycles - 1, MemoryStyle.AUTOMATIC, true).plus(counter(cycles - 1));
        }
        return shifts && cycles > 2
                ? new Resources(width * Math.ceilDiv(cycles, 32), 0, 0, 0, 1)
                : register(width * cycles);
    }

    private Resources mapped(MemoryMapping mapping, int width, int depth, boolean clocked) {
        MemoryCell cell = mapping.usedCell();
        boolean block = cell.kind() == MemoryCell.Kind.BLOCK;
        int cells = cell.lutsByBit() ? width * mapping.rows() * cell.luts() : mapping.copies() * cell.luts();
        int chooser = width * multiplexer(mapping.rows()) + (mapping.rows() > 1 ? mapping.rows() : 0);
        int registers = block ? (mapping.rows() > 1 ? addressBits(mapping.rows()) : 0) : clocked ? width : 0;
        return new Resources(
                cells + chooser, registers, mapping.copies() * cell.blocks(), 0, mapping.rows() > 1 ? 2 : 1);
    }

    /** LUTs one behind the other of a function of so many bits. */
    public int depth(int inputs) {
        int size = wide ? 6 : 4;
        return inputs <= 1 ? 0 : inputs <= size ? 1 : 1 + Math.ceilDiv(inputs - size, 2);
    }

    public static int addressBits(int depth) {
        return depth <= 1 ? 0 : Component.bitsFor(depth - 1);
    }
}
