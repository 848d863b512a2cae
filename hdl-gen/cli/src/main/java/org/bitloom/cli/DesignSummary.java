package org.bitloom.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.Folding;
import org.bitloom.accelerator.GeneratedDesign;
import org.bitloom.blocks.Depth;

/** What is said of a design before anything else. */
final class DesignSummary {
    private DesignSummary() {}

    static List<Fact> of(Accelerator accelerator) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Network", accelerator.network().toString()));
        facts.add(new Fact("Folding", Folding.text(accelerator.foldings()) + "  (PE x SIMD)"));
        if (!accelerator.depths().isEmpty()) {
            facts.add(new Fact("Depth", accelerator.depths().entrySet().stream()
                    .map(stage -> stage.getKey() + " " + stage.getValue())
                    .collect(Collectors.joining(", ")) + "  (registers beyond the least: in or before the arithmetic + behind it)"));
        }
        facts.add(new Fact("Predicted", String.format(Locale.ROOT, "%,d cycles a frame, %,d cycles latency",
                accelerator.intervalCycles(), accelerator.latencyCycles())));
        return facts;
    }

    static void write(Accelerator accelerator, JsonGenerator json) throws IOException {
        json.writeStringField("folding", Folding.text(accelerator.foldings()));
        json.writeObjectFieldStart("depths");
        for (Map.Entry<String, Depth> depth : accelerator.depths().entrySet()) {
            json.writeStringField(depth.getKey(), depth.getValue().toString());
        }
        json.writeEndObject();
        json.writeNumberField("predictedIntervalCycles", accelerator.intervalCycles());
        json.writeNumberField("predictedLatencyCycles", accelerator.latencyCycles());
    }

    /** All that is said of a design in its folder, as the user wants it. */
    static void show(GeneratedDesign design, PredictionReport prediction, Answer answer) throws IOException {
        if (answer.isJson()) {
            JsonOutput.print(answer.out(), json -> {
                json.writeStringField("design", design.folder().toString());
                json.writeStringField("report", design.page().toString());
                write(design.accelerator(), json);
                prediction.write(json);
            });
        } else {
            print(design, answer.out());
            prediction.print(answer.out());
        }
    }

    /** With where it lies. */
    static void print(GeneratedDesign design, PrintWriter out) {
        of(design.accelerator()).forEach(fact -> fact.print(out));
        new Fact("Verilog", "%s (%d files, top module %s)".formatted(
                Report.shown(design.rtl()), design.manifest().sources().size(), design.manifest().top())).print(out);
        new Fact("Report", Report.shown(design.page()).toString()).print(out);
    }
}
