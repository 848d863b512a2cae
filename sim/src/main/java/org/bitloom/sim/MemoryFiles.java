package org.bitloom.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that a design loads by {@code $readmemh}. To simulators a missing one is only a warning, and the design
 * runs on with random memories; to us it ends the run, before it starts if the Verilog names the file, else by what
 * the simulator says.
 */
final class MemoryFiles {
    private static final Pattern NAMED = Pattern.compile(
            "\\$readmem[hb]\\s*\\(\\s*\"([^\"]+)\"|\\.\\w+\\s*\\(\\s*\"([^\"]+\\.(?:mem|hex|bin))\"");
    private static final Pattern COMMENT = Pattern.compile("//.*");

    private MemoryFiles() {}

    /** Refuses a design of which a source file, or a memory file named in one, is missing or unreadable. */
    static void require(RtlDesign design) {
        for (String source : design.sources()) {
            String text;
            try {
                text = Files.readString(design.rtlDirectory().resolve(source));
            } catch (IOException e) {
                throw new SimulationException("Cannot read " + design.rtlDirectory().resolve(source)
                        + ", which belongs to design " + design.top() + ": generate the design again.");
            }
            Matcher names = NAMED.matcher(COMMENT.matcher(text).replaceAll(""));
            while (names.find()) {
                String name = names.group(1) != null ? names.group(1) : names.group(2);
                if (!Files.isReadable(design.rtlDirectory().resolve(name))) {
                    throw missing(design, name, "it is named in " + source);
                }
            }
        }
    }

    /** Whether a simulator complains of a memory file in this line. */
    static boolean complaint(String line) {
        return line.contains("$readmem");
    }

    static SimulationException complained(RtlDesign design, String line, Path log) {
        return new SimulationException("A memory file of design " + design.top() + " in " + design.rtlDirectory()
                + " cannot be loaded: generate the design again. The simulator says: " + line.strip(), log);
    }

    private static SimulationException missing(RtlDesign design, String name, String reason) {
        return new SimulationException("Memory file " + design.rtlDirectory().resolve(name) + " is missing; " + reason
                + ". Generate the design again.");
    }
}
