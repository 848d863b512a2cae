package org.bitloom.cli;

import java.io.PrintStream;
import org.bitloom.sim.Progress;

/**
 * One line on the terminal that says how far long work has come. It goes to standard error, so that what is piped or
 * {@code --json} stays clean, and it is silent unless a person looks at a terminal.
 */
final class TerminalProgress implements Progress, AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int BAR = 24;

    private final PrintStream terminal;
    private final boolean visible;
    private final long began = System.nanoTime();
    private long drawn = began - REDRAW_NANOS;

    private TerminalProgress(PrintStream terminal, boolean visible) {
        this.terminal = terminal;
        this.visible = visible;
    }

    /** Shown on the terminal, unless there is none or {@code quiet} is asked for. */
    static TerminalProgress onTerminal(boolean quiet) {
        return new TerminalProgress(System.err, !quiet && isTerminal());
    }

    /** A progress line that is always drawn, on {@code stream}. */
    static TerminalProgress on(PrintStream stream) {
        return new TerminalProgress(stream, true);
    }

    /** The launcher looks at standard error itself; started otherwise, the console decides. */
    private static boolean isTerminal() {
        return Boolean.getBoolean("bitloom.terminal")
                || (System.getProperty("bitloom.home") == null
                        && System.console() != null
                        && System.console().isTerminal());
    }

    /** Cheap enough to be called for every item. */
    @Override
    public synchronized void at(String stage, long done, long total) {
        long now = System.nanoTime();
        if (!visible || (now - drawn < REDRAW_NANOS && done < total)) {
            return;
        }
        drawn = now;
        draw(total > 0 ? stage + bar(done, total) + remaining(now, done, total) : "%s … %,d".formatted(stage, done));
    }

    /** A step that cannot be measured. */
    synchronized void at(String stage) {
        if (visible) {
            draw(stage + " …");
        }
    }

    private static String bar(long done, long total) {
        int filled = (int) (BAR * Math.min(done, total) / total);
        return " [%s%s] %,d of %,d".formatted("#".repeat(filled), "-".repeat(BAR - filled), done, total);
    }

    private String remaining(long now, long done, long total) {
        double elapsed = (now - began) / 1e9;
        return elapsed < 2 || done == 0 || done >= total ? "" : ", %.0f s left".formatted(elapsed * (total - done) / done);
    }

    private void draw(String line) {
        terminal.print("\r\033[K" + line);
        terminal.flush();
    }

    /** Takes the line away: results follow where it stood. */
    @Override
    public synchronized void close() {
        if (visible) {
            terminal.print("\r\033[K");
            terminal.flush();
        }
    }
}
