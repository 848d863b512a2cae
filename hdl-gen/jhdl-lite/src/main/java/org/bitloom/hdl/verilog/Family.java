package org.bitloom.hdl.verilog;

import org.bitloom.hdl.ir.Netlist.Collision;
import org.bitloom.hdl.ir.Netlist.DelayDefinition;
import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.ir.Netlist.ReadPort;

/** A device family, with what the Verilog for it depends on: spelling of attributes and cost of shift registers. */
public enum Family {
    XILINX7(Vendor.XILINX, true, 128),
    ULTRASCALE_PLUS(Vendor.XILINX, true, 128),
    ECP5(Vendor.LATTICE, false, 15),
    /** iCE40 LP and HX. */
    ICE40(Vendor.LATTICE, false, 15),
    /** iCE40 UltraPlus: with multipliers and large memories, and slower. */
    ICE40_UP(Vendor.LATTICE, false, 15),
    GOWIN(Vendor.GOWIN, false, 15),
    CYCLONE_V(Vendor.INTEL, true, 15);

    private enum Vendor {
        XILINX,
        LATTICE,
        GOWIN,
        INTEL
    }

    private final Vendor vendor;
    private final boolean wideLuts;
    private final int longestShiftRegister;

    Family(Vendor vendor, boolean wideLuts, int longestShiftRegister) {
        this.vendor = vendor;
        this.wideLuts = wideLuts;
        this.longestShiftRegister = longestShiftRegister;
    }

    /** Whether LUTs have six inputs; else four. */
    public boolean hasWideLuts() {
        return wideLuts;
    }

    /** The attributes that give a memory its style, without the brackets; empty where there are none. */
    String memoryAttributes(MemoryDefinition memory) {
        boolean clocked = memory.reads().stream().allMatch(ReadPort::clocked);
        boolean block = memory.style() == MemoryStyle.BLOCK || memory.style() == MemoryStyle.LARGE;
        String style = memory.style() == MemoryStyle.AUTOMATIC || block && !clocked
                ? ""
                : memory.isRom() ? romStyle(memory.style()) : ramStyle(memory);
        // Yosys alone knows this attribute; it saves the logic that shows the old word when the new one is written.
        boolean free = memory.collision() == Collision.NEVER && !memory.isRom() && clocked;
        return !free ? style : style.isEmpty() ? "no_rw_check" : style + ", no_rw_check";
    }

    /**
     * Yosys takes no LUT RAM for a ROM and stops at a style that it cannot meet: "distributed" is for the vendor's tool,
     * and an attribute that Yosys looks at first says that LUTs it shall be.
     */
    private String romStyle(MemoryStyle style) {
        return switch (style) {
            case AUTOMATIC -> "";
            case BLOCK, LARGE -> switch (vendor) {
                case XILINX -> "rom_style = \"block\"";
                case LATTICE -> "syn_romstyle = \"EBR\"";
                case GOWIN -> "rom_style = \"block\", syn_romstyle = \"block_rom\"";
                case INTEL -> "romstyle = \"M10K\"";
            };
            case DISTRIBUTED -> switch (vendor) {
                case XILINX -> "rom_style = \"distributed\", ram_style = \"registers\"";
                case LATTICE -> "syn_romstyle = \"logic\"";
                case GOWIN -> "rom_style = \"logic\", syn_romstyle = \"distributed_rom\"";
                case INTEL -> "romstyle = \"logic\"";
            };
            case REGISTERS -> switch (vendor) {
                case XILINX -> "ram_style = \"registers\"";
                case LATTICE, GOWIN -> "syn_romstyle = \"logic\"";
                case INTEL -> "romstyle = \"logic\"";
            };
        };
    }

    private String ramStyle(MemoryDefinition memory) {
        return switch (memory.style()) {
            case AUTOMATIC -> "";
            case LARGE -> this == ULTRASCALE_PLUS && memory.contents().isEmpty() && !memory.external()
                    ? "ram_style = \"ultra\""
                    : blockRam();
            case BLOCK -> blockRam();
            case DISTRIBUTED -> switch (vendor) {
                case XILINX -> "ram_style = \"distributed\"";
                case LATTICE -> this == ICE40 || this == ICE40_UP ? "syn_ramstyle = \"registers\"" : "syn_ramstyle = \"distributed\"";
                case GOWIN -> "ram_style = \"distributed\", syn_ramstyle = \"distributed_ram\"";
                case INTEL -> "ramstyle = \"MLAB\"";
            };
            case REGISTERS -> switch (vendor) {
                case XILINX -> "ram_style = \"registers\"";
                case LATTICE, GOWIN -> "syn_ramstyle = \"registers\"";
                case INTEL -> "ramstyle = \"logic\"";
            };
        };
    }

    private String blockRam() {
        return switch (vendor) {
            case XILINX -> "ram_style = \"block\"";
            case LATTICE, GOWIN -> "syn_ramstyle = \"block_ram\"";
            case INTEL -> "ramstyle = \"M10K\"";
        };
    }

    /** Cycles up to which a delay line of any width is a shift register. */
    public int longestShiftRegister() {
        return longestShiftRegister;
    }

    /** Whether a delay line is a memory with a counter rather than a shift register. */
    boolean delaysInMemory(DelayDefinition delay) {
        return delay.cycles() > longestShiftRegister && (long) delay.cycles() * delay.width() >= 256;
    }
}
