package org.bitloom.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCacheTest {
    @TempDir
    Path root;

    private List<String> entries() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFolderIsBuiltOnce() throws IOException {
        AtomicInteger builds = new AtomicInteger();
        BuildCache cache = new BuildCache(root);
        for (int i = 0; i < 3; i++) {
            Path folder = cache.folder("thing", "a", fresh -> {
                builds.incrementAndGet();
                Files.writeString(fresh.resolve("f"), "x");
            });
            assertThat(folder.resolve("f")).hasContent("x");
        }
        assertThat(builds).hasValue(1);
        assertThat(entries()).containsExactly("thing-a");
    }

    @Test
    void aFailedBuildLeavesNothing() throws IOException {
        assertThatThrownBy(() -> new BuildCache(root).folder("thing", "a", fresh -> {
                    Files.writeString(fresh.resolve("half"), "x");
                    throw new SimulationException("no");
                }))
                .hasMessage("no");
        assertThat(entries()).isEmpty();
    }

    @Test
    void twoBuildsAtOnceGiveOneWholeFolder() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Thread[] threads = new Thread[2];
        for (int i = 0; i < 2; i++) {
            threads[i] = new Thread(() -> new BuildCache(root).folder("thing", "a", fresh -> {
                both.countDown();
                await(both);
                Files.writeString(fresh.resolve("f"), "x");
            }));
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(entries()).containsExactly("thing-a");
        assertThat(root.resolve("thing-a/f")).hasContent("x");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatWasNotUsedForLongestGoesFirst() throws IOException {
        BuildCache cache = new BuildCache(root);
        for (int i = 0; i < 64; i++) {
            Path folder = cache.folder("thing", "%02d".formatted(i), fresh -> {});
            Files.setLastModifiedTime(folder, FileTime.from(Instant.ofEpochSecond(1_000 + i)));
        }
        cache.folder("thing", "00", fresh -> {});
        cache.folder("thing", "64", fresh -> {});
        assertThat(entries()).hasSize(64).contains("thing-00", "thing-02", "thing-64").doesNotContain("thing-01");
    }

    @Test
    void keysTellWhereOnePartEndsAndTheNextBegins() {
        assertThat(new BuildCache.Key().add("ab").add("c").value())
                .isNotEqualTo(new BuildCache.Key().add("a").add("bc").value());
    }
}
