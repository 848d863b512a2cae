package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.bitloom.blocks.PositionScaleUnit.Config;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PositionScaleUnitTest {
    private static final int FRAMES = 5;

    /** Input, lanes, folds, factors of rows and of columns, bits of a product. */
    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of("u12", 2, 3, List.of(2, 2, 2, 3), List.of(2, 2, 3), 16),
                Arguments.of("s9", 1, 1, List.of(2, 2, 3), List.of(2, 2, 2, 2, 3), 13),
                Arguments.of("s6", 3, 2, List.of(1, 7, 5, 1), List.of(3, 1, 4), 11),
                Arguments.of("u4", 2, 1, List.of(1, 1), List.of(1, 2), 5),
                Arguments.of("u4", 2, 2, List.of(1, 2, 1), List.of(3), 8),
                Arguments.of("s5", 1, 4, List.of(3), List.of(5), 9),
                Arguments.of("u8", 1, 1, List.of(4), List.of(1), 10),
                Arguments.of("s32", 1, 2, List.of(15, 1), List.of(15, 2, 9), 40),
                Arguments.of("u8", 1, 1, List.of(3, 5), List.of(3, 7), 6));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void eachPixelHasTheFactorsOfItsPlace(
            String name, int lanes, int folds, List<Integer> rows, List<Integer> columns, int bits) {
        Format input = Lanes.format(name);
        Config config = new Config(input, lanes, folds, rows, columns, bits);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(bits);
        List<BitVector> given = new ArrayList<>();
        List<BitVector> expected = new ArrayList<>();
        for (int frame = 0; frame < FRAMES; frame++) {
            for (int row : rows) {
                for (int column : columns) {
                    for (int fold = 0; fold < folds; fold++) {
                        Packer numbers = new Packer();
                        Packer products = new Packer();
                        for (int lane = 0; lane < lanes; lane++) {
                            long number = Lanes.number(input, random);
                            numbers.add(input.code(number), input.bits());
                            products.add(number * row * column, bits);
                        }
                        given.add(numbers.vector());
                        expected.add(products.vector());
                    }
                }
            }
        }
        BlockBench.check(
                Elaborator.elaborate("unit", PositionScaleUnit::new, config), config::timing, given, expected);
    }

    @Test
    void factorsArePositive() {
        assertThatThrownBy(() -> new Config(new Format.Unsigned(8), 1, 1, List.of(1, 0), List.of(1), 9))
                .hasMessage("factors are at least 1");
    }
}
