package org.bitloom.accelerator;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The foldings of a layer that are worth a look: PE and SIMD that need no padding, and those that pad least for their
 * number of folds. Anything between takes as many cycles and more hardware.
 */
record FoldingOptions(MatrixLayer layer, List<Integer> rows, List<Integer> columns) {
    static FoldingOptions of(MatrixLayer layer) {
        SortedSet<Integer> columns = new TreeSet<>(cuts(layer.run()));
        if (layer.run() < layer.columns()) {
            cuts(layer.columns()).stream().filter(simd -> simd > layer.run()).forEach(columns::add);
        }
        return new FoldingOptions(layer, List.copyOf(cuts(layer.rows())), List.copyOf(columns));
    }

    /** The least part of each number of equal parts. */
    private static SortedSet<Integer> cuts(int whole) {
        SortedSet<Integer> cuts = new TreeSet<>();
        for (int parts = 1; parts <= whole; ) {
            int part = Math.ceilDiv(whole, parts);
            cuts.add(part);
            // The next number of parts that makes them smaller.
            parts = part == 1 ? whole + 1 : Math.ceilDiv(whole, part - 1);
        }
        return cuts;
    }

    /** Cycles of all foldings, in order. */
    SortedSet<Long> cycles() {
        SortedSet<Long> all = new TreeSet<>();
        for (int pe : rows) {
            for (int simd : columns) {
                all.add(layer.cycles(new Folding(pe, simd)));
            }
        }
        return all;
    }

    Folding largest() {
        return new Folding(rows.getLast(), columns.getLast());
    }

    /** Those that are fast enough; none where the layer is never so fast. */
    List<Folding> within(long cycles) {
        List<Folding> found = new ArrayList<>();
        for (int pe : rows) {
            for (int simd : columns) {
                Folding folding = new Folding(pe, simd);
                if (layer.cycles(folding) <= cycles && streams(folding) <= cycles) {
                    found.add(folding);
                }
            }
        }
        return found;
    }

    /** Words of the streams before and behind it. */
    private long streams(Folding folding) {
        int lanes = layer.inputLanes(folding);
        // More than a pixel at a time comes side by side where it must, but for a window that is the whole image.
        boolean patches = folding.simd() > layer.run() && layer.vectors() > 1;
        long words = patches ? 1 : (long) layer.columns() / layer.run() * Math.ceilDiv(layer.run(), lanes);
        return layer.vectors() * Math.max(words, Math.ceilDiv(layer.rows(), folding.pe()));
    }
}
