package org.bitloom.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.accelerator.DesignReport;
import org.bitloom.accelerator.Manifest;
import org.bitloom.cli.report.Page;

/** The page of a design: what {@code compile} prints of it, its layers, and the weights of each against their format. */
record DesignPage(ModelFile opened, Accelerator accelerator, PredictionReport prediction) implements DesignReport {
    @Override
    public Map<String, String> files(Manifest manifest) {
        Page page = new Page(accelerator.network().name() + ", an FPGA accelerator", FIGURES);
        page.list(facts(manifest).stream().map(Fact::cells).toList());
        page.heading("Layers")
                .table(LayerLine.HEADS, LayerLine.of(accelerator.network(), accelerator.foldings()).stream().map(LayerLine::cells).toList())
                .paragraph(LayerLine.LEGEND);
        page.heading("Predicted cycles and resources")
                .table(PredictionReport.HEADS, prediction.rows())
                .paragraph("Cycles of a frame in the slowest stage of each layer, FIFOs and converters before it included;"
                        + " the total is the distance from one frame to the next. Predicted before any synthesis.");
        List<WeightFigure> weights = WeightFigure.of(accelerator.network(), opened.trained());
        if (!weights.isEmpty()) {
            page.heading("Weights and representable values");
            weights.forEach(figure ->
                    page.figure("weights-" + figure.layer(), figure.svg(), figure.caption()));
        }
        page.heading("Files")
                .link("rtl/" + manifest.top() + ".v", "rtl/" + manifest.top() + ".v, the top module")
                .link("manifest.json", "manifest.json: streams, stages, folding, checksums; for programs")
                .link("network.json", "network.json: the integer network, which is the golden model");
        return page.files();
    }

    private List<Fact> facts(Manifest manifest) {
        List<Fact> facts = new ArrayList<>(DesignSummary.of(accelerator));
        opened.notes().forEach(note -> facts.add(new Fact("Note", note)));
        facts.add(prediction.device());
        facts.addAll(prediction.facts());
        facts.add(new Fact("Verilog", "%d files, top module %s".formatted(manifest.sources().size(), manifest.top())));
        return facts;
    }
}
