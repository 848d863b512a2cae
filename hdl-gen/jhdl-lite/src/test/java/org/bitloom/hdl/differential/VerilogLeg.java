package org.bitloom.hdl.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bitloom.hdl.verilog.VerilogFiles;

/**
 * A simulator of Verilog. All trials of a run share one {@link Bench}; where a run as a whole fails, each trial runs
 * alone to see which are to blame.
 */
abstract class VerilogLeg implements Leg {
    private final String name;
    private final int batch;

    VerilogLeg(String name, int batch) {
        this.name = name;
        this.batch = batch;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final int batch() {
        return batch;
    }

    /** The Verilog of a trial. */
    abstract VerilogFiles verilog(Trial trial);

    /**
     * Runs {@code bench.v} with sources in a folder; returns what the simulation printed.
     *
     * @param sources names of all source files, without the bench
     * @param cycles  for which the bench runs
     * @throws FailedToolException where a tool refuses
     */
    abstract String simulate(Path folder, List<String> sources, int cycles, long seed) throws IOException;

    /** A tool ended with an error or a warning that must not be; the message is what it printed. */
    static final class FailedToolException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FailedToolException(String tool, String output) {
            super(tool + ": " + output.strip());
        }

        static String check(String tool, Tool.Result result) {
            if (result.status() != 0) {
                throw new FailedToolException(tool, result.output());
            }
            return result.output();
        }
    }

    @Override
    public final Map<Integer, Difference> run(List<Trial> trials) {
        try {
            return runTogether(trials);
        } catch (RuntimeException e) {
            if (trials.size() == 1) {
                return Map.of(0, new Difference(name, e.getClass().getSimpleName(), message(e)));
            }
            Map<Integer, Difference> differences = new LinkedHashMap<>();
            for (int i = 0; i < trials.size(); i++) {
                Difference difference = run(List.of(trials.get(i))).get(0);
                if (difference != null) {
                    differences.put(i, difference);
                }
            }
            if (differences.isEmpty()) {
                throw new IllegalStateException(name + " fails for all trials together, for none alone", e);
            }
            return differences;
        }
    }

    private Map<Integer, Difference> runTogether(List<Trial> trials) {
        try {
            Path folder = Files.createTempDirectory("bitloom-" + name);
            try {
                List<String> sources = new ArrayList<>();
                List<String> tops = new ArrayList<>();
                for (Trial trial : trials) {
                    VerilogFiles files = withOwnNames(verilog(trial));
                    files.writeTo(folder);
                    sources.addAll(files.sources());
                    tops.add(files.files().get(files.top() + ".v"));
                }
                Bench bench = new Bench(trials);
                bench.writeTo(folder, tops);
                String output = simulate(folder, sources, bench.cycles(), trials.getFirst().seed());
                if (!output.contains("DONE")) {
                    throw new FailedToolException(name, "the simulation did not come to its end: " + output);
                }
                return bench.differences(name, output);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Memory images and library modules named after the design as well, so that many designs can share a folder. */
    private static VerilogFiles withOwnNames(VerilogFiles files) {
        Map<String, String> renamed = new LinkedHashMap<>();
        for (String image : files.images()) {
            renamed.put('"' + image + '"', '"' + files.top() + "." + image + '"');
        }
        for (String source : files.sources()) {
            if (!source.startsWith(files.top())) {
                String module = source.substring(0, source.length() - ".v".length());
                renamed.put("\\b" + module + "\\b", files.top() + "_" + module);
            }
        }
        Map<String, String> own = new LinkedHashMap<>();
        files.files().forEach((name, text) -> {
            String changed = text;
            for (Map.Entry<String, String> rename : renamed.entrySet()) {
                changed = changed.replaceAll(rename.getKey(), rename.getValue());
            }
            own.put(ownName(files, name), files.sources().contains(name) ? changed : text);
        });
        List<String> sources = files.sources().stream().map(name -> ownName(files, name)).toList();
        return new VerilogFiles(files.top(), sources, own);
    }

    private static String ownName(VerilogFiles files, String name) {
        return files.images().contains(name)
                ? files.top() + "." + name
                : name.startsWith(files.top()) ? name : files.top() + "_" + name;
    }

    private static String message(RuntimeException e) {
        return e instanceof FailedToolException ? e.getMessage() : e + "\n  at " + e.getStackTrace()[0];
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
