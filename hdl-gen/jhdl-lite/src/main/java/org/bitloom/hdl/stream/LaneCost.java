package org.bitloom.hdl.stream;

import java.util.stream.LongStream;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.cost.Fabric;
import org.bitloom.hdl.cost.Resources;
import org.bitloom.hdl.verilog.Family;

/** What a {@link LaneConverter} takes: its places, each with a choice among all that can come there. */
final class LaneCost {
    private LaneCost() {}

    static Resources of(LaneConverter.Config config, Family family) {
        Fabric fabric = Fabric.of(family);
        int accept = config.acceptUnits();
        int word = config.wordUnits();
        int fresh = Math.max(word, config.lastUnits());
        int capacity = accept + fresh;
        int unitBits = config.unit() * config.laneBits();
        int count = Component.bitsFor(capacity);
        int levels = accept == 0 ? 0 : Component.bitsFor(accept);
        // What the last word of a frame is filled up with is constant, and so is a place where nothing else can come.
        int places = Math.min(capacity, word + (1 << levels) - 1);
        int choosers = 0;
        int alone = 0;
        for (int place = 0; place < places; place++) {
            // What can come to a place, moved up by 0 to all units that stay; and what moves down.
            int coming = Math.max(0, Math.min(place, accept) - Math.max(0, place - word + 1) + 1);
            boolean filled = fresh > word && place >= word && place - accept < fresh;
            boolean moves = place + config.outUnits() < capacity;
            int choices = coming + (filled ? 1 : 0) + (moves ? 1 : 0);
            int chooser = fabric.chooser(choices, count <= 2 || filled);
            choosers += unitBits * chooser;
            alone += chooser == 0 ? unitBits : 0;
        }
        if (!fabric.hasChoosingAdders() && levels > 1) {
            choosers = Math.min(choosers, shifted(word, levels, Math.max(0, places - config.outUnits())) * unitBits);
        }
        if (fabric.enablesInLuts() && unitBits == 1) {
            choosers += places;
        }
        // Lanes beyond a frame's end are cleared, in a LUT of their own where no other stands before the place.
        int cleared = Math.min(alone, (config.inLanes() - config.lastLanes()) * config.laneBits());
        int behind = fabric.adderCellsAreLuts()
                ? fabric.passes(count, false, LongStream.rangeClosed(1, accept).boxed().toList())
                : accept;
        Resources control = new Resources((fabric.adderCellsAreLuts() ? 4 : 3) * count + behind, count, 0, 0, 4 + levels);
        boolean alike = config.inWords() == 1
                || config.lastUnits() == config.wordUnits() && config.lastLanes() == config.inLanes();
        Resources words = alike ? Resources.NONE : fabric.counter(config.inWords());
        return new Resources(choosers + cleared, places * unitBits, 0, 0, 2 + levels).plus(control).plus(words);
    }

    /** A word that is moved up step by step, twice as far at each, and merged with what moves down. */
    private static int shifted(int word, int levels, int moving) {
        int units = moving;
        for (int level = 0; level < levels; level++) {
            units += word + (1 << level) - 1;
        }
        return units;
    }
}
