package org.bitloom.cli;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Exercises what every start needs, silently. The launcher runs it once after a build so that the JVM records which
 * classes to load and which methods to compile ahead of time; it is not meant for people.
 */
@Command(name = "warm-up", hidden = true, description = "Exercises the command for the JVM's ahead-of-time cache.")
final class WarmUpVerb implements Callable<Integer> {
    private static final List<List<String>> COMMANDS =
            List.of(List.of("--help"), List.of("--version"), List.of("doctor", "--json"), List.of("no-such-verb"));

    @Override
    public Integer call() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        for (List<String> command : COMMANDS) {
            Bitloom.run(nowhere, nowhere, command.toArray(String[]::new));
        }
        return ExitStatus.OK;
    }
}
