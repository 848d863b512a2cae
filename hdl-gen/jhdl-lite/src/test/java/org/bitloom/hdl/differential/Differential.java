package org.bitloom.hdl.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.bitloom.hdl.differential.Shrinker.Shrunk;

/**
 * Runs random trials through the legs. What differs is shrunk with the leg that found it, and told with the line that
 * reproduces it. Seeds count up; every tenth design is small enough for synthesis.
 */
final class Differential {
    private static final int SHARE_FOR_SYNTHESIS = 10;
    private static final int SHRINK_ATTEMPTS = 1500;

    private final Source source;
    private final int mostFailures;
    private final Consumer<String> progress;
    private final List<String> failures = new ArrayList<>();

    /** Where trials come from. */
    interface Source {
        /** The name of the property that selects it. */
        String name();

        /** @param top name of the top module, prefix of all others */
        Trial trial(Choices choices, Profile profile, String top, long seed);
    }

    /** A leg and how many of the trials it gets at most. */
    record Share(Leg leg, int designs) {}

    /** @param mostFailures after how many it stops; each is shrunk */
    Differential(Source source, int mostFailures, Consumer<String> progress) {
        this.source = source;
        this.mostFailures = mostFailures;
        this.progress = progress;
    }

    /** Returns a text for each failure. */
    List<String> run(long firstSeed, int designs, List<Share> shares) {
        for (Share share : shares) {
            run(firstSeed, designs, share);
        }
        return List.copyOf(failures);
    }

    private void run(long firstSeed, int designs, Share share) {
        long start = System.nanoTime();
        List<Long> seeds = new ArrayList<>();
        int done = 0;
        for (long seed = firstSeed; seed < firstSeed + designs && done + seeds.size() < share.designs; seed++) {
            if (share.leg.takes(profile(seed))) {
                seeds.add(seed);
            }
            if (seeds.size() == share.leg.batch() || done + seeds.size() == share.designs) {
                done += run(seeds, share.leg);
                seeds.clear();
            }
            if (failures.size() >= mostFailures) {
                break;
            }
            if (done > 0 && done % 1000 == 0 && seeds.isEmpty()) {
                progress.accept("%s %s: %d".formatted(source.name(), share.leg.name(), done));
            }
        }
        done += run(seeds, share.leg);
        progress.accept("%s: %,d designs through %s, seeds %d and up, %.1f s"
                .formatted(source.name(), done, share.leg.name(), firstSeed, (System.nanoTime() - start) / 1e9));
    }

    private int run(List<Long> seeds, Leg leg) {
        List<Long> made = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (long seed : seeds) {
            try {
                trials.add(source.trial(Choices.ofSeed(seed), profile(seed), top(seed), seed));
                made.add(seed);
            } catch (RuntimeException e) {
                fail(seed, leg, refused(e));
            }
        }
        if (!trials.isEmpty()) {
            leg.run(trials).forEach((index, difference) -> fail(made.get(index), leg, difference));
        }
        return seeds.size();
    }

    /** How the design that follows from choices fails. */
    private Optional<Difference> failure(Choices choices, long seed, Leg leg) {
        Trial trial;
        try {
            trial = source.trial(choices, profile(seed), top(seed), seed);
        } catch (RuntimeException e) {
            return Optional.of(refused(e));
        }
        return Optional.ofNullable(leg.run(List.of(trial)).get(0));
    }

    /** The source itself failed: the front end refuses what is right, or the generator is wrong. */
    private Difference refused(RuntimeException e) {
        return new Difference(source.name(), e.getClass().getSimpleName(), e + "\n  at " + e.getStackTrace()[0]);
    }

    private void fail(long seed, Leg leg, Difference difference) {
        if (failures.size() >= mostFailures) {
            return;
        }
        Choices choices = Choices.ofSeed(seed);
        failure(choices, seed, leg);
        Shrunk<Difference> shrunk = Shrinker.shrink(
                candidate -> failure(candidate, seed, leg).filter(difference::isLike),
                choices,
                difference,
                SHRINK_ATTEMPTS);
        failures.add("""
                %s differs for seed %d: %s: %s
                reproduce: mvn -pl hdl-gen/jhdl-lite test -Dtest=DifferentialTest -Dbitloom.differential.sources=%s \
                -Dbitloom.differential.seed=%d -Dbitloom.differential.designs=1 -Dbitloom.differential.simulators=%s
                shrunk, %s: %s
                %s""".formatted(
                difference.simulator(), seed, difference.kind(), difference.text(), source.name(), seed, leg.name(),
                shrunk.failure().kind(), shrunk.failure().text(), text(shrunk.choices(), seed)));
    }

    private String text(int[] choices, long seed) {
        try {
            return source.trial(Choices.of(choices), profile(seed), top(seed), seed).text().get();
        } catch (RuntimeException e) {
            return "";
        }
    }

    private static Profile profile(long seed) {
        return Math.floorMod(seed, SHARE_FOR_SYNTHESIS) == 0 ? Profile.SYNTHESIS : Profile.SIMULATION;
    }

    private static String top(long seed) {
        return "design" + Math.abs(seed);
    }
}
