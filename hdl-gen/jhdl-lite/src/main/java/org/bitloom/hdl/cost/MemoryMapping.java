package org.bitloom.hdl.cost;

import java.util.Objects;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.verilog.Family;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a memory with one read port and one write port, or none: block memories, LUT memories, or logic. The
 * rule is that of Yosys 0.23 (passes/memory/memory_libmap.cc): the cheapest cell in its cheapest shape, unless an
 * attribute says what it shall be. Block memories are exact; for Cyclone V, whose memories Yosys does not map, it is the
 * same rule over the shapes of the M10K.
 *
 * @param cell   the cell; null for logic
 * @param copies how many cells
 * @param rows   how many cells lie behind each other, so that addresses choose among them
 */
record MemoryMapping(@Nullable MemoryCell cell, int copies, int rows) {
    private static final MemoryMapping LOGIC = new MemoryMapping(null, 0, 1);

    /** Yosys counts half a unit for each bit of a multiplexer and of its decoder, and two for each port of its own. */
    private static final double MULTIPLEXER = 0.5;

    private static final double PORT = 2;

    private record Candidate(MemoryMapping mapping, double cost) {}

    static MemoryMapping of(Family family, MemoryStyle style, boolean rom, boolean clocked, int width, int depth) {
        boolean block = style == MemoryStyle.BLOCK || style == MemoryStyle.LARGE;
        boolean free = style == MemoryStyle.AUTOMATIC || block && !clocked;
        boolean forced = block && clocked || style == MemoryStyle.DISTRIBUTED && !rom && hasLutMemory(family);
        if (!free && !forced) {
            return LOGIC;
        }
        // The tool compares with the logic's cost as an integer; for Cyclone V it takes an MLAB that is used to a twentieth.
        boolean always = forced || family == Family.CYCLONE_V && !rom && depth > 1;
        double limit = always ? Double.POSITIVE_INFINITY : Math.floor((double) width * depth / (rom ? 16 : 1));
        MemoryMapping best = LOGIC;
        for (MemoryCell.Kind kind : new MemoryCell.Kind[] {MemoryCell.Kind.BLOCK, MemoryCell.Kind.DISTRIBUTED}) {
            boolean wanted = free || block == (kind == MemoryCell.Kind.BLOCK);
            boolean possible = kind == MemoryCell.Kind.BLOCK ? clocked : !rom;
            Candidate candidate = wanted && possible ? best(family, kind, rom, width, depth) : null;
            if (candidate != null && candidate.cost() < limit) {
                best = candidate.mapping();
                limit = Math.floor(candidate.cost());
            }
        }
        return best;
    }

    static boolean hasLutMemory(Family family) {
        return !MemoryCell.of(family, MemoryCell.Kind.DISTRIBUTED).isEmpty();
    }

    private static @Nullable Candidate best(Family family, MemoryCell.Kind kind, boolean rom, int width, int depth) {
        Candidate best = null;
        for (MemoryCell cell : MemoryCell.of(family, kind)) {
            Candidate candidate = !rom || cell.roms() ? shaped(cell, rom, width, depth) : null;
            if (candidate != null && (best == null || candidate.cost() < best.cost())) {
                best = candidate;
            }
        }
        return best;
    }

    /** The cheapest shape of one cell. */
    private static @Nullable Candidate shaped(MemoryCell cell, boolean rom, int width, int depth) {
        Candidate best = null;
        for (int shape = 0; shape < cell.widths().size(); shape++) {
            if (!rom && shape > cell.mostWrite() || !rom && shape < cell.leastWrite() && tooNarrow(cell, shape)) {
                continue;
            }
            int unit = cell.widths().get(shape);
            int together = rom ? 1 : cell.writeBits() == 0 || cell.writeBits() > unit ? unit : cell.writeBits();
            int bits = Math.ceilDiv(width, together) * together;
            int rows = Math.ceilDiv(depth, 1 << (cell.addressBits() - shape));
            int copies = Math.ceilDiv(rows * bits, unit);
            double cost = (cell.cost() - cell.scaled()) * copies
                    + cell.scaled() * rows * width / unit
                    + MULTIPLEXER * (rows - 1) * width
                    + (rom || rows == 1 ? 0 : MULTIPLEXER * rows)
                    + PORT;
            if (best == null || cost < best.cost()) {
                best = new Candidate(new MemoryMapping(cell, copies, rows), cost);
            }
        }
        return best;
    }

    /** A port that is only wide takes narrow words by write enables, where those are at least as narrow. */
    private static boolean tooNarrow(MemoryCell cell, int shape) {
        if (cell.writeBits() == 0) {
            return true;
        }
        int narrowest = 0;
        for (int i = 0; i < cell.widths().size(); i++) {
            if (cell.writeBits() >= cell.widths().get(i)) {
                narrowest = i;
            }
        }
        return shape < narrowest;
    }

    /** There only where it is no logic. */
    MemoryCell usedCell() {
        return Objects.requireNonNull(cell);
    }

    boolean isLogic() {
        return cell == null;
    }
}
