package org.bitloom.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.ClockCheck;
import org.bitloom.accelerator.Prediction;
import org.bitloom.accelerator.Target;
import org.bitloom.accelerator.board.Board;
import org.bitloom.accelerator.board.Speed;
import org.bitloom.hdl.cost.Resources;

/** What an accelerator is predicted to take and how fast it is, layer by layer: as a table, and as JSON. */
final class PredictionReport {
    private static final String ROW = "  %-18s %9s %12s %9s %9s %6s %6s%n";

    private final Accelerator accelerator;
    private final Target target;
    private final Prediction prediction;

    PredictionReport(Accelerator accelerator, Target target) {
        this.accelerator = accelerator;
        this.target = target;
        this.prediction = Prediction.of(accelerator, target.family());
    }

    /** What {@link #rows} are. */
    static final List<String> HEADS = List.of("Layer", "PE x SIMD", "cycles", "LUT", "FF", "BRAM", "DSP");

    /** A row for each layer, their total, and of a board the share that is taken. */
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (Prediction.Layer layer : prediction.layers()) {
            rows.add(row(layer.name(), layer.folding() == null ? "" : layer.folding().toString(), layer.cycles(),
                    layer.cost()));
        }
        rows.add(row("total", "", accelerator.intervalCycles(), prediction.total()));
        Board board = target.board();
        if (board != null) {
            Resources all = board.capacity();
            rows.add(List.of("of " + board.id(), "", "", share(Resources::lut, all), share(Resources::ff, all),
                    share(Resources::bram, all), share(Resources::dsp, all)));
        }
        return rows;
    }

    private static List<String> row(String name, String folding, long cycles, Resources cost) {
        return List.of(
                name, folding, count(cycles), count(cost.lut()), count(cost.ff()), count(cost.bram()), count(cost.dsp()));
    }

    /** The device, and whether it all fits. */
    Fact device() {
        String family = target.family().name().toLowerCase(Locale.ROOT);
        Board board = target.board();
        return new Fact("Device", board == null ? family : family + ": " + prediction.on(board).message());
    }

    /** How fast it is, where there is a clock, and how fast a clock can be. */
    List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        if (target.hasClock()) {
            facts.add(new Fact("Speed", String.format(Locale.ROOT, "%,.0f frames/s, %,.2f us latency at %s MHz",
                    framesPerSecond(), latencyMicroseconds(), target.clockText())));
        }
        facts.add(new Fact("Clock", limit()));
        if (isMissed()) {
            facts.add(new Fact("", String.format(Locale.ROOT,
                    "%s MHz will be missed: its longest path is predicted %.1f ns too long", target.clockText(),
                    nanosecondsMissing())));
        }
        return facts;
    }

    void print(PrintWriter out) {
        out.println();
        out.printf(ROW, HEADS.toArray());
        rows().forEach(row -> out.printf(ROW, row.toArray()));
        out.println();
        facts().forEach(fact -> fact.print(out));
    }

    /** The fastest clock, and what limits it. */
    private String limit() {
        return String.format(Locale.ROOT, "about %.0f MHz, limited by %s; predicted, not placed and routed",
                prediction.megahertz(), ClockCheck.description(prediction.critical()));
    }

    /** What all stages take. */
    Resources total() {
        return prediction.total();
    }

    private boolean isMissed() {
        return target.hasClock() && prediction.megahertz() < target.megahertz();
    }

    private double nanosecondsMissing() {
        return Speed.of(target.family()).nanoseconds(prediction.critical().path()) - 1000 / target.megahertz();
    }

    private double framesPerSecond() {
        return target.megahertz() * 1e6 / accelerator.intervalCycles();
    }

    private double latencyMicroseconds() {
        return accelerator.latencyCycles() / target.megahertz();
    }

    void write(JsonGenerator json) throws IOException {
        Board board = target.board();
        json.writeStringField("family", target.family().name().toLowerCase(Locale.ROOT));
        if (board != null) {
            json.writeStringField("board", board.id());
        }
        if (target.hasClock()) {
            json.writeNumberField("clockMegahertz", target.megahertz());
            json.writeNumberField("predictedFramesPerSecond", framesPerSecond());
            json.writeNumberField("predictedLatencyMicroseconds", latencyMicroseconds());
            json.writeBooleanField("predictedClockMissed", isMissed());
        }
        json.writeStringField("criticalStage", prediction.critical().stage());
        json.writeStringField("criticalPart", prediction.critical().path().part());
        json.writeNumberField("criticalLevels", prediction.critical().path().luts());
        json.writeNumberField("predictedMegahertz", Math.round(prediction.megahertz()));
        json.writeArrayFieldStart("layers");
        for (Prediction.Layer layer : prediction.layers()) {
            json.writeStartObject();
            json.writeStringField("name", layer.name());
            if (layer.folding() != null) {
                json.writeStringField("folding", layer.folding().toString());
            }
            json.writeNumberField("cycles", layer.cycles());
            write(json, layer.cost());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("total");
        write(json, prediction.total());
        json.writeEndObject();
        if (board != null) {
            json.writeObjectFieldStart("available");
            write(json, board.capacity());
            json.writeEndObject();
        }
    }

    /** The members of an object. */
    static void write(JsonGenerator json, Resources resources) throws IOException {
        json.writeNumberField("lut", resources.lut());
        json.writeNumberField("ff", resources.ff());
        json.writeNumberField("bram", resources.bram());
        json.writeNumberField("dsp", resources.dsp());
    }

    private String share(ToIntFunction<Resources> kind, Resources all) {
        int there = kind.applyAsInt(all);
        return there == 0 ? "none" : String.format(Locale.ROOT, "%.1f %%", 100.0 * kind.applyAsInt(prediction.total()) / there);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
