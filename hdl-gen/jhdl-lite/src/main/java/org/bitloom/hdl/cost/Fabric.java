package org.bitloom.hdl.cost;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.ir.MemoryContents;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.verilog.Family;

/**
 * What the parts that blocks are made of cost in a family. Counts of LUTs follow from the number of their inputs; the few
 * figures that do not are fitted to Yosys 0.23.
 */
public final class Fabric {
    /** Memories of more words do not fit into one level of LUT memory. */
    private static final int DISTRIBUTED_WORDS = 64;

    /** Memories of fewer bits are not worth a block memory where LUTs are memory too. */
    private static final int BLOCK_BITS = 4096;

    /**
     * Where LUTs are no memory: so many bits in registers take a block memory's share of a device's logic cells. The
     * iCE40 HX8K has 240 cells for each, and a bit takes one and two thirds of another to choose it.
     */
    private static final int BLOCK_REGISTERS = 144;

    private static final Map<Family, Fabric> ALL = new EnumMap<>(Family.class);

    static {
        for (Family family : Family.values()) {
            ALL.put(family, new Fabric(family));
        }
    }

    private final Family family;
    private final boolean wide;

    /** Whether a slice chooses among its LUTs without any further LUT, up to four of them. */
    private final boolean slices;


    private Fabric(Family family) {
        this.family = family;
        wide = family.hasWideLuts();
        slices = family == Family.XILINX7 || family == Family.ULTRASCALE_PLUS;
    }

    public static Fabric of(Family family) {
        return Objects.requireNonNull(ALL.get(family));
    }

    public boolean hasWideLuts() {
        return wide;
    }

    /** Whether the LUTs of an adder also choose its operand, or between it and another. */
    public boolean hasChoosingAdders() {
        return slices;
    }

    /** LUTs of one bit that is any function of an address below {@code words}: leaves, and a choice among them. */
    public int function(int words) {
        if (words <= 2) {
            return 0;
        }
        int leaf = wide ? 64 : 16;
        if (words <= leaf) {
            return 1;
        }
        // A last leaf of few words is part of the choice.
        int few = leaf / 4;
        int leaves = words / leaf + (words % leaf > few ? 1 : 0);
        int choices = Math.ceilDiv(words, leaf);
        return leaves + (slices ? multiplexer(Math.ceilDiv(choices, 4)) : choices - 1);
    }

    /** LUTs of one bit chosen among several: four take two LUTs of four inputs, or one of six. */
    public int multiplexer(int choices) {
        if (choices <= 1) {
            return 0;
        }
        if (!wide) {
            // Three that are left over take as many LUTs as four.
            return Math.ceilDiv(2 * (choices - 1), 3) + (choices > 4 && choices % 4 == 3 ? 1 : 0);
        }
        return slices ? Math.ceilDiv(choices, 4) : Math.ceilDiv(choices - 1, 3);
    }

    /** LUTs of one bit chosen among several that each have a condition of their own. */
    public int selection(int choices) {
        // Without a slice's multiplexers six inputs are of use to few choices only.
        return wide && !slices && choices > 4 ? Math.ceilDiv(2 * (choices - 1), 3) : multiplexer(choices);
    }

    /** One bit of a register that takes one of several, under conditions that take some LUTs' inputs. */
    public int chooser(int choices, boolean simple) {
        return slices && !simple && (choices == 2 || choices == 3) ? 2 : multiplexer(choices);
    }

    /**
     * LUTs that compare a number with one of a table.
     *
     * @param bits      of both, with a sign
     * @param differing bits in which the table's words differ
     */
    public int comparison(int bits, int differing) {
        return switch (family) {
            case ECP5, GOWIN -> bits;
            case CYCLONE_V -> bits + differing;
            case XILINX7, ULTRASCALE_PLUS -> differing;
            case ICE40, ICE40_UP -> differing + Math.ceilDiv(Math.max(0, bits - 2 - differing), 3);
        };
    }

    /** LUTs that look at the bits in which no word of such a table differs, once for all of a number's comparisons. */
    public int equalBits(int bits, int differing) {
        return slices ? Math.ceilDiv(Math.max(0, bits - 2 - differing), 5) : 0;
    }

    /** Bits of which comparisons with constants are functions in LUTs, not carry chains. */
    public int mostCompared() {
        return family == Family.CYCLONE_V ? 1 : wide ? 8 : 4;
    }

    /** LUTs that compare a number with another one. */
    public int comparison(int bits) {
        return switch (family) {
            case ECP5, CYCLONE_V -> 2 * bits;
            case GOWIN -> 7 * bits / 4;
            case XILINX7, ULTRASCALE_PLUS, ICE40, ICE40_UP -> bits - 1;
        };
    }

    /**
     * LUTs that compare a number with another one and choose the greater.
     *
     * @param kept whether the other one stands in the register that the greater comes into, and stays there by its enable
     */
    public int maximum(int bits, boolean kept) {
        return 2 * bits + switch (family) {
            // Its cells do not invert.
            case GOWIN -> kept ? 0 : bits;
            // It begins and ends its carry chain with cells of their own.
            case CYCLONE_V -> kept ? 0 : 6;
            default -> 0;
        };
    }

    /** Whether a register of one bit has no enable: it is not worth a wire of its own, a LUT chooses. */
    public boolean enablesInLuts() {
        return family == Family.ECP5 || family == Family.GOWIN;
    }

    /** A counter from 0 to {@code count − 1} that steps under a condition. */
    public Resources counter(int count) {
        if (count == 1) {
            return Resources.NONE;
        }
        int bits = Component.bitsFor(count - 1);
        boolean even = Integer.bitCount(count) == 1;
        // An even one is carry chain alone on a slice, whose registers have enable and reset beside it.
        int lut = slices ? (even ? 0 : bits + 1) : (even ? bits + 1 : bits + 3);
        return new Resources(lut, bits, 0, 0, 2);
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
        if (columns.varying() == 0) {
            return Resources.NONE;
        }
        MemoryMapping mapping = MemoryMapping.of(family, style, true, clocked, columns.varying(), columns.depth());
        if (!mapping.isLogic()) {
            return mapped(mapping, columns.varying(), true);
        }
        int lut = columns.deep().isPresent()
                ? functions(columns.deep().get()).lut()
                : (int) Math.round(columns.distinct() * function(columns.depth()) * sharing(columns));
        return new Resources(
                lut, clocked ? registered(columns) : 0, 0, 0, depth(addressBits(columns.depth())));
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
        double functions = columns.deep().isPresent()
                ? functions(columns.deep().get()).lut()
                : columns.distinct() * function(columns.depth());
        return new Resources(
                (int) Math.round(columns.distinct() * stepping(inputs) + functions), registered(columns), 0, 0, depth(inputs) + 1);
    }

    /** Flip-flops of a table's word in LUTs: equal columns have one register, but on Cyclone V. */
    private int registered(RomColumns columns) {
        return family == Family.CYCLONE_V ? columns.varying() : columns.distinct();
    }

    /** LUTs that a column of a table takes beyond its function: fitted. */
    private double stepping(int inputs) {
        return wide ? (inputs <= 3 ? 0.4 : 0.1) : Math.max(0.7, 0.6 * inputs - 1.6);
    }

    /** Of many columns over few leaves the leaves become alike: fitted. */
    private double sharing(RomColumns columns) {
        if (wide || columns.depth() <= 32) {
            return 1;
        }
        double octaves = Math.log(Math.max(1, columns.distinct()) / 32.0) / Math.log(2);
        return columns.depth() > 64 ? 1.07 : Math.clamp(1.2 - 0.09 * octaves, 0.7, 1.2);
    }

    /** A table that is read by the clock and stands in LUTs whatever its size, at the cost of its very contents. */
    public Resources functions(MemoryContents contents) {
        FunctionCount functions = new FunctionCount(wide ? 6 : 4, slices);
        functions.add(contents);
        return new Resources(
                functions.luts(), RomColumns.of(contents).distinct(), 0, 0, depth(addressBits(contents.depth())));
    }

    /**
     * LUTs that tell which constants a number reaches: the bits below a constant's lowest one do not matter.
     *
     * @param bits of the number, with a sign where it has one
     */
    public int passes(int bits, boolean signed, List<Long> constants) {
        if (slices) {
            return reached(bits, constants);
        }
        int lut = 0;
        int inverted = 0;
        for (long constant : constants) {
            int matter = bits - (constant == 0 ? bits : Math.min(bits, Long.numberOfTrailingZeros(constant)));
            if (family == Family.CYCLONE_V && matter > 1 && bits > 6) {
                lut += matter + 4;
            } else if (wide || matter <= 4) {
                lut += matter <= 1 ? 0 : Math.ceilDiv(matter - 1, wide ? 5 : 3);
            } else if (adderCellsAreLuts()) {
                lut += matter;
            } else {
                // The carry chain is beside the LUTs; it takes the number inverted, once for all constants.
                lut += 1 + (signed ? 1 : 0) + (matter - 1) / 8;
                inverted = Math.max(inverted, matter);
            }
        }
        return lut + inverted;
    }

    /**
     * LUTs that add two numbers of which the lowest bits of the sum are not asked for.
     *
     * @param dropped  how many
     * @param passed   how many of these are those of one number, for the other one has zeros there
     * @param constant whether one is constant
     */
    public int adder(int bits, int dropped, int passed, boolean constant) {
        return switch (family) {
            // LUTs stand before the carry chain, also of dropped bits; for a constant they are wires.
            case XILINX7, ULTRASCALE_PLUS -> constant ? 0 : bits - passed;
            case ICE40, ICE40_UP -> bits - dropped;
            case ECP5, GOWIN -> bits - passed;
            // Yosys leaves the cells of this one as they are.
            case CYCLONE_V -> bits;
        };
    }

    /** The bits above all constants are looked at once; what is left of a constant's own joins the LUTs behind. */
    private static int reached(int bits, List<Long> constants) {
        long widest = constants.stream().mapToLong(c -> c < 0 ? ~c : c).max().orElse(0);
        int below = Math.min(bits, widest == 0 ? 0 : Component.bitsFor(widest));
        int inputs = constants.stream()
                .mapToInt(c -> Math.max(0, below - 1 - (c == 0 ? below : Math.min(below, Long.numberOfTrailingZeros(c)))))
                .sum();
        return Math.ceilDiv(inputs, 5) + (bits - below > 1 ? 1 + Math.ceilDiv(bits - below, 5) : 0);
    }

    /** Whether the cells of a carry chain are LUTs that do nothing else. */
    public boolean adderCellsAreLuts() {
        return family == Family.ECP5 || family == Family.GOWIN || family == Family.CYCLONE_V;
    }

    /** Where a table of so many words that is read by the clock lies on any device. */
    public static MemoryStyle tableStyle(int words) {
        return words > DISTRIBUTED_WORDS ? MemoryStyle.BLOCK : MemoryStyle.DISTRIBUTED;
    }

    /** Where a memory with one port for writing and one for reading lies best, if its reader may wait for a clock. */
    public MemoryStyle memoryFor(int width, int depth) {
        long bits = (long) width * depth;
        boolean block = MemoryMapping.hasLutMemory(family)
                ? depth > DISTRIBUTED_WORDS && bits >= BLOCK_BITS
                : bits >= (long) BLOCK_REGISTERS * ram(width, depth, MemoryStyle.BLOCK, true).bram();
        return block ? MemoryStyle.BLOCK : MemoryStyle.DISTRIBUTED;
    }

    /** A memory with one port for writing and one for reading. */
    public Resources ram(int width, int depth, MemoryStyle style, boolean clocked) {
        MemoryMapping mapping = MemoryMapping.of(family, style, false, clocked, width, depth);
        if (!mapping.isLogic()) {
            return mapped(mapping, width, clocked);
        }
        int address = addressBits(depth);
        // Fitted: the choice among many words takes more than that among many bits.
        int choice = wide || address <= 3 ? multiplexer(depth) : Math.ceilDiv(5 * (depth - 1), 6);
        int decoder = depth == 1 ? 0 : address <= (wide ? 5 : 3) ? depth : wide ? 2 * depth : Math.ceilDiv(5 * depth, 4);
        return new Resources(
                width * choice + decoder, width * depth + (clocked ? width : 0), 0, 0, depth(address + 2));
    }

    /** A word that comes so many steps later, as the Verilog writer builds it: shift registers, or a memory and a counter. */
    public Resources delay(int width, int cycles) {
        if (cycles > family.longestShiftRegister() && (long) cycles * width >= 256) {
            return ram(width, cycles - 1, MemoryStyle.AUTOMATIC, true).plus(counter(cycles - 1));
        }
        return slices && cycles > 2
                ? new Resources(width * Math.ceilDiv(cycles, 32), 0, 0, 0, 1)
                : register(width * cycles);
    }

    private Resources mapped(MemoryMapping mapping, int width, boolean clocked) {
        MemoryCell cell = mapping.usedCell();
        boolean block = cell.kind() == MemoryCell.Kind.BLOCK;
        int cells = cell.lutsByBit() ? width * mapping.rows() * cell.luts() : mapping.copies() * cell.luts();
        int rows = mapping.rows();
        // Five to eight rows are mapped as one wide function, which is more than it need be.
        int choice = slices && rows > 4 && rows <= 8 ? 3 : multiplexer(rows);
        // With four inputs the rows of many are told apart in several LUTs.
        int decoder = rows == 1 ? 0 : wide || rows <= 8 ? rows : 2 * rows + 28;
        int chooser = width * choice + decoder;
        int registers = block ? addressBits(rows) : clocked ? width : 0;
        return new Resources(
                cells + chooser, registers, mapping.copies() * cell.blocks(), 0, rows > 1 ? 2 : 1);
    }

    /** Whether a read-only memory whose word is registered is block memory. */
    public boolean isBlockRom(MemoryStyle style, int width, int depth) {
        return !MemoryMapping.of(family, style, true, true, width, depth).isLogic();
    }

    /** LUTs one behind the other from the address of a distributed memory to its word. */
    public int readDepth(int width, int depth) {
        MemoryMapping mapping = MemoryMapping.of(family, MemoryStyle.DISTRIBUTED, false, false, width, depth);
        // Four inputs choose between two words and hand on the choice; the address goes to all bits: fitted.
        return mapping.isLogic()
                ? (wide ? Math.ceilDiv(addressBits(depth), 2) : addressBits(depth) + addressBits(depth) / 2)
                : 1 + Math.ceilDiv(addressBits(mapping.rows()), 2);
    }

    /**
     * LUTs one behind the other of a comparison: with four inputs one operand is inverted before the carry chain, and one
     * more LUT takes the last carry.
     */
    public int comparisonDepth() {
        return wide ? 1 : 3;
    }

    /** LUTs one behind the other of a count of ones that is so deep in LUTs and adders: with four inputs fitted. */
    public int countDepth(int depth) {
        return wide ? depth : depth + Math.ceilDiv(depth, 2);
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
