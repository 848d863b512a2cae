package org.bitloom.cli;

import java.io.PrintStream;

/**
 * One line on the terminal that says how far long work has come. It goes to standard error, so that what is piped or
 * {@code --json} stays clean, and it is silent unless a person looks at a terminal.
 */
final class Progress implements AutoCloseable {
    private static final long REDRAW_NANOS = 100_000_000;
    private static final int BAR = 24;

    private final PrintStream terminal;
    private final boolean visible;
    private final long began = System.nanoTime();
    private long drawn = began - REDRAW_NANOS;

    private Progress(PrintStream terminal, boolean visible) {
        this.terminal = terminal;
        this.visible = visible;
    }

    /** Shown on the terminal, unless there is none or {@code quiet} is asked for. */
    static Progress onTerminal(boolean quiet) {
        return new Progress(System.err, !quiet && isTerminal());
    }

    /** A progress line that is always drawn, on {@code stream}. */
    static Progress on(PrintStream stream) {
        return new Progress(stream, true);
    }

    /** The launcher looks at standard error itself; started otherwise, the console decides. */
    private static boolean isTerminal() {
        return Boolean.getBoolean("bitloom.terminal")
                || (System.getProperty("bitloom.home") == null
                        && System.console() != null
                        && System.console().isTerminal());
    }

    /** Work of known size: {@code done} of {@code total} items of {@code what}. Cheap enough for every item. */
    synchronized void at(String what, long done, long total) {
        long now = System.nanoTime();
        if (!visible || (now - drawn < REDRAW_NANOS && done < total)) {
            return;
        }
        drawn = now;
        int filled = total == 0 ? BAR : (int) (BAR * Math.min(done, total) / total);
        draw("%s [%s%s] %,d of %,d%s"
                .formatted(what, "#".repeat(filled), "-".repeat(BAR - filled), done, total, remaining(now, done, total)));
    }

    /** A step that cannot be measured. */
    synchronized void at(String what) {
        if (visible) {
            draw(what + " …");
        }
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
