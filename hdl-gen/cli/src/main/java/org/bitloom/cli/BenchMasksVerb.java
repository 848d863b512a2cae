package org.bitloom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bitloom.blocks.DotProduct;
import org.bitloom.blocks.Format;
import org.bitloom.blocks.Multiplier;
import org.bitloom.cli.bench.LutCount;
import org.bitloom.hdl.Elaborator;
import org.bitloom.network.BitPattern;
import org.bitloom.network.NetworkException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** LUTs of multipliers whose weights have masked bits, beside those of plain weights of the stored and of the whole width. */
@Command(
        name = "masks",
        header = "Counts the LUTs of products with bit-masked weights, beside plain ones, after Yosys without DSP.",
        description = {
            "%nFor each pattern of T bits, M of them masked: sign and magnitude masked, plain of T − M bits, plain of T bits,"
                    + " and two's complement of T − M and T bits; as one multiplier (--simd 1) and summed up over lanes."
        },
        footer = {"%nExample:", "  ./bitloom bench masks --pattern X0.0XX,6_2_0_2_0 --simd 1,8"})
final class BenchMasksVerb implements Callable<Integer> {
    @Option(
            names = "--pattern",
            split = ",",
            paramLabel = "PATTERN",
            description = "Patterns, as X0.0XX or 5_2_0_1_0 (default: those of the bit-mask paper).")
    private List<String> patterns = List.of(
            "3_0_0", "4_0_0", "4_1_0_0", "5_1_0_0", "5_2_0_1_0", "5_2_0_2_0", "6_2_0_1_0", "6_2_0_2_0", "6_2_0_3_0",
            "6_3_0_1_2_0", "6_3_0_1_3_0", "7_3_0_1_2_0", "7_3_0_1_3_0", "7_4_0_1_2_4_0", "8_4_0_1_2_3_0",
            "8_4_0_1_2_4_0", "8_5_0_2_3_4_5_0");

    @Option(names = "--simd", split = ",", paramLabel = "N", description = "Products that are summed up (default: 1,8).")
    private List<Integer> simds = List.of(1, 8);

    @Option(names = "--bits", paramLabel = "N", description = "Bits of an activation, unsigned (default: ${DEFAULT-VALUE}).")
    private int bits = 8;

    @Option(
            names = "--multiplier",
            paramLabel = "KIND",
            description = "LUT: rows and carry chains; DSP: a product, of which Yosys makes LUTs itself (default:"
                    + " ${DEFAULT-VALUE}).")
    private Multiplier multiplier = Multiplier.LUT;

    @Mixin
    private Answer answer = new Answer();

    /** LUTs for one pattern, by the kinds of {@link #formats}. */
    private record Row(BitPattern pattern, int simd, LutCount.Target target, List<Integer> luts) {}

    private static final List<String> KINDS =
            List.of("masked", "plainStored", "plainWhole", "complementStored", "complementWhole");

    /** In the order of {@link #KINDS}. Masked bits above and below those kept are wires: they make no other hardware. */
    private static List<Format> formats(BitPattern pattern) {
        int stored = pattern.bits();
        int whole = pattern.width();
        int kept = pattern.kept() >> Integer.numberOfTrailingZeros(pattern.kept());
        return List.of(
                new Format.BitMasked(33 - Integer.numberOfLeadingZeros(kept), kept),
                magnitude(stored),
                magnitude(whole),
                new Format.Signed(stored),
                new Format.Signed(whole));
    }

    /** Sign and magnitude without a mask. */
    private static Format magnitude(int bits) {
        return new Format.BitMasked(bits, (1 << bits - 1) - 1);
    }

    @Override
    public Integer call() throws Exception {
        if (bits < 1 || bits > 32 || simds.stream().anyMatch(simd -> simd < 1 || simd > 256)) {
            throw CommandException.badInput("bench masks: --bits is 1 to 32, --simd 1 to 256.");
        }
        List<BitPattern> parsed = parsed();
        BenchReport report = new BenchReport();
        Path yosys = report.tool("Yosys");
        PrintWriter out = answer.out();
        if (!answer.isJson()) {
            report.print(out);
        }
        List<Row> rows = new ArrayList<>();
        BenchReport.inScratch(scratch -> {
            for (LutCount.Target target : LutCount.Target.values()) {
                for (int simd : simds) {
                    List<Row> table = measure(parsed, target, simd, yosys, scratch);
                    rows.addAll(table);
                    if (!answer.isJson()) {
                        print(table, target, simd, out);
                    }
                }
            }
        });
        if (answer.isJson()) {
            JsonOutput.print(out, generator -> {
                report.write(generator);
                generator.writeArrayFieldStart("masks");
                for (Row row : rows) {
                    generator.writeStartObject();
                    generator.writeStringField("pattern", row.pattern().listed());
                    generator.writeStringField("shown", row.pattern().toString());
                    generator.writeNumberField("simd", row.simd());
                    generator.writeStringField("target", row.target().name());
                    generator.writeStringField("synthesis", row.target().commandWithoutDsp());
                    for (int kind = 0; kind < KINDS.size(); kind++) {
                        generator.writeNumberField(KINDS.get(kind), row.luts().get(kind));
                    }
                    generator.writeEndObject();
                }
                generator.writeEndArray();
            });
        }
        return ExitStatus.OK;
    }

    private List<BitPattern> parsed() {
        try {
            return patterns.stream().map(BitPattern::parse).toList();
        } catch (NetworkException e) {
            throw CommandException.badInput("bench masks: " + e.getMessage());
        }
    }

    private List<Row> measure(
            List<BitPattern> parsed, LutCount.Target target, int simd, Path yosys, Path scratch) throws IOException {
        Map<Format, Integer> known = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (BitPattern pattern : parsed) {
            List<Integer> luts = new ArrayList<>();
            for (Format format : formats(pattern)) {
                Integer count = known.get(format);
                if (count == null) {
                    DotProduct.Config config =
                            new DotProduct.Config(simd, format, new Format.Unsigned(bits), multiplier, 0);
                    count = LutCount.of(
                                    Elaborator.elaborate("product", DotProduct::new, config),
                                    target,
                                    target.commandWithoutDsp(),
                                    yosys,
                                    scratch)
                            .luts();
                    known.put(format, count);
                }
                luts.add(count);
            }
            rows.add(new Row(pattern, simd, target, luts));
        }
        return rows;
    }

    private void print(List<Row> rows, LutCount.Target target, int simd, PrintWriter out) {
        out.printf("%nLUTs on %s, %d × %d-bit activations, %s: %s%n", target, simd, bits, multiplier,
                target.commandWithoutDsp());
        Table table = new Table("pattern", "", "T", "T-M", "masked", "plain T-M", "plain T", "two's T-M", "two's T");
        for (Row row : rows) {
            List<String> cells = new ArrayList<>(List.of(row.pattern().listed(), row.pattern().toString(),
                    String.valueOf(row.pattern().width()), String.valueOf(row.pattern().bits())));
            row.luts().forEach(count -> cells.add(String.valueOf(count)));
            table.row(cells.toArray(String[]::new));
        }
        table.print(out);
        int masked = rows.stream().mapToInt(row -> row.luts().get(0)).sum();
        int plain = rows.stream().mapToInt(row -> row.luts().get(1)).sum();
        out.printf("  all patterns together: masked %,d, plain of as many bits %,d (%+.1f %%)%n", masked, plain,
                100.0 * (masked - plain) / plain);
        out.flush();
    }
}
