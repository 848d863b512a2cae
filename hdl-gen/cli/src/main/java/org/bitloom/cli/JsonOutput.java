package org.bitloom.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code --json} prints: one object, written only when it is whole, so that an error never leaves half of it. */
final class JsonOutput {
    /** Writes the members of the object. */
    interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private JsonOutput() {}

    static void print(PrintWriter out, Members members) throws IOException {
        out.println(text(members));
    }

    /** The same as a file. */
    static void write(Path file, Members members) throws IOException {
        Files.writeString(file, text(members) + "\n");
    }

    private static String text(Members members) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            DefaultIndenter lines = new DefaultIndenter("  ", "\n");
            json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines));
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        }
        return text.toString();
    }
}
