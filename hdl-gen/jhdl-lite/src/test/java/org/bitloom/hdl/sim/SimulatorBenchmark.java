package org.bitloom.hdl.sim;

import java.lang.management.ManagementFactory;

/**
 * Cycles per second of the compiled simulator on the XNOR-popcount unit, at full throughput: arguments SIMD PE K N and
 * how many cycles a run has. Prints the CPU time to the first result, then six runs; the sum over all outputs is the
 * same in each.
 */
final class SimulatorBenchmark {
    private SimulatorBenchmark() {}

    public static void main(String[] arguments) {
        int[] sizes = {64, 16, 1024, 64, 1_000_000};
        for (int i = 0; i < arguments.length; i++) {
            sizes[i] = Integer.parseInt(arguments[i]);
        }
        XnorUnit unit = new XnorUnit(sizes[0], sizes[1], sizes[2], sizes[3]);
        long start = cpu();
        var design = unit.design();
        long built = cpu();
        Simulation first = CompiledSimulator.compile(design, 1);
        long compiled = cpu();
        run(first, unit.simd(), 1);
        long ran = cpu();
        System.out.printf(
                "design %.0f ms, compiled %.0f ms, first cycle %.0f ms, since start of the JVM %d ms%n",
                (built - start) / 1e6, (compiled - built) / 1e6, (ran - compiled) / 1e6,
                ProcessHandle.current().info().startInstant().orElseThrow().until(java.time.Instant.now()).toMillis());
        for (int i = 0; i < 6; i++) {
            Simulation simulation = CompiledSimulator.compile(design, 1);
            long begin = cpu();
            long sum = run(simulation, unit.simd(), sizes[4]);
            System.out.printf(
                    "%.2f M cycles/s, outputs %016x%n", sizes[4] * 1e3 / (cpu() - begin), sum);
        }
    }

    /** Time of this thread alone, so that what else the machine does counts little. */
    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Outputs summed up as the reference model in the comparison does. */
    private static long run(Simulation simulation, int simd, int cycles) {
        simulation.reset(true);
        simulation.clock();
        simulation.reset(false);
        simulation.set(XnorUnit.Y_READY, 1);
        simulation.set(XnorUnit.X_VALID, 1);
        long[] x = new long[(simd + 63) / 64];
        long beat = 0;
        fill(x, beat);
        simulation.set(XnorUnit.X, x, 0);
        long sum = 0;
        for (int cycle = 0; cycle < cycles; cycle++) {
            if (simulation.get(XnorUnit.Y_VALID) != 0) {
                sum = Long.rotateLeft(sum, 1) ^ simulation.get(XnorUnit.Y);
            }
            boolean taken = simulation.get(XnorUnit.X_READY) != 0;
            simulation.clock();
            if (taken) {
                fill(x, ++beat);
                simulation.set(XnorUnit.X, x, 0);
            }
        }
        return sum;
    }

    private static void fill(long[] x, long beat) {
        for (int i = 0; i < x.length; i++) {
            x[i] = XnorUnit.mix((7L << 48) + beat * x.length + i);
        }
    }
}
