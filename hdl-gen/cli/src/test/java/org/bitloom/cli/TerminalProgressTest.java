package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
    private final ByteArrayOutputStream drawn = new ByteArrayOutputStream();

    private String text() {
        return drawn.toString(StandardCharsets.UTF_8);
    }

    @Test
    void showsHowFarTheWorkHasComeOnOneLineAndTakesItAway() {
        try (TerminalProgress progress = TerminalProgress.on(new PrintStream(drawn, true, StandardCharsets.UTF_8))) {
            progress.at("images", 5_000, 10_000);
            progress.at("images", 10_000, 10_000);
        }
        assertThat(text())
                .contains("images [############------------] 5,000 of 10,000", "] 10,000 of 10,000")
                .doesNotContain("\n")
                .endsWith("\r\033[K");
    }

    @Test
    void drawsSeldomHoweverOftenItIsTold() {
        try (TerminalProgress progress = TerminalProgress.on(new PrintStream(drawn, true, StandardCharsets.UTF_8))) {
            for (int done = 0; done < 1_000; done++) {
                progress.at("images", done, 1_000_000);
            }
        }
        assertThat(text().chars().filter(c -> c == '\r').count()).isLessThan(100);
    }

    @Test
    void workOfUnknownSizeIsCounted() {
        try (TerminalProgress progress = TerminalProgress.on(new PrintStream(drawn, true, StandardCharsets.UTF_8))) {
            progress.at("cycles", 12_000, 0);
        }
        assertThat(text()).contains("cycles … 12,000");
    }
}
