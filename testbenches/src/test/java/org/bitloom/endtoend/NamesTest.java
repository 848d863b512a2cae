package org.bitloom.endtoend;

import java.nio.file.Path;
import java.util.List;
import org.bitloom.accelerator.Folding;
import org.bitloom.network.Shape;
import org.bitloom.network.ValueType;
import org.bitloom.network.integer.Classifier;
import org.bitloom.network.integer.IntegerNetwork;
import org.bitloom.network.integer.Layer;
import org.bitloom.network.integer.Operation;
import org.bitloom.network.integer.OutputScale;
import org.bitloom.network.integer.Weights;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network may be called what it likes: the Verilog is legal all the same. */
class NamesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "module",
                "Entity",
                "a__b_",
                "a_network_whose_name_is_as_long_as_the_names_of_networks_can_be",
            })
    void anyNameBecomesLegalVerilog(String name) {
        Weights weights = Weights.Binary.of(4, 6, (row, column) -> row == column ? 1 : -1);
        Layer layer = new Layer("assign", new Operation.Dense(weights), IntegerNetwork.INPUT);
        IntegerNetwork network = new IntegerNetwork(
                name,
                Shape.of(6),
                ValueType.unsigned(8),
                List.of(layer),
                new Classifier(Classifier.Rule.FIRST_MAXIMUM, 4),
                OutputScale.NONE);
        Checked design = Checked.compile(network, List.of(new Folding(3, 4)), folder.resolve("design"));
        design.isExact(design.builtIn(), List.of(new long[] {0, 255, 3, 4, 5, 6}), 0);
        design.isCleanInSimulators();
    }
}
