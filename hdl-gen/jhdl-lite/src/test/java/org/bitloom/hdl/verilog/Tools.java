package org.bitloom.hdl.verilog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Runs Verilator, Icarus and Yosys over Verilog in a folder of its own that is removed afterwards. */
final class Tools implements AutoCloseable {
    private final Path folder;

    Tools(VerilogFiles files) throws IOException {
        folder = Files.createTempDirectory("verilog");
        files.writeTo(folder);
    }

    Tools() throws IOException {
        folder = Files.createTempDirectory("verilog");
    }

    Path folder() {
        return folder;
    }

    void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    /** Everything that the tools have to say about the files; empty when they are clean. */
    static String lint(VerilogFiles files) throws IOException, InterruptedException {
        try (Tools tools = new Tools(files)) {
            List<String> verilator = new ArrayList<>(List.of("verilator", "--lint-only", "-Wall", "--top-module", files.top()));
            verilator.addAll(files.sources());
            List<String> icarus = new ArrayList<>(List.of("iverilog", "-g2001", "-Wall", "-o", "lint.vvp", "-s", files.top()));
            icarus.addAll(files.sources());
            return tools.run(verilator) + tools.run(icarus)
                    + tools.run(List.of("yosys", "-q", "-p", read(files) + "hierarchy -check -top " + files.top()
                            + "; proc; opt_clean; check -assert"));
        }
    }

    static String read(VerilogFiles files) {
        StringBuilder script = new StringBuilder();
        files.sources().forEach(source -> script.append("read_verilog ").append(source).append("; "));
        return script.toString();
    }

    /** Output of a command, both streams; a failure adds its status. */
    String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        return status == 0 ? output : output + command.getFirst() + " failed with status " + status + "\n";
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
