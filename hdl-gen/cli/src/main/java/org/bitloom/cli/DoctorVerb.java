package org.bitloom.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bitloom.cli.ToolProbe.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the tools that Bitloom starts: which are here, what each is for, and how to get those that are missing. */
@Command(
        name = "doctor",
        header = "Lists the tools that Bitloom can use, what each is for, and how to get what is missing.",
        description = {
            "Only a JDK and Maven are needed; everything else adds a simulator or a synthesizer.%n"
        },
        footer = {"%nExamples:", "  ./bitloom doctor", "  ./bitloom doctor --json | jq '.tools[] | select(.present | not)'"})
final class DoctorVerb implements Callable<Integer> {
    @Mixin
    private Answer answer = new Answer();

    @Override
    public Integer call() throws Exception {
        List<Finding> findings = examine(ToolProbe.ofThisSystem());
        PrintWriter out = answer.out();
        if (answer.isJson()) {
            JsonOutput.print(out, generator -> write(generator, findings));
        } else {
            print(out, findings);
        }
        return missing(findings).stream().anyMatch(finding -> finding.tool().needed())
                ? ExitStatus.TOOL_MISSING
                : ExitStatus.OK;
    }

    /** Asks all tools at once: some need half a second to tell their version. */
    private static List<Finding> examine(ToolProbe probe) throws Exception {
        List<Finding> findings = new ArrayList<>(List.of(probe.runningJdk()));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Finding>> pending = ExternalTool.ALL.stream()
                    .map(tool -> threads.submit(() -> probe.look(tool)))
                    .toList();
            for (Future<Finding> finding : pending) {
                findings.add(finding.get());
            }
        }
        return findings;
    }

    private static List<Finding> missing(List<Finding> findings) {
        return findings.stream().filter(finding -> !finding.present()).toList();
    }

    private static void print(PrintWriter out, List<Finding> findings) {
        for (Finding finding : findings) {
            String state = finding.present() ? finding.version().isEmpty() ? "here" : finding.version() : "missing";
            out.printf(
                    "%s %-21s %-12s %s%n",
                    finding.present() ? "ok" : "--",
                    finding.tool().name(),
                    state,
                    finding.tool().purpose());
        }
        List<Finding> missing = missing(findings);
        if (missing.isEmpty()) {
            out.println("\nEverything is here.");
            return;
        }
        out.println("\nTo get what is missing:");
        missing.stream().map(Finding::install).distinct().forEach(command -> out.println("  " + command));
        if (missing.stream().noneMatch(finding -> finding.tool().needed())) {
            out.println("Nothing of it is needed to compile a network and to simulate it in the built-in simulator.");
        }
    }

    private static void write(JsonGenerator json, List<Finding> findings) throws IOException {
        json.writeArrayFieldStart("tools");
        for (Finding finding : findings) {
            json.writeStartObject();
            json.writeStringField("name", finding.tool().name());
            json.writeBooleanField("present", finding.present());
            if (finding.location() != null) {
                json.writeStringField("location", finding.location().toString());
                json.writeStringField("version", finding.version());
            }
            json.writeStringField("purpose", finding.tool().purpose());
            json.writeBooleanField("needed", finding.tool().needed());
            json.writeStringField("install", finding.install());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
