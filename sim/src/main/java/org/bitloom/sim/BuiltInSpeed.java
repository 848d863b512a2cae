package org.bitloom.sim;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.IntFunction;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.sim.CompiledSimulator;

/** {@link SimulatorSpeed} of the built-in simulator: processor time of the thread that simulates. */
final class BuiltInSpeed implements SimulatorSpeed {
    private static final int FRAMES = 64;
    /** By then every loop has been through the JVM's last compiler. */
    private static final double WARM_UP_SECONDS = 4;

    private final RtlDesign rtl;
    private final BuiltInSimulation simulation;
    private final Stimulus stimulus;
    private final double seconds;

    BuiltInSpeed(Design design, RtlDesign rtl, IntFunction<Stimulus> stimuli, double seconds) {
        this.rtl = rtl;
        this.stimulus = stimuli.apply(FRAMES);
        this.seconds = seconds;
        this.simulation = new BuiltInSimulation(CompiledSimulator.compile(design, stimulus.seed()), rtl);
        run(WARM_UP_SECONDS);
    }

    @Override
    public Sample measure() {
        return run(seconds);
    }

    private Sample run(double least) {
        long cycles = 0;
        long start = nanos();
        double taken;
        do {
            Trace trace = StreamDriver.run(rtl, simulation, stimulus, Progress.NONE);
            cycles += StreamDriver.RESET_CYCLES + trace.lastOutputCycle(trace.frames() - 1) + 1 + stimulus.drainCycles();
            taken = (nanos() - start) / 1e9;
        } while (taken < least);
        return new Sample(cycles, taken);
    }

    private static long nanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
