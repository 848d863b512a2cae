package org.bitloom.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts a command, waits for its end and tells what it cost. */
public final class ColdProcess {
    private static final long LOOK_MILLIS = 4;
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux

    /**
     * @param wallSeconds from start to end
     * @param cpuSeconds  processor time of the process and all it waited for; 0 where the system does not tell
     * @param peakBytes   most memory resident, of the process itself; 0 where the system does not tell
     * @param printed     what it wrote, both streams
     */
    public record Cost(int status, double wallSeconds, double cpuSeconds, long peakBytes, String printed) {}

    private ColdProcess() {}

    public static Cost run(List<String> command, Map<String, String> environment) throws IOException {
        Path log = Files.createTempFile("bitloom-bench", ".log");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            double before = childSeconds();
            long start = System.nanoTime();
            Process process = builder.start();
            process.getOutputStream().close();
            long peak = 0;
            try {
                while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    peak = Math.max(peak, residentPeak(process.pid()));
                }
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
            double wall = (System.nanoTime() - start) / 1e9;
            String printed = Files.readString(log, StandardCharsets.UTF_8).strip();
            return new Cost(process.exitValue(), wall, childSeconds() - before, peak, printed);
        } finally {
            Files.delete(log);
        }
    }

    /** VmHWM of proc(5): unlike getrusage(2) it does not count what the parent had before the new program was loaded. */
    private static long residentPeak(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException _) {
            // it has ended, or there is no /proc
        }
        return 0;
    }

    /** Processor time of all processes that this one has waited for, fields cutime and cstime of proc(5) stat. */
    private static double childSeconds() {
        try {
            String text = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
        } catch (IOException _) {
            return 0;
        }
    }
}
