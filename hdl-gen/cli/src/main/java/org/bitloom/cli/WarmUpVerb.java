package org.bitloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bitloom.training.DigitsFiles;
import picocli.CommandLine.Command;

/**
 * Does once, silently, what people do most. The launcher runs it after a build so that the JVM records which classes to
 * load and which methods to compile ahead of time; it is not meant for people.
 */
@Command(name = "warm-up", hidden = true, description = "Exercises the command for the JVM's ahead-of-time cache.")
final class WarmUpVerb implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        Path folder = Files.createTempDirectory("bitloom-warm-up");
        try {
            DigitsFiles digits = DigitsFiles.unpack(folder);
            String unit = folder.resolve("unit").toString();
            for (List<String> command : commands(digits, folder.resolve("rtl").toString(), unit)) {
                PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
                Bitloom.run(nowhere, nowhere, command.toArray(String[]::new));
            }
        } finally {
            delete(folder);
        }
        return ExitStatus.OK;
    }

    /** New verbs whose start matters belong here. */
    private static List<List<String>> commands(DigitsFiles digits, String rtl, String unit) {
        String model = digits.model().toString();
        String images = digits.images().toString();
        String labels = digits.labels().toString();
        return List.of(
                List.of("--help"),
                List.of("--version"),
                List.of("no-such-verb"),
                List.of("doctor"),
                List.of("doctor", "--json"),
                List.of("evaluate", model, "--images", images, "--labels", labels),
                List.of("evaluate", model, "--images", images, "--labels", labels, "--frames", "20", "--json"),
                List.of("compile", model, "-o", rtl),
                List.of("bench", "unit", "small", "-o", unit),
                List.of("simulate", rtl, "--images", images, "--frames", "20"),
                List.of("simulate", rtl, "--images", images, "--frames", "20", "--json"));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
