package org.bitloom.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The {@code bitloom} command. Each verb is a class of its own, listed here in the order in which a newcomer needs it. */
@Command(
        name = "bitloom",
        versionProvider = Bitloom.Version.class,
        header = "Turns a compressed neural network into an FPGA accelerator: readable Verilog that is bit-exact.",
        commandListHeading = "%nVerbs (each has --help with an example):%n",
        optionListHeading = "%nOptions:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:done, and equal where something was compared",
            "1:mismatch",
            "2:bad input",
            "3:an external tool is missing",
            "70:a defect of Bitloom"
        })
public final class Bitloom implements Callable<Integer> {
    private static final Map<String, Supplier<Object>> VERBS = verbs();

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version of Bitloom and of its JVM and exit.")
    private boolean version;

    public static void main(String[] arguments) {
        PrintWriter out = new PrintWriter(System.out, true);
        PrintWriter err = new PrintWriter(System.err, true);
        System.exit(run(out, err, arguments));
    }

    /** Runs one command line and returns its exit status; never throws. */
    public static int run(PrintWriter out, PrintWriter err, String... arguments) {
        try {
            return commandLine(out, err, arguments).execute(arguments);
        } catch (Throwable thrown) { // an Error: picocli hands on exceptions only
            return Failures.report(thrown, err);
        }
    }

    private static Map<String, Supplier<Object>> verbs() {
        Map<String, Supplier<Object>> verbs = new LinkedHashMap<>();
        verbs.put("demo", DemoVerb::new);
        verbs.put("test", TestVerb::new);
        verbs.put("train", TrainVerb::new);
        verbs.put("inspect", InspectVerb::new);
        verbs.put("compile", CompileVerb::new);
        verbs.put("simulate", SimulateVerb::new);
        verbs.put("report", ReportVerb::new);
        verbs.put("evaluate", EvaluateVerb::new);
        verbs.put("explore", ExploreVerb::new);
        verbs.put("boards", BoardsVerb::new);
        verbs.put("doctor", DoctorVerb::new);
        verbs.put("bench", BenchVerb::new);
        verbs.put("warm-up", WarmUpVerb::new);
        return verbs;
    }

    /** Knows all verbs, or the one that the arguments begin with: reading every verb's options shows in the start. */
    static CommandLine commandLine(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine command = new CommandLine(new Bitloom());
        Supplier<Object> asked = arguments.length == 0 ? null : VERBS.get(arguments[0]);
        if (asked != null) {
            command.addSubcommand(arguments[0], asked.get());
        } else {
            VERBS.forEach((name, verb) -> command.addSubcommand(name, verb.get()));
        }
        return command
                .setOut(out)
                .setErr(err)
                .setUsageHelpWidth(100)
                .setUsageHelpAutoWidth(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Bitloom::explain)
                .setExecutionExceptionHandler(new Failures());
    }

    /** A wrong command line gets its message, picocli's suggestions, and the way to the help; not the whole help. */
    private static int explain(CommandLine.ParameterException thrown, String[] arguments) {
        CommandLine command = thrown.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("bitloom: " + thrown.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(thrown, err);
        err.println("Try: ./" + command.getCommandSpec().qualifiedName() + " --help");
        return ExitStatus.BAD_INPUT;
    }

    /** No verb: the help, which is what a first look asks for. */
    @Override
    public Integer call() {
        CommandLine command = spec.commandLine();
        command.usage(command.getOut());
        return ExitStatus.OK;
    }

    /** The version from the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Bitloom.class.getPackage().getImplementationVersion();
            return new String[] {
                "bitloom " + (version == null ? "(not packaged)" : version),
                "JVM " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
            };
        }
    }
}
