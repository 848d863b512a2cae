package org.bitloom.hdl.stream;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.verilog.Family;
import org.bitloom.hdl.verilog.VerilogFiles;
import org.bitloom.hdl.verilog.VerilogWriter;

/**
 * Proves the claims of a design for all inputs and all time, or finds a run that breaks one: Yosys reads the Verilog with
 * its assertions, the property-directed reachability of ABC decides. Inputs are free in each cycle, and so is reset, but
 * that it holds in the first; what has no reset starts from anything.
 */
public final class Proof {
    public enum Verdict {
        PROVED,
        BROKEN
    }

    private static final String READY = """
            hierarchy -check -top proof
            proc
            flatten
            opt_clean
            memory -nordff
            memory_map
            async2sync
            chformal -early
            setundef -undriven -anyseq
            techmap
            opt -fast
            dffunmap
            simplemap
            abc -g AND -fast
            opt_clean
            write_aiger -zinit proof.aig
            """;

    private Proof() {}

    /** Whether the tools are here; where they must be, a proof without them fails. */
    public static boolean isPossible() throws InterruptedException {
        for (String tool : List.of("yosys", "yosys-abc")) {
            try {
                new ProcessBuilder(tool, "-h").redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD)
                        .start().waitFor();
            } catch (IOException missing) {
                return "1".equals(System.getenv("BITLOOM_REQUIRE_TOOLS"));
            }
        }
        return true;
    }

    public static Verdict of(Design design) throws IOException, InterruptedException {
        return of(VerilogWriter.write(design, Family.XILINX7));
    }

    public static Verdict of(VerilogFiles files) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("proof");
        try {
            files.writeTo(folder);
            Files.writeString(folder.resolve("proof.v"), """
                    module proof (input clk, input reset);
                        reg started = 1'b0;
                        always @(posedge clk) started <= 1'b1;
                        always @(posedge clk) assume (started || reset);
                        %s design (.clk(clk), .reset(reset));
                    endmodule
                    """.formatted(files.top()));
            String sources = String.join(" ", files.sources());
            Files.writeString(folder.resolve("proof.ys"), "read_verilog -formal " + sources + " proof.v\n" + READY);
            run(folder, "yosys", "-q", "proof.ys");
            String answer = run(folder, "yosys-abc", "-c", "read_aiger proof.aig; fold; orpos; strash; pdr -T 120");
            if (answer.contains("Property proved.")) {
                return Verdict.PROVED;
            }
            if (answer.contains("was asserted in frame")) {
                return Verdict.BROKEN;
            }
            throw new AssertionError("neither proved nor broken: " + answer);
        } finally {
            remove(folder);
        }
    }

    /** The design with one place of its Verilog changed. */
    public static VerilogFiles planted(Design design, String module, String right, String wrong) {
        VerilogFiles files = VerilogWriter.write(design, Family.XILINX7);
        String file = module + ".v";
        String text = files.files().get(file);
        if (text == null || !text.contains(right)) {
            throw new AssertionError("no '" + right + "' in " + file + ":\n" + text);
        }
        Map<String, String> changed = new LinkedHashMap<>(files.files());
        changed.put(file, text.replace(right, wrong));
        return new VerilogFiles(files.top(), files.sources(), changed);
    }

    private static String run(Path folder, String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(List.of(command)).directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new AssertionError(command[0] + " ended with status " + status + ":\n" + output);
        }
        return output;
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
