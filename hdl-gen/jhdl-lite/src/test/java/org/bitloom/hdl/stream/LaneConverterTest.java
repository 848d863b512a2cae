package org.bitloom.hdl.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.bitloom.hdl.Elaborator;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lane converter against lists of lanes. */
class LaneConverterTest {
    /** What the converter does, as lists: a word is its lanes, the lowest first. */
    record Frames(LaneConverter.Config config, List<BitVector> words, List<BitVector> expected) {
        static Frames random(LaneConverter.Config config, int frames, long seed) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            List<BitVector> words = new ArrayList<>();
            List<BitVector> expected = new ArrayList<>();
            for (int f = 0; f < frames; f++) {
                List<Long> lanes = new ArrayList<>();
                for (int i = 0; i < config.inWords() * config.inLanes(); i++) {
                    lanes.add(random.nextLong() & BitVector.topMask(config.laneBits()));
                }
                words.addAll(packed(lanes, config.inLanes(), config.laneBits()));
                List<Long> frame = new ArrayList<>(lanes.subList(0, config.frameLanes()));
                while (frame.size() < config.outWords() * config.outLanes()) {
                    frame.add(0L);
                }
                expected.addAll(packed(frame, config.outLanes(), config.laneBits()));
            }
            return new Frames(config, words, expected);
        }

        private static List<BitVector> packed(List<Long> lanes, int perWord, int laneBits) {
            List<BitVector> words = new ArrayList<>();
            for (int first = 0; first < lanes.size(); first += perWord) {
                StringBuilder bits = new StringBuilder();
                for (long lane : lanes.subList(first, first + perWord)) {
                    for (int bit = 0; bit < laneBits; bit++) {
                        bits.insert(0, lane >>> bit & 1);
                    }
                }
                words.add(BitVector.of(bits.length(), new BigInteger(bits.toString(), 2)));
            }
            return words;
        }
    }

    static Stream<LaneConverter.Config> configs() {
        List<LaneConverter.Config> configs = new ArrayList<>(List.of(
                new LaneConverter.Config(3, 1, 8, 8),
                new LaneConverter.Config(3, 8, 1, 8),
                new LaneConverter.Config(2, 4, 4, 12),
                new LaneConverter.Config(2, 4, 4, 10),
                new LaneConverter.Config(1, 7, 5, 35),
                new LaneConverter.Config(1, 5, 7, 35),
                new LaneConverter.Config(2, 3, 2, 4),
                new LaneConverter.Config(2, 2, 3, 4),
                new LaneConverter.Config(5, 6, 4, 1),
                new LaneConverter.Config(5, 4, 6, 1),
                new LaneConverter.Config(9, 2, 9, 2),
                new LaneConverter.Config(9, 9, 2, 2),
                new LaneConverter.Config(1, 64, 48, 100),
                new LaneConverter.Config(8, 16, 3, 50),
                new LaneConverter.Config(4, 1, 1, 5)));
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(17);
        for (int i = 0; i < 20; i++) {
            configs.add(new LaneConverter.Config(
                    random.nextInt(1, 5), random.nextInt(1, 10), random.nextInt(1, 10), random.nextInt(1, 40)));
        }
        return configs.stream();
    }

    @ParameterizedTest
    @MethodSource("configs")
    void framesKeepTheirLanesAndTheTimingHolds(LaneConverter.Config config) {
        Frames frames = Frames.random(config, 12, config.hashCode());
        Design design = design(config);
        for (Words.Simulator simulator : Words.Simulator.values()) {
            for (Words.Profile profile : Words.profiles()) {
                StreamBench bench = simulator.start(design).follow(config.timing());
                bench.feed("in", frames.words(), profile.source()).take("out", profile.sink());
                bench.runUntil("out", frames.expected().size());
                bench.run(20);
                assertThat(bench.given("out")).as(profile.name()).isEqualTo(frames.expected());
                assertThat(bench.taken("in")).isEqualTo(frames.words().size());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("configs")
    void framesFollowEachOtherWithoutAGap(LaneConverter.Config config) {
        int count = 30;
        Frames frames = Frames.random(config, count, 3);
        StreamBench bench = Words.Simulator.COMPILED.start(design(config)).feed("in", frames.words(), Stalls.never()).take("out", Stalls.never());
        bench.runUntil("out", frames.expected().size());
        List<Long> ends = new ArrayList<>();
        for (int f = 1; f <= count; f++) {
            ends.add(bench.cycles("out").get(f * config.outWords() - 1));
        }
        // The buffer may take some frames to fill up before the slower side sets the pace.
        long pace = ends.get(count - 1) - ends.get(count - 11);
        assertThat(pace).isEqualTo(10L * Math.max(config.inWords(), config.outWords()));
    }

    @ParameterizedTest
    @MethodSource("configs")
    void aResetInMidFrameLeavesNothingBehind(LaneConverter.Config config) {
        Frames frames = Frames.random(config, 3, 4);
        StreamBench bench = Words.Simulator.COMPILED.start(design(config));
        for (int cycles = 1; cycles < 9; cycles++) {
            bench.feed("in", Frames.random(config, 9, cycles).words(), Stalls.random(0.2, cycles));
            bench.take("out", Stalls.random(0.4, cycles)).run(cycles);
            bench.reset().follow(config.timing());
            bench.feed("in", frames.words(), Stalls.never()).take("out", Stalls.never());
            bench.runUntil("out", frames.expected().size());
            assertThat(bench.given("out")).isEqualTo(frames.expected());
        }
    }

    private static Design design(LaneConverter.Config config) {
        return Elaborator.elaborate("lanes", LaneConverter::new, config);
    }
}
