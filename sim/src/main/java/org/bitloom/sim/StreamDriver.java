package org.bitloom.sim;

/**
 * The testbench in Java, for designs that are clocked from Java. The C++ and the Verilog testbench do the same, cycle
 * by cycle: reset for {@value #RESET_CYCLES} cycles; then, each cycle, drive the inputs, let them settle, read the
 * outputs, clock.
 */
public final class StreamDriver {
    static final int RESET_CYCLES = 8;
    private static final int CYCLES_PER_REPORT = 1 << 16;

    private StreamDriver() {}

    /**
     * Runs a design; {@code design} describes the one behind {@code pins}, its files are not looked at.
     *
     * @throws SimulationException when the design hangs or breaks the stream protocol
     */
    public static Trace run(RtlDesign design, ClockedDesign pins, Stimulus stimulus, Progress progress) {
        stimulus.requireFit(design);
        TraceRecorder recorder = new TraceRecorder(design, stimulus);
        StallPattern inputStalls = StallPattern.ofInput(stimulus);
        StallPattern outputStalls = StallPattern.ofOutput(stimulus);
        StallPattern noise = StallPattern.ofNoise(stimulus);
        long[] garbage = new long[stimulus.words().limbsPerWord()];

        for (int i = 0; i < RESET_CYCLES; i++) {
            pins.reset(true);
            noise.nextWord(garbage, design.input().bits());
            pins.input(false, garbage, 0);
            pins.outputReady(false);
            pins.settle();
            pins.clock();
        }
        pins.reset(false);

        boolean offering = false;
        int drain = stimulus.drainCycles();
        while (drain > 0) {
            boolean stalled = inputStalls.nextStalls();
            offering = offering || !stalled && !recorder.allAccepted();
            if (offering) {
                pins.input(true, stimulus.words().limbs(), recorder.accepted() * garbage.length);
            } else {
                noise.nextWord(garbage, design.input().bits());
                pins.input(false, garbage, 0);
            }
            boolean ready = !outputStalls.nextStalls();
            pins.outputReady(ready);
            pins.settle();

            boolean fires = offering && pins.inputReady();
            if (recorder.cycle() % CYCLES_PER_REPORT == 0) {
                progress.at("simulating", recorder.given(), stimulus.outputWords(design));
            }
            if (recorder.complete()) {
                drain--;
            }
            recorder.cycle(fires, pins.outputValid(), ready, pins);
            offering = offering && !fires;
            pins.clock();
        }
        progress.at("simulating", recorder.given(), stimulus.outputWords(design));
        return recorder.trace();
    }
}
