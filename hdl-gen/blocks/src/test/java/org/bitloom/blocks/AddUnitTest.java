package org.bitloom.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.sim.CompiledSimulator;
import org.bitloom.hdl.stream.Stalls;
import org.bitloom.hdl.stream.StreamBench;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddUnitTest {
    private static final int WORDS = 200;

    @ParameterizedTest
    @CsvSource({
        "s5, s5, 3, 6", "u4, s7, 2, 8", "b, b, 9, 3", "b, u3, 4, 5", "u8, u8, 1, 10", "s16, s3, 2, 4", "u1, u1, 5, 12",
        "s32, s32, 2, 33"
    })
    void eachLaneIsTheSumOfBoth(String firstName, String secondName, int lanes, int bits) {
        for (int stages = 0; stages <= 1; stages++) {
            check(new AddUnit.Config(Lanes.format(firstName), Lanes.format(secondName), lanes, bits, stages));
        }
    }

    private static void check(AddUnit.Config config) {
        int lanes = config.lanes();
        int bits = config.outputBits();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(bits);
        List<BitVector> first = new ArrayList<>();
        List<BitVector> second = new ArrayList<>();
        List<BitVector> sums = new ArrayList<>();
        for (int word = 0; word < WORDS; word++) {
            Packer a = new Packer();
            Packer b = new Packer();
            Packer sum = new Packer();
            for (int lane = 0; lane < lanes; lane++) {
                long x = Lanes.number(config.first(), random);
                long y = Lanes.number(config.second(), random);
                a.add(Lanes.encoded(config.first(), x), config.first().bits());
                b.add(Lanes.encoded(config.second(), y), config.second().bits());
                sum.add(x + y, bits);
            }
            first.add(a.vector());
            second.add(b.vector());
            sums.add(sum.vector());
        }
        StreamBench bench = new StreamBench(
                CompiledSimulator.compile(Elaborator.elaborate("unit", AddUnit::new, config), 1));
        for (double stall : new double[] {0.0, 0.3, 0.9}) {
            bench.reset().follow(config.timing(), List.of("first", "second"), List.of("out"));
            bench.feed("first", first, Stalls.random(stall, 1)).feed("second", second, Stalls.random(1 - stall, 2));
            bench.take("out", Stalls.random(stall, 3));
            bench.run(30); // and a reset while words are inside
            bench.reset().follow(config.timing(), List.of("first", "second"), List.of("out"));
            bench.feed("first", first, Stalls.random(stall, 1)).feed("second", second, Stalls.random(stall / 2, 2));
            bench.take("out", Stalls.random(stall, 3)).runUntil("out", WORDS);
            assertThat(bench.given("out")).isEqualTo(sums);
        }
    }
}
