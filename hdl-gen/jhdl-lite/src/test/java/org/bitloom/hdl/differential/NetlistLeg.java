package org.bitloom.hdl.differential;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.hdl.verilog.VerilogFiles;
import org.bitloom.hdl.verilog.VerilogWriter;

/** The netlist that Yosys makes for an iCE40, with the models of its cells, in Icarus. */
final class NetlistLeg extends VerilogLeg {
    NetlistLeg() {
        super("netlist", 1);
    }

    @Override
    public Optional<String> missing() {
        return Tool.missing("yosys", "iverilog", "vvp");
    }

    @Override
    public boolean takes(Profile profile) {
        return profile.synthesis();
    }

    @Override
    VerilogFiles verilog(Trial trial) {
        return VerilogWriter.write(trial.design(), Family.ICE40);
    }

    @Override
    String simulate(Path folder, List<String> sources, int cycles, long seed) throws IOException {
        String top = sources.getLast().substring(0, sources.getLast().length() - 2);
        Path yosys = Tool.find("yosys").orElseThrow();
        Path cells = yosys.resolveSibling("../share/yosys/ice40/cells_sim.v").normalize();
        String script = "read_verilog %s; synth_ice40 -top %s; write_verilog -noattr netlist.v"
                .formatted(String.join(" ", sources), top);
        FailedToolException.check("yosys", Tool.run(folder, List.of("yosys", "-q", "-p", script)));
        List<String> netlist = List.of("netlist.v", cells.toString());
        return IcarusLeg.simulate(folder, netlist, cycles, "-g2005-sv", "-DNO_ICE40_DEFAULT_ASSIGNMENTS");
    }
}
