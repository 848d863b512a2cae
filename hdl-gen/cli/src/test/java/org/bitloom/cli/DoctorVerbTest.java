package org.bitloom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorVerbTest {
    @TempDir
    private Path folder;

    private static final ExternalTool TOOL = new ExternalTool(
            "Weaver", List.of("weaver", "--version"), "weaves", false, "weaver-deb", "weaver-rpm", "weaver");

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void findsTheVersionThatAToolPrintsOnEitherStream() throws IOException {
        program("weaver", "echo 'Weaver version 2.7.1 (rev abc)' >&2");
        ToolProbe.Finding finding = new ToolProbe(List.of(folder), true).look(TOOL);
        assertThat(finding.present()).isTrue();
        assertThat(finding.version()).isEqualTo("2.7.1");
        assertThat(finding.location()).isEqualTo(folder.resolve("weaver"));
    }

    @Test
    void aToolThatTellsNoVersionIsStillThere() throws IOException {
        program("weaver", "echo usage; exit 1");
        ToolProbe.Finding finding = new ToolProbe(List.of(folder), true).look(TOOL);
        assertThat(finding.present()).isTrue();
        assertThat(finding.version()).isEmpty();
    }

    @Test
    void aMissingToolComesWithTheCommandOfThisSystemThatInstallsIt() throws IOException {
        program("apt-get", "exit 0");
        assertThat(new ToolProbe(List.of(folder), false).look(TOOL).install()).isEqualTo("sudo apt-get install weaver-deb");
        assertThat(new ToolProbe(List.of(folder), true).look(TOOL).install()).isEqualTo("apt-get install weaver-deb");
        assertThat(new ToolProbe(List.of(folder), true).look(TOOL).present()).isFalse();
    }

    @Test
    void jsonIsOneWholeObjectThatNamesEveryTool() throws IOException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Bitloom.run(new PrintWriter(out), new PrintWriter(err), "doctor", "--json");
        assertThat(status).isIn(ExitStatus.OK, ExitStatus.TOOL_MISSING);
        assertThat(err.toString()).isEmpty();
        int named = 0;
        try (JsonParser json = new JsonFactory().createParser(out.toString())) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                named += token == JsonToken.FIELD_NAME && json.currentName().equals("name") ? 1 : 0;
            }
        }
        assertThat(named).isEqualTo(ExternalTool.ALL.size() + 1);
    }
}
