package org.bitloom.hdl.verilog;

import org.bitloom.hdl.ir.Netlist.MemoryDefinition;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;

/** A device family, with what the Verilog for it depends on: spelling of attributes and cost of shift registers. */
public enum Family {
    XILINX7(Vendor.XILINX, true, 128),
    ULTRASCALE_PLUS(Vendor.XILINX, true, 128),
    ECP5(Vendor.LATTICE, false, 8),
    ICE40(Vendor.LATTICE, false, 8),
    GOWIN(Vendor.GOWIN, false, 8),
    CYCLONE_V(Vendor.INTEL, true, 8);

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
    boolean hasWideLuts() {
        return wideLuts;
    }

    /** The attributes that give a memory its style, without the brackets; empty where there are none. */
    String memoryAttributes(MemoryDefinition memory) {
        if (memory.style() == MemoryStyle.AUTOMATIC) {
            return "";
        }
        return memory.isRom() ? "rom_style = \"block\"" : "ram_style = \"block\"";
    }
}
