package org.bitloom.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** Runs the tools that build a simulation; a tool's log stays when it fails and goes when it succeeds. */
final class ToolRunner {
    /** No compiler is silent for longer, unless it hangs. */
    static final Duration SILENCE = Duration.ofMinutes(20);

    private final BuildCache cache;

    ToolRunner(BuildCache cache) {
        this.cache = cache;
    }

    /** Runs a tool that must succeed; {@code failure} says what it means when it does not. */
    void run(ExternalTool tool, List<String> arguments, Path directory, String failure) {
        Path log = cache.newLog(tool.program());
        int exit = ChildProcess.run(command(tool, arguments), directory, log, SILENCE, line -> false);
        if (exit != 0) {
            String why = firstError(log).map(line -> ": " + line).orElse(" (status " + exit + ")");
            throw new SimulationException(failure + why, log);
        }
        discard(log);
    }

    /** What a tool prints when it is asked something, without the last line's end. */
    String ask(ExternalTool tool, String... question) {
        Path log = cache.newLog(tool.program());
        List<String> answer = new ArrayList<>();
        int exit = ChildProcess.run(command(tool, List.of(question)), Path.of("."), log, SILENCE, answer::add);
        if (exit != 0) {
            throw new SimulationException(tool.program() + " does not answer to " + String.join(" ", question) + ": "
                    + String.join(" ", answer), log);
        }
        discard(log);
        return String.join("\n", answer);
    }

    /**
     * Runs several jobs, as many at once as there are processors; the first failure stops them all.
     *
     * @param done told, in this thread, how many jobs are done
     */
    static void runAll(List<Runnable> jobs, IntConsumer done) {
        int processors = Runtime.getRuntime().availableProcessors();
        try (ExecutorService pool = Executors.newFixedThreadPool(Math.min(processors, jobs.size()))) {
            try {
                List<Future<?>> running = new ArrayList<>();
                for (Runnable job : jobs) {
                    running.add(pool.submit(job));
                }
                for (int i = 0; i < running.size(); i++) {
                    done.accept(i);
                    running.get(i).get();
                }
            } catch (ExecutionException e) {
                pool.shutdownNow();
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
                throw new SimulationException("The build of the simulation was interrupted.");
            }
        }
    }

    static void discard(Path log) {
        try {
            Files.deleteIfExists(log);
        } catch (IOException _) {
            // A log too many does no harm.
        }
    }

    private static List<String> command(ExternalTool tool, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(tool.require());
        command.addAll(arguments);
        return command;
    }

    private static Optional<String> firstError(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.skip(1)
                    .filter(line -> line.contains("rror:") || line.startsWith("%Error") || line.contains("syntax error"))
                    .findFirst();
        } catch (IOException | UncheckedIOException _) {
            return Optional.empty();
        }
    }
}
