package org.bitloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bitloom.blocks.DotProduct;
import org.bitloom.blocks.Format;
import org.bitloom.blocks.MatrixVectorUnit;
import org.bitloom.blocks.ProcessingElement;
import org.bitloom.cli.bench.LutCount;
import org.bitloom.cli.bench.Mvu;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.Design;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** LUTs of the arithmetic after synthesis with Yosys. */
@Command(
        name = "luts",
        header = "Counts the LUTs of XNOR-popcount, of a processing element and of a whole unit after Yosys.",
        footer = {"%nExample:", "  ./bitloom bench luts --simd 32,64 --unit small"})
final class BenchLutsVerb implements Callable<Integer> {
    private static final Format BIPOLAR = new Format.Bipolar();

    @Option(
            names = "--simd",
            split = ",",
            paramLabel = "N",
            description = "Pairs of bits a cycle (default: 8,16,32,64,128,256).")
    private List<Integer> simds = List.of(8, 16, 32, 64, 128, 256);

    @Option(names = "--unit", paramLabel = "SHAPE", description = "Also a whole unit, see bench unit: small, large, …")
    private List<String> units = List.of();

    @Mixin
    private Answer answer = new Answer();

    private record Row(String name, LutCount.Target target, LutCount count) {}

    @Override
    public Integer call() throws Exception {
        simds.forEach(simd -> {
            if (simd < 1 || simd > 4096) {
                throw CommandException.badInput("--simd " + simd + ": from 1 to 4096.");
            }
        });
        BenchReport report = new BenchReport();
        Path yosys = report.tool("Yosys");
        List<Row> rows = new ArrayList<>();
        PrintWriter out = answer.out();
        if (!answer.isJson()) {
            report.print(out);
            for (LutCount.Target target : LutCount.Target.values()) {
                out.println("Synthesis " + target + ": " + target.command());
            }
            out.printf("%-28s %-6s %6s %6s %6s %6s %8s %6s%n", "", "", "LUT", "MUXF", "CARRY", "FF", "LUT-RAM", "BRAM");
        }
        BenchReport.inScratch(scratch -> {
            for (int simd : simds) {
                add(rows, "XNOR-popcount, " + simd + " pairs", dotProduct(simd), yosys, scratch, out);
            }
            for (int simd : simds) {
                add(rows, "processing element, " + simd, element(simd), yosys, scratch, out);
            }
            for (String unit : units) {
                add(rows, unit + " unit", Mvu.design(BenchUnitVerb.shape(unit)), yosys, scratch, out);
            }
        });
        if (answer.isJson()) {
            JsonOutput.print(out, generator -> {
                report.write(generator);
                generator.writeArrayFieldStart("luts");
                for (Row row : rows) {
                    generator.writeStartObject();
                    generator.writeStringField("name", row.name());
                    generator.writeStringField("target", row.target().name());
                    generator.writeStringField("synthesis", row.target().command());
                    generator.writeNumberField("lut", row.count().luts());
                    generator.writeNumberField("muxf", row.count().muxes());
                    generator.writeNumberField("carry", row.count().carries());
                    generator.writeNumberField("flipFlops", row.count().flipFlops());
                    generator.writeNumberField("lutMemories", row.count().lutMemories());
                    generator.writeNumberField("blockMemories", row.count().blockMemories());
                    generator.writeEndObject();
                }
                generator.writeEndArray();
            });
        }
        return ExitStatus.OK;
    }

    private void add(List<Row> rows, String name, Design design, Path yosys, Path scratch, PrintWriter out)
            throws IOException {
        for (LutCount.Target target : LutCount.Target.values()) {
            LutCount c = LutCount.of(design, target, yosys, scratch);
            rows.add(new Row(name, target, c));
            if (!answer.isJson()) {
                out.printf(
                        "%-28s %-6s %6d %6d %6d %6d %8d %6d%n",
                        name, target, c.luts(), c.muxes(), c.carries(), c.flipFlops(), c.lutMemories(), c.blockMemories());
            }
        }
    }

    private static Design dotProduct(int simd) {
        return Elaborator.elaborate("xnor_popcount", DotProduct::new, new DotProduct.Config(simd, BIPOLAR, BIPOLAR));
    }

    /** Sixteen words a row, as in the small unit. */
    private static Design element(int simd) {
        return Elaborator.elaborate(
                "element",
                ProcessingElement::new,
                new ProcessingElement.Config(
                        new DotProduct.Config(simd, BIPOLAR, BIPOLAR),
                        Component.bitsFor(16L * simd),
                        false,
                        new MatrixVectorUnit.Result.Sign()));
    }
}
