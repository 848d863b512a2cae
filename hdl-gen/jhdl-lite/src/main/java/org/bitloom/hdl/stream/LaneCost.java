package org.bitloom.hdl.stream;

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
        for (int place = 0; place < places; place++) {
            // What can come to a place, moved up by 0 to all units that stay; and what moves down.
            int coming = Math.max(0, Math.min(place, accept) - Math.max(0, place - word + 1) + 1);
            boolean filled = fresh > word && place >= word && place - accept < fresh;
            boolean moves = place + config.outUnits() < capacity;
            int choices = coming + (filled ? 1 : 0) + (moves ? 1 : 0);
            choosers += unitBits * fabric.chooser(choices, count <= 2 || filled);
        }
        Resources control = new Resources(3 * count + accept, count, 0, 0, 4 + levels);
        boolean alike = config.inWords() == 1
                || config.lastUnits() == config.wordUnits() && config.lastLanes() == config.inLanes();
        Resources words = alike ? Resources.NONE : fabric.counter(config.inWords());
        return new Resources(choosers, places * unitBits, 0, 0, 2 + levels).plus(control).plus(words);
    }
}
