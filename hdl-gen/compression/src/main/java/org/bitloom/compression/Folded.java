package org.bitloom.compression;

import java.util.List;
import org.bitloom.network.integer.IntegerNetwork;

/** The integer network of a model, and one sentence for each thing that was left out or assumed. */
public record Folded(IntegerNetwork network, List<String> notes) {
    public Folded {
        notes = List.copyOf(notes);
    }
}
