package org.bitloom.sim;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * One run of an external program: an argument list, never a shell. It and its children are gone when the run returns,
 * also after a time-out, an interrupt or the end of this Java process.
 */
final class ChildProcess {
    private static final int LOG_LINES = 20_000;

    private ChildProcess() {}

    /**
     * Runs a command to its end.
     *
     * @param directory working directory
     * @param log       gets the command line and what the program prints, standard output and errors as they come
     * @param silence   how long the program may print nothing before it is stopped
     * @param consumes  sees each line first; a line for which it says true is not logged
     * @return the exit status
     */
    static int run(List<String> command, Path directory, Path log, Duration silence, Predicate<String> consumes) {
        Process process = start(command, directory, log);
        Thread onExit = new Thread(() -> destroy(process));
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            return attend(process, command, log, silence, consumes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SimulationException(command.getFirst() + " was interrupted.", log);
        } catch (IOException e) {
            throw new SimulationException("Cannot write " + log + ": " + e.getMessage());
        } finally {
            destroy(process);
            removeHook(onExit);
        }
    }

    private static Process start(List<String> command, Path directory, Path log) {
        try {
            Files.writeString(log, String.join(" ", command) + "\n");
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new SimulationException("Cannot start " + command.getFirst() + ": " + e.getMessage());
        }
    }

    private static int attend(
            Process process, List<String> command, Path log, Duration silence, Predicate<String> consumes)
            throws InterruptedException, IOException {
        BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(1_000);
        Thread reader = Thread.ofVirtual().start(() -> read(process, lines));
        try (BufferedWriter writer = Files.newBufferedWriter(log, StandardCharsets.UTF_8,
                StandardOpenOption.APPEND)) {
            int logged = 0;
            while (true) {
                Optional<String> line = lines.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
                if (line == null) {
                    throw new SimulationException(Path.of(command.getFirst()).getFileName() + " has said nothing for "
                            + silence.toSeconds() + " seconds and was stopped.", log);
                }
                if (line.isEmpty()) {
                    return process.waitFor();
                }
                if (!consumes.test(line.get()) && logged < LOG_LINES) {
                    writer.write(line.get());
                    writer.newLine();
                    logged++;
                }
            }
        } finally {
            reader.interrupt();
        }
    }

    private static void read(Process process, BlockingQueue<Optional<String>> lines) {
        try {
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.put(Optional.of(line));
                }
            } catch (IOException _) {
                // The process was destroyed; whoever did so knows.
            }
            lines.put(Optional.empty());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void destroy(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // The virtual machine is going down and runs the hook itself.
        }
    }
}
