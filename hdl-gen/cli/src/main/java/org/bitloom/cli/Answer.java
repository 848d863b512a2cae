package org.bitloom.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a verb's result goes, and in which form; shared by every verb that has one. */
final class Answer {
    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Whether a program is to read it. */
    boolean isJson() {
        return json;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** What a person must see though a program reads the rest. */
    PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
