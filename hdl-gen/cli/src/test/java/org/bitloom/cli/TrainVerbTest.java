package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainVerbTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Bitloom.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void anUnknownSubjectIsNamedWithTheKnownOnes() {
        assertThat(run("train", "digots")).isEqualTo(ExitStatus.BAD_INPUT);
        assertThat(err.toString()).contains("digots", "[digits]");
    }

    @Test
    @Tag("slow") // half a minute; the training module's own tests reproduce the bytes in every run
    void trainingReproducesTheCommittedNetworkFromTheCommandLine(@TempDir Path folder) {
        int status = run("train", "digits", "-o", folder.resolve("new").toString(), "--json");
        assertThat(err.toString()).isEmpty();
        assertThat(status).isEqualTo(ExitStatus.OK);
        assertThat(out.toString()).contains("\"equalsCommitted\" : true");
        assertThat(folder.resolve("new/digits.onnx")).exists();
    }
}
