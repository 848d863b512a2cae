package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class BitloomTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Bitloom.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void withoutAVerbShowsTheHelp() {
        assertThat(run()).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("Usage: bitloom", "doctor", "Exit status:").doesNotContain("warm-up");
    }

    @Test
    void anUnknownVerbIsBadInputWithASuggestion() {
        assertThat(run("docter")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(err.toString()).contains("docter", "doctor", "--help").doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anUnknownOptionIsBadInputAndNamesTheHelpOfItsVerb() {
        assertThat(run("doctor", "--jsn")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(err.toString()).contains("--jsn", "--json", "./bitloom doctor --help");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbExplainsItselfWithAnExample(String verb) {
        assertThat(run(verb, "--help")).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("Usage: bitloom " + verb, "Example", "./bitloom " + verb);
    }

    static Iterable<String> verbs() {
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        return Bitloom.commandLine(nowhere, nowhere).getSubcommands().entrySet().stream()
                .filter(verb -> !verb.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry<String, CommandLine>::getKey)
                .toList();
    }

    @Test
    void aUsersErrorIsOneMessageWithoutAStackTrace() {
        int status = Failures.report(new NoSuchFileException("no/such.onnx"), new PrintWriter(err));
        assertThat(status).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(err.toString().strip()).isEqualTo("bitloom: no/such.onnx: no such file or folder.");
    }

    @Test
    void aDefectIsCalledOneAndIsNoMismatch() {
        int status = Failures.report(new IllegalStateException("impossible"), new PrintWriter(err));
        assertThat(status).isEqualTo(ExitStatus.DEFECT).isNotEqualTo(ExitStatus.MISMATCH);
        assertThat(err.toString()).contains("defect of Bitloom", "impossible", "BITLOOM_TRACE");
    }
}
