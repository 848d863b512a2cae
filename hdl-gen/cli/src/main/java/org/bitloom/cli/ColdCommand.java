package org.bitloom.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitloom.cli.bench.ColdProcess;

/** Runs the {@code bitloom} command as a user does: the launcher, and a JVM of its own. */
final class ColdCommand {
    private ColdCommand() {}

    static ColdProcess.Cost run(Map<String, String> environment, String... arguments) throws IOException {
        String home = System.getProperty("bitloom.home");
        if (home == null) {
            throw CommandException.badInput("bench starts Bitloom afresh and needs its launcher: use ./bitloom bench.");
        }
        List<String> command = new ArrayList<>(List.of(Path.of(home, "bitloom").toString()));
        command.addAll(List.of(arguments));
        ColdProcess.Cost cost = ColdProcess.run(command, environment);
        if (cost.status() != ExitStatus.OK) {
            throw CommandException.badInput("./bitloom " + String.join(" ", arguments) + " ends with status " + cost.status()
                    + ": " + cost.printed());
        }
        return cost;
    }
}
