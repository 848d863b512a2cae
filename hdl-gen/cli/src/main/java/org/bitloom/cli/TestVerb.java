package org.bitloom.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Listed for its help only: the launcher carries it out, as tests are Maven's work. */
@Command(
        name = "test",
        header = "Installs Verilator, Icarus and Yosys if they are missing, then runs every test.",
        footer = {"%nExamples:", "  ./bitloom test", "  ./bitloom test -pl hdl-gen/jhdl-lite -am"})
final class TestVerb implements Callable<Integer> {
    @Parameters(paramLabel = "MAVEN-ARGUMENT", description = "Handed on to mvn verify.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        throw CommandException.badInput(
                "the tests are started by the launcher (./bitloom test) or by Maven: mvn verify %s"
                        .formatted(String.join(" ", arguments))
                        .strip());
    }
}
