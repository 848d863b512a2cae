package org.bitloom.compression.mask;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.bitloom.network.BitPattern;
import org.bitloom.network.model.Dimensions;

/**
 * The accuracies that the bit-mask thesis (K. Doi, Kochi University of Technology) prints for LeNet on the 10,000 test
 * images of MNIST: its tables 2 to 5. Of table 2 only the figure of 3_0_0 is known.
 */
public final class PublishedMasks {
    private static final List<Dimensions> LENET = List.of(Dimensions.of(20, 1, 5, 5), Dimensions.of(50, 20, 5, 5));

    private PublishedMasks() {
    }

    /** One line of a table. */
    public record Row(Masks masks, OptionalDouble published) {
    }

    /** One table. */
    public record Table(String title, List<Row> rows) {
        public Table {
            rows = List.copyOf(rows);
        }
    }

    /** Whether the tables are about networks like this one. */
    public static boolean areAbout(MaskedLayers layers) {
        return layers.layers().stream().map(layer -> layer.trained().shape()).toList().equals(LENET);
    }

    /** The masked patterns of 3 bits and a width of up to 8 that table 2 is about: integer bit masked, last bit kept. */
    public static List<BitPattern> threeBits() {
        return PatternSet.of(3, 8).stream().filter(pattern -> pattern.toString().startsWith("X0.")).toList();
    }

    public static List<Table> tables() {
        List<Row> three = new ArrayList<>(List.of(same("3_0_0", 0.114)));
        threeBits().forEach(pattern -> three.add(new Row(Masks.uniform(pattern, 2), OptionalDouble.empty())));
        return List.of(
                new Table("Table 2: 3 bits, both convolutions alike", three),
                new Table("Table 3: 4 bits, both convolutions alike", List.of(same("4_0_0", 0.232),
                        same("5_1_0_0", 0.972), same("6_2_0_1_0", 0.976), same("6_2_0_2_0", 0.955),
                        same("6_2_0_3_0", 0.899), same("7_3_0_1_2_0", 0.971), same("7_3_0_1_3_0", 0.968))),
                new Table("Table 4: 3 bits, a pattern for each convolution", List.of(same("3_0_0", 0.114),
                        pair("5_2_0_1_0", "6_3_0_1_2_0", 0.962), pair("5_2_0_1_0", "7_4_0_1_2_4_0", 0.847))),
                new Table("Table 5: 4 bits, a pattern for each convolution", List.of(same("4_0_0", 0.232),
                        pair("6_2_0_1_0", "7_3_0_1_2_0", 0.976), pair("6_2_0_1_0", "8_4_0_1_2_3_0", 0.964),
                        pair("6_2_0_1_0", "8_4_0_1_2_4_0", 0.948))));
    }

    private static Row same(String pattern, double published) {
        return pair(pattern, pattern, published);
    }

    private static Row pair(String first, String second, double published) {
        return new Row(Masks.parse(first, second), OptionalDouble.of(published));
    }
}
