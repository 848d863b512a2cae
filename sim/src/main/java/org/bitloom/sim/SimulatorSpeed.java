package org.bitloom.sim;

import java.util.function.IntFunction;
import org.bitloom.hdl.ir.Design;

/**
 * How many cycles a second a simulator simulates on one thread, without what building and starting it costs. Time is
 * processor time where the system tells it, so that other work on the machine counts as little as can be.
 */
public interface SimulatorSpeed {
    /** Some cycles and the seconds they took. */
    record Sample(long cycles, double seconds) {
        public double cyclesPerSecond() {
            return cycles / seconds;
        }
    }

    /** One more measurement. */
    Sample measure();

    /**
     * The built-in simulator, compiled once and run until the JVM has compiled it as well as it will.
     *
     * @param stimulus for a number of frames
     * @param seconds  least length of a measurement
     */
    static SimulatorSpeed builtIn(Design design, RtlDesign rtl, IntFunction<Stimulus> stimulus, double seconds) {
        return new BuiltInSpeed(design, rtl, stimulus, seconds);
    }

    /** An external simulator: what a long run takes more than a short one. */
    static SimulatorSpeed external(
            SimulatorBackend backend, RtlDesign rtl, IntFunction<Stimulus> stimulus, double seconds) {
        return new ExternalSpeed(backend, rtl, stimulus, seconds);
    }
}
