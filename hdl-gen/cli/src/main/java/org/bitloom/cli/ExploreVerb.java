package org.bitloom.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What compression does to a network, over many choices. */
@Command(
        name = "explore",
        header = "Tries many ways to compress a network and shows what each costs, in accuracy and in hardware.",
        subcommands = {ExploreBitsVerb.class, ExploreMasksVerb.class},
        footer = {"%nExamples:", "  ./bitloom explore bits --help", "  ./bitloom explore masks --help"})
final class ExploreVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine command = spec.commandLine();
        command.usage(command.getOut());
        return ExitStatus.OK;
    }
}
