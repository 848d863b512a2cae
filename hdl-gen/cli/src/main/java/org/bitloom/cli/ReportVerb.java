package org.bitloom.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bitloom.accelerator.GeneratedDesign;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What {@code compile} said of a design, from its folder alone. */
@Command(
        name = "report",
        header = "Says again what a generated design is predicted to take and where its page lies.",
        footer = {"%nExample:", "  ./bitloom report rtl-out/tfc"})
final class ReportVerb implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "A folder that ./bitloom compile made.")
    private Path folder;

    @Mixin
    private Answer answer = new Answer();

    @Override
    public Integer call() throws Exception {
        GeneratedDesign design = GeneratedDesign.open(folder);
        if (!Files.isRegularFile(design.page())) {
            throw CommandException.badInput("%s is missing: compile the model again, and it is written."
                    .formatted(design.page()));
        }
        List<String> changed = design.changedFiles();
        DesignSummary.show(design, new PredictionReport(design.accelerator(), design.manifest().target()), answer);
        if (!changed.isEmpty()) {
            (answer.isJson() ? answer.err() : answer.out())
                    .println("Changed   " + String.join(", ", changed) + ": no longer what was generated");
        }
        return changed.isEmpty() ? ExitStatus.OK : ExitStatus.MISMATCH;
    }
}
