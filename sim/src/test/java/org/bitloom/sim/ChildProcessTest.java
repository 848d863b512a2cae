package org.bitloom.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    Path folder;

    private int run(Duration silence, List<String> lines, String... command) {
        return ChildProcess.run(List.of(command), folder, folder.resolve("log"), silence, line -> {
            lines.add(line);
            return line.startsWith("secret");
        });
    }

    @Test
    void runsInItsFolderAndTellsItsStatus() throws IOException {
        List<String> lines = new ArrayList<>();
        assertThat(run(Duration.ofMinutes(1), lines, "sh", "-c", "pwd; echo secret; echo no >&2; exit 3")).isEqualTo(3);
        assertThat(lines).containsExactly(folder.toRealPath().toString(), "secret", "no");
        assertThat(Files.readAllLines(folder.resolve("log"))).hasSize(3).noneMatch(line -> line.equals("secret"));
    }

    @Test
    void argumentsAreNotReadByAShell() {
        List<String> lines = new ArrayList<>();
        run(Duration.ofMinutes(1), lines, "echo", "$(id)", "a;b", "*");
        assertThat(lines).containsExactly("$(id) a;b *");
    }

    @Test
    void aSilentProcessIsStoppedWithItsChildren() {
        List<String> lines = new ArrayList<>();
        assertThatThrownBy(() -> run(Duration.ofMillis(300), lines, "sh", "-c", "sleep 100 & echo $!; wait"))
                .isInstanceOf(SimulationException.class)
                .hasMessageStartingWith("sh has said nothing for 0 seconds and was stopped.");
        assertGone(Long.parseLong(lines.getFirst()));
    }

    @Test
    void anInterruptStopsTheProcessWithItsChildren() throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        List<String> lines = new ArrayList<>();
        CountDownLatch started = new CountDownLatch(1);
        Thread runner = new Thread(() -> ChildProcess.run(
                List.of("sh", "-c", "sleep 100 & echo $!; wait"), folder, folder.resolve("log"),
                Duration.ofMinutes(1), line -> {
                    started.countDown();
                    return lines.add(line);
                }));
        runner.setUncaughtExceptionHandler((_, e) -> thrown.set(e));
        runner.start();
        started.await();
        runner.interrupt();
        runner.join();
        assertThat(thrown.get()).isInstanceOf(SimulationException.class).hasMessageContaining("interrupted");
        assertGone(Long.parseLong(lines.getFirst()));
    }

    @Test
    void aProgramThatIsNotThereIsOneMessage() {
        assertThatThrownBy(() -> run(Duration.ofMinutes(1), new ArrayList<>(), "/no/such/program"))
                .isInstanceOf(SimulationException.class)
                .hasMessageStartingWith("Cannot start /no/such/program");
    }

    private static void assertGone(long process) {
        ProcessHandle.of(process).ifPresent(handle -> handle.onExit().join());
        assertThat(ProcessHandle.of(process).filter(ProcessHandle::isAlive)).isEmpty();
    }
}
