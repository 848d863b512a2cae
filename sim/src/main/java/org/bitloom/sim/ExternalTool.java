package org.bitloom.sim;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A program that is not ours: what it is for and how to get it. */
enum ExternalTool {
    VERILATOR("verilator", "to simulate with Verilator", "sudo apt-get install verilator"),
    GXX("g++", "to compile what Verilator makes of a design", "sudo apt-get install g++"),
    IVERILOG("iverilog", "to simulate with Icarus Verilog", "sudo apt-get install iverilog"),
    VVP("vvp", "to simulate with Icarus Verilog", "sudo apt-get install iverilog"),
    YOSYS("yosys", "to synthesize and to check the Verilog", "sudo apt-get install yosys");

    private final String program;
    private final String purpose;
    private final String installCommand;

    ExternalTool(String program, String purpose, String installCommand) {
        this.program = program;
        this.purpose = purpose;
        this.installCommand = installCommand;
    }

    /** Name of the program, as it is called. */
    String program() {
        return program;
    }

    /** What it is needed for, as an infinitive phrase. */
    String purpose() {
        return purpose;
    }

    /** What to type to get it, on a Debian system. */
    String installCommand() {
        return installCommand;
    }

    /** Where the program is, or empty when no folder of PATH holds it. */
    Optional<Path> find() {
        String path = System.getenv("PATH");
        if (path == null) {
            return Optional.empty();
        }
        for (String folder : path.split(File.pathSeparator)) {
            if (!folder.isEmpty()) {
                Path candidate = Path.of(folder, program);
                if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                    return Optional.of(candidate.toAbsolutePath());
                }
            }
        }
        return Optional.empty();
    }

    /** The program as first word of a command. */
    String require() {
        return find().orElseThrow(() -> new ToolMissingException(program, purpose, installCommand)).toString();
    }
}
