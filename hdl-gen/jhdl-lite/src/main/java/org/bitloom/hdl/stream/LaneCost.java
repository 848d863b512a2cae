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
        int fresh = Math.max(config.wordUnits(), config.lastUnits());
        int capacity = accept + fresh;
        int unitBits = config.unit() * config.laneBits();
        int count = Component.bitsFor(capacity);
        int choosers = 0;
        int levels = accept == 0 ? 0 : Component.bitsFor(accept);
        for (int place = 0; place < capacity; place++) {
            // What can come to a place, moved up by 0 to all units that stay; and what moves down.
            int sources = Math.min(place, accept) - Math.max(0, place - fresh + 1) + 1;
            boolean moves = place + config.outUnits() < capacity;
            choosers += unitBits * fabric.chooser(Math.max(1, sources) + (moves ? 1 : 0), count <= 2);
        }
        Resources control = new Resources(3 * count + accept, count, 0, 0, 4 + levels);
        boolean alike = config.inWords() == 1
                || config.lastUnits() == config.wordUnits() && config.lastLanes() == config.inLanes();
        Resources words = alike ? Resources.NONE : fabric.counter(config.inWords());
        return new Resources(choosers, capacity * unitBits, 0, 0, 2 + levels).plus(control).plus(words);
    }
}
