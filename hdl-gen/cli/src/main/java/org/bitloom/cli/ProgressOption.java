package org.bitloom.cli;

import picocli.CommandLine.Option;

/** Whether long work shows how far it is; shared by every verb that takes long. */
final class ProgressOption {
    @Option(
            names = {"-q", "--quiet"},
            description = "Show no progress.")
    private boolean quiet;

    TerminalProgress start() {
        return TerminalProgress.onTerminal(quiet);
    }
}
