package org.bitloom.hdl.cost;

import static org.bitloom.hdl.cost.MemoryCell.Kind.BLOCK;
import static org.bitloom.hdl.cost.MemoryCell.Kind.DISTRIBUTED;

import java.util.List;
import org.bitloom.hdl.verilog.Family;

/**
 * A memory cell that a synthesizer can use, as Yosys 0.23 describes it in its library files (share/yosys/*&#47;brams*.txt,
 * lutrams*.txt); those with a port for reading and one for writing only.
 *
 * @param addressBits    of the narrowest words
 * @param widths         of words, each half as many as of the one before
 * @param leastWrite     index of the narrowest word that can be written
 * @param mostWrite      index of the widest word that can be written
 * @param writeBits      bits that are written together in wide words; 0: the whole word
 * @param cost           by Yosys' measure
 * @param scaled         how much of the cost counts only for the bits that are used
 * @param roms           whether it serves as ROM
 * @param blocks         block memories of the smallest kind
 * @param luts           LUTs of the cell
 * @param lutsByBit      whether only the bits that are used take LUTs, so many each
 */
record MemoryCell(
        Kind kind,
        int addressBits,
        List<Integer> widths,
        int leastWrite,
        int mostWrite,
        int writeBits,
        double cost,
        double scaled,
        boolean roms,
        int blocks,
        int luts,
        boolean lutsByBit) {
    enum Kind {
        BLOCK,
        DISTRIBUTED
    }

    private static final List<Integer> NARROW = List.of(1, 2, 4, 9);
    private static final List<Integer> TO_18 = List.of(1, 2, 4, 9, 18);
    private static final List<Integer> TO_36 = List.of(1, 2, 4, 9, 18, 36);
    private static final List<Integer> TO_72 = List.of(1, 2, 4, 9, 18, 36, 72);

    private static final List<MemoryCell> XILINX_BLOCKS = List.of(
            block(14, TO_18, 129, 1),
            block(15, TO_36, 257, 2),
            block(16, NARROW, 513, 4),
            block(14, TO_36, 129, 1),
            block(15, TO_72, 257, 2));

    private static final List<MemoryCell> XILINX7 = List.of(
            lutMemory(5, 4, 8, 8, 2, true),
            lutMemory(6, 2, 8, 8, 2, true),
            lutMemory(7, 1, 8, 8, 4, true),
            lutMemory(5, 6, 8, 7, 4, false),
            lutMemory(6, 3, 8, 7, 4, false));

    private static final List<MemoryCell> ULTRASCALE = List.of(
            lutMemory(5, 8, 16, 16, 2, true),
            lutMemory(6, 4, 16, 16, 2, true),
            lutMemory(7, 2, 16, 16, 4, true),
            lutMemory(8, 1, 16, 16, 8, true),
            lutMemory(5, 14, 16, 16, 8, false),
            lutMemory(6, 7, 16, 16, 8, false));

    /** The cells of a family in the order of its library: of two equally good ones the first is taken. */
    static List<MemoryCell> of(Family family, Kind kind) {
        return switch (kind) {
            case BLOCK -> switch (family) {
                case XILINX7, ULTRASCALE_PLUS -> XILINX_BLOCKS;
                case ECP5 -> List.of(
                        block(14, TO_18, 128, 1), new MemoryCell(BLOCK, 14, TO_36, 5, 5, 9, 128, 0, true, 1, 0, false));
                case ICE40, ICE40_UP -> List.of(
                        new MemoryCell(BLOCK, 11, List.of(2, 4, 8, 16), 0, 2, 0, 64, 0, true, 1, 0, false),
                        new MemoryCell(BLOCK, 11, List.of(2, 4, 8, 16), 3, 3, 1, 64, 0, true, 1, 0, false));
                case GOWIN -> List.of(block(14, TO_36, 128, 1));
                case CYCLONE_V -> List.of(
                        new MemoryCell(BLOCK, 13, List.of(1, 2, 5, 10, 20), 0, 4, 0, 128, 0, true, 1, 0, false));
            };
            case DISTRIBUTED -> switch (family) {
                case XILINX7 -> XILINX7;
                case ULTRASCALE_PLUS -> ULTRASCALE;
                case ECP5 -> List.of(lutMemory(4, 4, 4, 0, 6, false));
                case ICE40, ICE40_UP -> List.of();
                case GOWIN -> List.of(lutMemory(4, 4, 4, 4, 4, false));
                case CYCLONE_V -> List.of(lutMemory(5, 1, 5, 5, 1, false));
            };
        };
    }

    private static MemoryCell block(int addressBits, List<Integer> widths, double cost, int blocks) {
        return new MemoryCell(BLOCK, addressBits, widths, 0, widths.size() - 1, 9, cost, 0, true, blocks, 0, false);
    }

    private static MemoryCell lutMemory(int addressBits, int width, double cost, double scaled, int luts, boolean byBit) {
        return new MemoryCell(DISTRIBUTED, addressBits, List.of(width), 0, 0, 0, cost, scaled, false, 0, luts, byBit);
    }
}
