package org.bitloom.sim;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What other tools have to say against a design's Verilog. Each method returns their complaints, one a string, and an
 * empty list for a clean design.
 *
 * <p>{@code directory} holds the sources, plain file names, and the memory files that they name.
 */
public final class VerilogLint {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");
    /**
     * Yosys's own libraries, the logic optimizer behind it, and the ports of the block RAM cells that it makes itself:
     * nothing that our Verilog could do better.
     */
    private static final Pattern ABOUT_YOSYS = Pattern.compile("/share/yosys/|ABC:"
            + "|Resizing cell port \\S+\\.(DI[AB]DI|DIP[AB]DIP|DO[AB]DO|DOP[AB]DOP|WEA|WEBWE|ADDRARDADDR|ADDRBWRADDR) ");

    private final BuildCache cache;

    public VerilogLint() {
        this(BuildCache.ofUser());
    }

    VerilogLint(BuildCache cache) {
        this.cache = cache;
    }

    /** {@code verilator --lint-only -Wall}. */
    public List<String> verilator(Path directory, String top, List<String> sources) {
        List<String> arguments = new ArrayList<>(List.of("--lint-only", "-Wall", "--top-module", top));
        arguments.addAll(sources);
        return complaints(ExternalTool.VERILATOR, arguments, directory, top, sources).stream()
                .filter(line -> line.startsWith("%") && !line.startsWith("%Error: Exiting due to"))
                .toList();
    }

    /** {@code iverilog -g2001 -Wall}. */
    public List<String> icarus(Path directory, String top, List<String> sources) {
        List<String> arguments = new ArrayList<>(List.of("-g2001", "-Wall", "-t", "null", "-s", top));
        arguments.addAll(sources);
        return complaints(ExternalTool.IVERILOG, arguments, directory, top, sources);
    }

    /**
     * Synthesis by Yosys; a large design takes minutes.
     *
     * @param synthesis the command, such as {@code synth_xilinx} or {@code synth_ice40}
     */
    public List<String> yosys(Path directory, String top, List<String> sources, String synthesis) {
        List<String> arguments = new ArrayList<>(List.of("-q", "-p", synthesis + " -top " + top));
        arguments.addAll(sources);
        List<String> found = new ArrayList<>();
        for (String line : complaints(ExternalTool.YOSYS, arguments, directory, top, sources)) {
            boolean continues = line.isBlank() || Character.isWhitespace(line.charAt(0));
            if (continues && !found.isEmpty()) {
                found.add(found.removeLast() + " " + line.strip());
            } else if (!continues) {
                found.add(line);
            }
        }
        return found.stream().filter(line -> !ABOUT_YOSYS.matcher(line).find()).toList();
    }

    private List<String> complaints(
            ExternalTool tool, List<String> arguments, Path directory, String top, List<String> sources) {
        for (String name : sources) {
            requirePlain(name);
        }
        requirePlain(top);
        List<String> command = new ArrayList<>(List.of(tool.require()));
        command.addAll(arguments);
        List<String> lines = new ArrayList<>();
        Path log = cache.newLog(tool.program());
        int exit = ChildProcess.run(command, directory, log, ToolRunner.SILENCE, lines::add);
        ToolRunner.discard(log);
        if (exit != 0 && lines.isEmpty()) {
            lines.add(tool.program() + " ended with status " + exit + " and said nothing");
        }
        return lines;
    }

    private static void requirePlain(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a plain name");
        }
    }
}
