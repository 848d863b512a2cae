package org.bitloom.sim;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.GeneratedDesign;

/**
 * A generated design on disk, as a simulator sees it: one clock {@code clk}, one synchronous active-high
 * {@code reset}, one input stream, one output stream, no other port.
 *
 * @param rtlDirectory folder of the Verilog and of the memory files; simulators run in it, so that
 *                     {@code $readmemh("x.mem")} finds its file
 * @param top          name of the top module
 * @param sources      file names in {@code rtlDirectory}, each a plain name without a path
 */
public record RtlDesign(Path rtlDirectory, String top, List<String> sources, StreamPort input, StreamPort output) {
    private static final Pattern MODULE = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*");

    public RtlDesign {
        sources = List.copyOf(sources);
        if (!MODULE.matcher(top).matches()) {
            throw new IllegalArgumentException("'" + top + "' cannot be the name of a Verilog module");
        }
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("design " + top + " has no source files");
        }
        for (String source : sources) {
            if (!FILE.matcher(source).matches()) {
                throw new IllegalArgumentException("'" + source + "' is not a plain file name in " + rtlDirectory);
            }
        }
        if (input.name().equals(output.name())) {
            throw new IllegalArgumentException("both streams of " + top + " are called " + input.name());
        }
    }

    /** A generated design, with its streams {@code in} and {@code out}. */
    public static RtlDesign of(GeneratedDesign design) {
        Accelerator accelerator = design.accelerator();
        return new RtlDesign(
                design.rtl(),
                design.manifest().top(),
                design.manifest().sources(),
                new StreamPort("in", accelerator.input().wordBits(), accelerator.input().words()),
                new StreamPort("out", accelerator.output().wordBits(), accelerator.output().words()));
    }
}
