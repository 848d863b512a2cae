package org.bitloom.sim;

import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Listens to the C++ or Verilog testbench: its progress, the fault it found, the simulator's complaints. */
final class TestbenchOutput implements Predicate<String> {
    private static final Pattern AT = Pattern.compile("at (\\d+) (\\d+)");
    private static final Pattern FAULT = Pattern.compile("fault ([A-Z]+) (\\d+) (\\d+) (\\d+) (.*)");

    private final RtlDesign design;
    private final Stimulus stimulus;
    private final Watch watch;
    private final Progress progress;
    private @Nullable String fault;
    private @Nullable String memoryComplaint;

    TestbenchOutput(RtlDesign design, Stimulus stimulus, Watch watch, Progress progress) {
        this.design = design;
        this.stimulus = stimulus;
        this.watch = watch;
        this.progress = progress;
    }

    @Override
    public boolean test(String line) {
        if (WatchText.read(line, watch)) {
            return true;
        }
        Matcher at = AT.matcher(line);
        if (at.matches()) {
            progress.at("simulating", Long.parseLong(at.group(2)), stimulus.outputWords(design));
            return true;
        }
        Matcher found = FAULT.matcher(line);
        if (found.matches()) {
            fault = StreamFault.valueOf(found.group(1)).message(design, stimulus, detail(found.group(5)),
                    Long.parseLong(found.group(2)), Long.parseLong(found.group(3)), Long.parseLong(found.group(4)));
        } else if (MemoryFiles.complaint(line) && memoryComplaint == null) {
            memoryComplaint = line;
        }
        return false;
    }

    private String detail(String text) {
        return text.replace("INPUT_READY", design.input().ready())
                .replace("OUTPUT_VALID", design.output().valid())
                .replace("OUTPUT_DATA", design.output().data());
    }

    /** Throws what went wrong, the likeliest cause first. */
    void requireSuccess(String simulator, int exit, Path log) {
        if (memoryComplaint != null) {
            throw MemoryFiles.complained(design, memoryComplaint, log);
        }
        if (fault != null) {
            throw new SimulationException(fault, log);
        }
        if (exit != 0) {
            throw new SimulationException(
                    simulator + " broke off with status " + exit + " while it ran " + design.top() + ".", log);
        }
        progress.at("simulating", stimulus.outputWords(design), stimulus.outputWords(design));
    }
}
