package org.bitloom.cli;

import java.io.PrintWriter;
import org.bitloom.sim.LayerResult;
import org.bitloom.sim.PerLayerResult;

/** The comparison of each layer as a table, and which one is to blame. */
final class LayerReport {
    private LayerReport() {}

    static void print(PerLayerResult result, PrintWriter out) {
        int widest = result.layers().stream()
                .mapToInt(layer -> layer.name().length())
                .max()
                .orElse(0);
        for (LayerResult layer : result.layers()) {
            out.printf("  %-" + widest + "s  %-10s  %s%n", layer.name(), layer.shape(), verdict(layer));
        }
        result.firstDiffering()
                .ifPresent(layer -> out.printf("The first layer that differs is %s: %s.%n", layer.name(), layer.first()));
    }

    private static String verdict(LayerResult layer) {
        if (layer.note() != null) {
            return layer.note();
        }
        String absent = layer.absent() == 0 ? "" : ", %,d not in the Verilog as nothing reads them".formatted(layer.absent());
        return layer.mismatches() == 0
                ? "%,d frames, all %,d values equal%s".formatted(layer.frames(), layer.values(), absent)
                : "%,d frames, %,d of %,d values differ%s, first in %s"
                        .formatted(layer.frames(), layer.mismatches(), layer.values(), absent, layer.first());
    }
}
