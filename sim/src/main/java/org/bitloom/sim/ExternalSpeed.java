package org.bitloom.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntFunction;

/**
 * {@link SimulatorSpeed} of a simulator in a process of its own: the difference of a long and a short run, in which
 * building, starting and reading memories cancel out.
 */
final class ExternalSpeed implements SimulatorSpeed {
    private static final int SHORT_FRAMES = 2;
    /** Bounds the words of a long run, which are kept in memory. */
    private static final int MOST_LIMBS = 1 << 22;
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux

    private final SimulatorBackend backend;
    private final RtlDesign rtl;
    private final Stimulus brief;
    private final Stimulus lengthy;

    private record Run(long lastCycle, double seconds) {}

    ExternalSpeed(SimulatorBackend backend, RtlDesign rtl, IntFunction<Stimulus> stimuli, double seconds) {
        this.backend = backend;
        this.rtl = rtl;
        this.brief = stimuli.apply(SHORT_FRAMES);
        int most = Math.max(2 * SHORT_FRAMES, MOST_LIMBS / (brief.words().limbs().length / SHORT_FRAMES));
        run(brief); // builds
        double least = run(brief).seconds();
        int frames = SHORT_FRAMES;
        Stimulus longer = brief;
        while (frames < most) {
            double taken = run(longer).seconds() - least;
            if (taken >= seconds) {
                break;
            }
            // Twice the frames or, once the run shows in the clock, as many as are needed and a few more.
            frames = (int) Math.min(most, taken < 0.05 ? frames * 8L : (long) (frames * 1.2 * seconds / taken) + 1);
            longer = stimuli.apply(frames);
        }
        this.lengthy = longer;
    }

    @Override
    public Sample measure() {
        Run less = run(brief);
        Run more = run(lengthy);
        return new Sample(more.lastCycle() - less.lastCycle(), more.seconds() - less.seconds());
    }

    private Run run(Stimulus stimulus) {
        double start = seconds();
        Trace trace = backend.run(rtl, stimulus, Progress.NONE);
        return new Run(trace.lastOutputCycle(trace.frames() - 1), seconds() - start);
    }

    /** Processor time of all processes that this one has waited for, see proc(5), fields cutime and cstime of stat. */
    private static double seconds() {
        Path stat = Path.of("/proc/self/stat");
        if (!Files.isReadable(stat)) {
            return System.nanoTime() / 1e9;
        }
        try {
            String text = Files.readString(stat);
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
        } catch (IOException e) {
            return System.nanoTime() / 1e9;
        }
    }
}
