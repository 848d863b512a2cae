package org.bitloom.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import org.bitloom.sim.SimulationResult;

/** What several verbs print alike. */
final class Report {
    private Report() {}

    /** @param simulator its name, as it is to stand at the left */
    static void simulation(String simulator, SimulationResult result, PrintWriter out) {
        out.printf(
                "%-9s %,d frames: %s%n",
                simulator,
                result.frames(),
                result.exact()
                        ? "bit-exact, all %,d output values equal the golden model".formatted(result.values())
                        : "MISMATCH, %,d of %,d output values differ".formatted(result.mismatches(), result.values()));
        result.first().forEach(mismatch -> out.println("          " + mismatch));
        if (!result.stalled()) {
            String interval = result.intervalCycles() == null
                    ? ""
                    : "%,d cycles a frame (predicted %,d), "
                            .formatted(result.intervalCycles(), result.predictedIntervalCycles());
            out.printf(
                    "          %slatency %,d cycles (predicted %,d)%s%n",
                    interval,
                    result.latencyCycles(),
                    result.predictedLatencyCycles(),
                    result.asPredicted() ? "" : ": DIFFERS");
        }
    }

    /** A path as a person in this folder would type it. */
    static Path shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.toAbsolutePath().startsWith(here) ? here.relativize(path.toAbsolutePath()) : path;
    }
}
