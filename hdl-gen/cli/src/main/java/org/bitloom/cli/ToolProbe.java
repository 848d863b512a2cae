package org.bitloom.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds external tools on the {@code PATH}, asks them for their version, and knows how this system installs them. */
final class ToolProbe {
    private static final Pattern VERSION = Pattern.compile("\\b[v-]?(\\d+\\.\\d+(?:\\.\\d+)*)");
    private static final long PATIENCE_SECONDS = 10;

    private final List<Path> path;
    private final boolean root;

    ToolProbe(List<Path> path, boolean root) {
        this.path = List.copyOf(path);
        this.root = root;
    }

    static ToolProbe ofThisSystem() {
        String searched = Optional.ofNullable(System.getenv("PATH")).orElse("");
        List<Path> folders = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(searched)
                .filter(Predicate.not(String::isBlank))
                .map(Path::of)
                .toList();
        return new ToolProbe(folders, "root".equals(System.getProperty("user.name")));
    }

    /**
     * What is known of a tool here.
     *
     * @param location where it lies; null when it is missing
     * @param version its version; empty when it does not tell one
     * @param install the command that installs it here
     */
    record Finding(ExternalTool tool, @Nullable Path location, String version, String install) {
        boolean present() {
            return location != null;
        }
    }

    /** The JDK that runs this very command: the launcher refuses to start without one. */
    Finding runningJdk() {
        ExternalTool jdk = new ExternalTool("JDK", List.of("java"), "runs Bitloom", true, "openjdk-25-jdk", "java-25-openjdk-devel", "openjdk");
        return new Finding(jdk, Path.of(System.getProperty("java.home")), Runtime.version().toString(), installation(jdk));
    }

    Finding look(ExternalTool tool) {
        Path program = locate(tool.probe().getFirst()).orElse(null);
        String version = program == null ? "" : version(program, tool.probe());
        return new Finding(tool, program, version, installation(tool));
    }

    Optional<Path> locate(String program) {
        return path.stream()
                .map(folder -> folder.resolve(program))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    private static String version(Path program, List<String> probe) {
        List<String> command = new ArrayList<>(probe);
        command.set(0, program.toString());
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                                        .start();
            process.getOutputStream().close();
            Thread watchdog = Thread.startVirtualThread(() -> endWhenSilent(process));
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            watchdog.interrupt();
            Matcher matcher = VERSION.matcher(printed);
            return matcher.find() ? matcher.group(1) : "";
        } catch (IOException _) {
            return ""; // it is there and executable, and refuses to tell its version
        }
    }

    private static void endWhenSilent(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private String installation(ExternalTool tool) {
        String sudo = root ? "" : "sudo ";
        if (locate("apt-get").isPresent()) {
            return sudo + "apt-get install " + tool.debian();
        }
        if (locate("dnf").isPresent()) {
            return sudo + "dnf install " + tool.fedora();
        }
        if (locate("brew").isPresent() && !tool.brew().isEmpty()) {
            return "brew install " + tool.brew();
        }
        return "install the package '" + tool.debian() + "' (its name in Debian)";
    }
}
