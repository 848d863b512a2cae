package org.bitloom.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bitloom.network.NetworkException;
import org.bitloom.network.integer.BnnPynq;
import org.bitloom.network.integer.IntegerNetwork;

/**
 * What the user calls MODEL, opened: the integer network in it, whatever kind of file or folder it came from.
 *
 * @param foldings the folding that the model's author published with it, layer by layer; empty when there is none
 */
record ModelFile(IntegerNetwork network, List<BnnPynq.Folding> foldings) {
    /** For the help of every verb that takes one. */
    static final String KINDS = "A trained network: a folder of BNN-PYNQ parameters.";

    ModelFile {
        foldings = List.copyOf(foldings);
    }

    /**
     * Opens a model of any kind that Bitloom reads.
     *
     * @throws NetworkException when it is of no known kind, or not what it seems to be
     */
    static ModelFile open(Path path) {
        if (Files.isDirectory(path)) {
            BnnPynq set = BnnPynq.read(path);
            return new ModelFile(set.network(), set.foldings());
        }
        throw NetworkException.at(path, Files.exists(path) ? "no kind of model that Bitloom reads" : "no such file", "expected a folder of BNN-PYNQ parameters");
    }
}
