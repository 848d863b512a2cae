package org.bitloom.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the README shows is what the code says and does. After a change that is meant,
 * {@code ./bitloom test -pl testbenches -am -Dtest=ReadmeTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dbitloom.readme=write} puts the new text into it.
 */
class ReadmeTest {
    @TempDir
    private Path folder;

    @Test
    void theExampleIsWhatTheCodeSaysAndDoes() throws IOException {
        Path readme = repository().resolve("README.md");
        String before = Files.readString(readme);
        String after = before;
        for (Map.Entry<String, String> example : examples().entrySet()) {
            after = withExample(after, example.getKey(), example.getValue());
        }
        if ("write".equals(System.getProperty("bitloom.readme"))) {
            Files.writeString(readme, after);
        }
        assertThat(Files.readString(readme))
                .as("README.md (-Dbitloom.readme=write brings it up to date)")
                .isEqualTo(after);
    }

    /** The text of each fenced block by the comment that stands before it. */
    private Map<String, String> examples() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        NeuronExample.run(folder, new PrintStream(printed, true, StandardCharsets.UTF_8));
        Map<String, String> examples = new LinkedHashMap<>();
        String component = source("XnorNeuron.java");
        examples.put("component", component.substring(component.indexOf("/**")));
        examples.put("use", between(source("NeuronExample.java"), "// example\n", "// end of example").stripIndent());
        String verilog = Files.readString(folder.resolve("neuron.v"));
        examples.put("verilog", verilog.replaceAll("(?s)\n`ifdef FORMAL.*?`endif\n", ""));
        examples.put("printed", printed.toString(StandardCharsets.UTF_8));
        return examples;
    }

    /** The README with {@code text} in the fence after {@code <!-- example: name -->}. */
    private static String withExample(String readme, String name, String text) {
        String mark = "<!-- example: " + name + " -->\n```";
        int start = readme.indexOf(mark);
        assertThat(start).as(mark).isNotNegative();
        int first = readme.indexOf('\n', start + mark.length()) + 1;
        int end = readme.indexOf("```\n", first);
        return readme.substring(0, first) + text.strip() + "\n" + readme.substring(end);
    }

    private static String between(String text, String start, String end) {
        int from = text.indexOf(start) + start.length();
        String indented = text.substring(from, text.lastIndexOf('\n', text.indexOf(end)) + 1);
        return indented.stripTrailing();
    }

    private static String source(String file) throws IOException {
        try (InputStream in = ReadmeTest.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Path repository() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(folder.resolve("bitloom"))) {
            Path parent = folder.getParent();
            assertThat(parent).as("a folder above that holds the launcher").isNotNull();
            folder = parent;
        }
        return folder;
    }
}
