package org.bitloom.sim;

import java.util.Arrays;

/**
 * Watches the two streams of a design cycle by cycle: keeps what passes and throws a {@link SimulationException} as
 * soon as the design hangs, breaks the stream protocol or gives a word too many.
 */
final class TraceRecorder {
    private final RtlDesign design;
    private final Stimulus stimulus;
    private final long watchdog;
    private final long[] inputCycles;
    private final long[] outputCycles;
    private final long[] outputLimbs;
    private final int outputLimbsPerWord;
    private final long[] seen;
    private int accepted;
    private int given;
    private boolean waiting;
    private long cycle;
    private long lastProgress = -1;

    TraceRecorder(RtlDesign design, Stimulus stimulus) {
        this.design = design;
        this.stimulus = stimulus;
        this.watchdog = stimulus.watchdogCycles();
        StreamPort output = design.output();
        this.outputLimbsPerWord = WordStream.limbsFor(output.bits());
        this.inputCycles = new long[Math.multiplyExact(stimulus.frames(), design.input().wordsPerFrame())];
        this.outputCycles = new long[Math.multiplyExact(stimulus.frames(), output.wordsPerFrame())];
        this.outputLimbs = new long[Math.multiplyExact(outputCycles.length, outputLimbsPerWord)];
        this.seen = new long[outputLimbsPerWord];
    }

    int accepted() {
        return accepted;
    }

    int given() {
        return given;
    }

    long cycle() {
        return cycle;
    }

    boolean allAccepted() {
        return accepted == inputCycles.length;
    }

    boolean complete() {
        return allAccepted() && given == outputCycles.length;
    }

    /** Ends a cycle, given what both streams carried at its rising edge. */
    void cycle(boolean inputFires, boolean outputValid, boolean outputReady, ClockedDesign pins) {
        if (inputFires) {
            inputCycles[accepted++] = cycle;
            lastProgress = cycle;
        }
        if (outputValid) {
            offered(outputReady, pins);
        } else if (waiting) {
            throw fault(StreamFault.WITHDRAWN, WordFiles.hex(seen, design.output().bits()));
        }
        waiting = outputValid && !outputReady;
        if (cycle - lastProgress > watchdog && !complete()) {
            throw fault(StreamFault.HANG, Long.toString(watchdog));
        }
        cycle++;
    }

    private void offered(boolean outputReady, ClockedDesign pins) {
        if (given == outputCycles.length) {
            pins.outputData(seen, 0);
            throw fault(StreamFault.SURPLUS, WordFiles.hex(seen, design.output().bits()));
        }
        int at = given * outputLimbsPerWord;
        pins.outputData(outputLimbs, at);
        if (waiting && !Arrays.equals(seen, 0, outputLimbsPerWord, outputLimbs, at, at + outputLimbsPerWord)) {
            throw fault(StreamFault.CHANGED, WordFiles.hex(seen, design.output().bits()));
        }
        if (outputReady) {
            outputCycles[given++] = cycle;
            lastProgress = cycle;
        } else {
            System.arraycopy(outputLimbs, at, seen, 0, outputLimbsPerWord);
        }
    }

    Trace trace() {
        return new Trace(stimulus.frames(), inputCycles, outputCycles,
                new WordStream(design.output().bits(), outputLimbs));
    }

    private SimulationException fault(StreamFault fault, String detail) {
        return new SimulationException(fault.message(design, stimulus, detail, cycle, accepted, given));
    }
}
