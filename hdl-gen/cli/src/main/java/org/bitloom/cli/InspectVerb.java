package org.bitloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bitloom.accelerator.Accelerator;
import org.bitloom.network.NetworkException;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.model.Model;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What a model holds and what would become of it. */
@Command(
        name = "inspect",
        header = "Lists a model's layers, shapes and bit widths, and which block will serve each, or why none can.",
        footer = {"%nExample:", "  ./bitloom inspect TFC_1W1A.onnx"})
final class InspectVerb implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL", description = ModelFile.KINDS)
    private Path model;

    @Mixin
    private ModelOptions modelOptions = ModelOptions.none();

    @Mixin
    private Answer answer = new Answer();

    @Override
    public Integer call() throws Exception {
        PrintWriter out = answer.out();
        QuantizeOptions quantize = modelOptions.quantize();
        ModelSource source = ModelSource.read(model, modelOptions.file());
        if (source instanceof ModelSource.Graph(Model read) && !quantize.isGiven()) {
            Model graph = quantize.apply(read);
            ModelFile folded;
            try {
                folded = ModelFile.folded(graph);
            } catch (NetworkException e) {
                show(new FloatGraph(graph, String.valueOf(e.getMessage())), out);
                return ExitStatus.OK;
            }
            show(folded, out);
        } else {
            show(ModelFile.of(source, model, quantize), out);
        }
        return ExitStatus.OK;
    }

    private void show(FloatGraph graph, PrintWriter out) throws IOException {
        if (answer.isJson()) {
            JsonOutput.print(out, graph::write);
        } else {
            graph.print(out);
        }
    }

    private void show(ModelFile opened, PrintWriter out) throws IOException {
        List<LayerLine> lines = LayerLine.of(opened.network(), Accelerator.defaultFoldings(opened.network()));
        if (answer.isJson()) {
            write(opened, lines, out);
        } else {
            print(opened, lines, out);
        }
    }

    private static boolean canBeCompiled(List<LayerLine> lines) {
        return lines.stream().allMatch(line -> line.refusal() == null);
    }

    private void print(ModelFile opened, List<LayerLine> lines, PrintWriter out) {
        out.println("Network   " + opened.network());
        opened.notes().forEach(note -> out.println("Note      " + note));
        out.println();
        Table table = new Table(LayerLine.HEADS);
        lines.forEach(line -> table.row(line.cells()));
        table.print(out);
        out.println();
        out.println("  " + LayerLine.LEGEND);
        out.printf(
                "Total     %,d weights in %,d bits, %,d MACs a frame%n",
                lines.stream().mapToLong(LayerLine::weightCount).sum(),
                lines.stream().mapToLong(LayerLine::weightBits).sum(),
                lines.stream().mapToLong(LayerLine::macs).sum());
        if (canBeCompiled(lines)) {
            out.println("Next      " + next(opened.network()));
        } else {
            out.printf(
                    "%,d of %,d layers cannot be mapped: change them in the model.%n",
                    lines.stream().filter(line -> line.refusal() != null).count(), lines.size());
        }
    }

    private String next(IntegerNetwork network) {
        return "./bitloom compile " + Report.shown(model) + modelOptions.arguments() + " -o rtl-out/" + network.name();
    }

    private void write(ModelFile opened, List<LayerLine> lines, PrintWriter out) throws IOException {
        JsonOutput.print(out, generator -> {
            generator.writeStringField("name", opened.network().name());
            generator.writeBooleanField("canBeCompiled", canBeCompiled(lines));
            generator.writeArrayFieldStart("layers");
            for (LayerLine line : lines) {
                line.write(generator);
            }
            generator.writeEndArray();
            generator.writeNumberField("weights", lines.stream().mapToLong(LayerLine::weightCount).sum());
            generator.writeNumberField("weightBits", lines.stream().mapToLong(LayerLine::weightBits).sum());
            generator.writeNumberField("macs", lines.stream().mapToLong(LayerLine::macs).sum());
            generator.writeArrayFieldStart("notes");
            for (String note : opened.notes()) {
                generator.writeString(note);
            }
            generator.writeEndArray();
            generator.writeStringField("next", canBeCompiled(lines) ? next(opened.network()) : null);
        });
    }
}
