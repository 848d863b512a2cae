package org.bitloom.hdl.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.hdl.verilog.VerilogFiles;
import org.bitloom.hdl.verilog.VerilogWriter;

/** Icarus Verilog, with four states. The families take turns. */
final class IcarusLeg extends VerilogLeg {
    IcarusLeg() {
        super("icarus", 25);
    }

    @Override
    public Optional<String> missing() {
        return Tool.missing("iverilog", "vvp");
    }

    @Override
    VerilogFiles verilog(Trial trial) {
        return VerilogWriter.write(trial.design(), trial.family());
    }

    @Override
    String simulate(Path folder, List<String> sources, int cycles, long seed) throws IOException {
        return simulate(folder, sources, cycles, "-g2001");
    }

    /** Any warning at run time, as of a missing memory image, is an error. */
    static String simulate(Path folder, List<String> sources, int cycles, String... options) throws IOException {
        Files.writeString(folder.resolve("clock.v"), """
                module clock;
                  reg clock = 0;
                  reg sample = 0;
                  reg [31:0] cycle = 0;
                  bench bench (.clock(clock), .sample(sample), .cycle(cycle));
                  initial begin
                    while (cycle < %d) begin
                      #1 sample = 1;
                      #1 sample = 0;
                      #1 clock = 1;
                      #1 clock = 0;
                      #1 cycle = cycle + 1;
                    end
                    $display("DONE");
                    $finish;
                  end
                endmodule
                """.formatted(cycles));
        List<String> compile = new ArrayList<>(List.of("iverilog", "-s", "clock", "-o", "bench.vvp"));
        compile.addAll(List.of(options));
        compile.addAll(List.of("clock.v", "bench.v"));
        compile.addAll(sources);
        FailedToolException.check("iverilog", Tool.run(folder, compile));
        String output = FailedToolException.check("vvp", Tool.run(folder, List.of("vvp", "-n", "bench.vvp")));
        if (output.contains("WARNING") || output.contains("ERROR")) {
            throw new FailedToolException("vvp", output);
        }
        return output;
    }
}
