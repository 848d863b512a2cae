package org.bitloom.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bitloom.cli.bench.Machine;
import org.bitloom.cli.bench.Samples;
import org.bitloom.cli.bench.Scratch;

/** What all bench verbs print: the machine, the versions of the tools that took part, figures as minimum and median. */
final class BenchReport {
    private final Machine machine = Machine.ofThis();
    private final List<ToolProbe.Finding> tools = new ArrayList<>();

    /** The program of a tool that takes part; its version goes into the report. */
    Path tool(String name) {
        ExternalTool tool = ExternalTool.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        ToolProbe.Finding finding = ToolProbe.ofThisSystem().look(tool);
        Path location = finding.location();
        if (location == null) {
            throw CommandException.toolMissing(name + " is missing. To get it: " + finding.install());
        }
        tools.add(finding);
        return location;
    }

    /** What tools do in a folder that goes when they are done. */
    interface Work {
        void in(Path scratch) throws IOException;
    }

    /** Where a tool fails, what it says is the user's message. */
    static void inScratch(Work work) {
        try (Scratch scratch = Scratch.create()) {
            work.in(scratch.path());
        } catch (IOException e) {
            throw CommandException.badInput(String.valueOf(e.getMessage()));
        }
    }

    void print(PrintWriter out) {
        out.println("Machine   " + machine);
        tools.forEach(tool -> out.println("Tool      " + tool.tool().name() + " " + tool.version()));
    }

    void write(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("machine");
        json.writeStringField("processor", machine.processor());
        json.writeNumberField("processors", machine.processors());
        json.writeNumberField("load", machine.load());
        json.writeStringField("jvm", machine.jvm());
        json.writeEndObject();
        json.writeObjectFieldStart("tools");
        for (ToolProbe.Finding tool : tools) {
            json.writeStringField(tool.tool().name(), tool.version());
        }
        json.writeEndObject();
    }

    static void write(JsonGenerator json, String name, Samples samples) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("min", samples.least());
        json.writeNumberField("median", samples.median());
        json.writeNumberField("max", samples.greatest());
        json.writeNumberField("runs", samples.values().size());
        json.writeEndObject();
    }
}
