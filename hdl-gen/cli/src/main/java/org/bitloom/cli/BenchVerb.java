package org.bitloom.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measurements that anybody can repeat; docs/benchmarks.md has the figures. */
@Command(
        name = "bench",
        header = "Measures Bitloom: compile time, simulators, LUTs, clocks.",
        subcommands = {BenchCompileVerb.class, BenchSimulateVerb.class, BenchLutsVerb.class, BenchMasksVerb.class,
            BenchCostVerb.class, BenchClockVerb.class, BenchUnitVerb.class},
        footer = {"%nExample:", "  ./bitloom bench simulate rtl-out/tfc"})
final class BenchVerb implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine command = spec.commandLine();
        command.usage(command.getOut());
        return ExitStatus.OK;
    }
}
