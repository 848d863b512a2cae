package org.bitloom.hdl.sim;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.sim.ObservedSimulation.Signal;

/**
 * A simulation whose ports and named values are written to a value change dump (IEEE 1364-2001, clause 18) as it runs:
 * a scope for each instance, beside the top's ports {@code clk} and {@code reset}. A cycle takes ten nanoseconds from
 * one rising edge of the clock to the next and shows the values that the next edge finds.
 *
 * <pre>{@code
 * try (VcdWriter simulation = VcdWriter.open(CompiledSimulator.compileObserved(design, 1), Path.of("run.vcd"))) {
 *     simulation.set(0, 1);
 *     simulation.clock();
 * }
 * }</pre>
 */
public final class VcdWriter implements Simulation, AutoCloseable {
    private static final int CYCLE = 10;

    private final ObservedSimulation simulation;
    private final OutputStream out;
    private final byte[][] codes;
    private final int[] offsets;
    private final long[] shown;
    private final long[] value;
    private final byte[] clockCode;
    private final byte[] resetCode;
    private final long firstCycle;
    private long writtenCycle = -1;
    private boolean reset;
    private boolean shownReset;

    private VcdWriter(ObservedSimulation simulation, OutputStream out) {
        this.simulation = simulation;
        this.firstCycle = simulation.cycle();
        this.out = out;
        List<Signal> signals = simulation.signals();
        this.codes = new byte[signals.size()][];
        this.offsets = new int[signals.size() + 1];
        int widest = 1;
        for (int i = 0; i < codes.length; i++) {
            codes[i] = code(i);
            int limbs = BitVector.limbCount(signals.get(i).width());
            offsets[i + 1] = offsets[i] + limbs;
            widest = Math.max(widest, limbs);
        }
        this.clockCode = code(codes.length);
        this.resetCode = code(codes.length + 1);
        this.shown = new long[offsets[codes.length]];
        this.value = new long[widest];
    }

    /** Creates the file, or replaces what it holds. */
    public static VcdWriter open(ObservedSimulation simulation, Path file) throws IOException {
        VcdWriter writer = new VcdWriter(simulation, new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        writer.header();
        return writer;
    }

    @Override
    public Design design() {
        return simulation.design();
    }

    @Override
    public void reset(boolean active) {
        reset = active;
        simulation.reset(active);
    }

    @Override
    public void set(int input, long[] limbs, int offset) {
        simulation.set(input, limbs, offset);
    }

    @Override
    public void set(int input, long newValue) {
        simulation.set(input, newValue);
    }

    @Override
    public void get(int output, long[] limbs, int offset) {
        simulation.get(output, limbs, offset);
    }

    @Override
    public long get(int output) {
        return simulation.get(output);
    }

    @Override
    public void clock() {
        try {
            values();
            simulation.clock();
            line("#" + (CYCLE * (simulation.cycle() - 1) + CYCLE / 2));
            bit('0', clockCode);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long cycle() {
        return simulation.cycle();
    }

    /** Shows the values after the last edge and ends the file. */
    @Override
    public void close() throws IOException {
        try (out) {
            values();
            line("#" + CYCLE * (simulation.cycle() + 1));
        }
    }

    private void header() throws IOException {
        line("$version Bitloom $end");
        line("$timescale 1 ns $end");
        List<Signal> signals = simulation.signals();
        List<String> scope = List.of(simulation.design().name());
        line("$scope module " + scope.getFirst() + " $end");
        variable(1, clockCode, "clk");
        variable(1, resetCode, "reset");
        for (int i = 0; i < signals.size(); i++) {
            Signal signal = signals.get(i);
            scope = enter(signal.scope(), scope);
            variable(signal.width(), codes[i], signal.name());
        }
        enter(List.of(), scope);
        line("$enddefinitions $end");
    }

    /** Leaves scopes and enters others, up to the wanted one; returns it. */
    private List<String> enter(List<String> wanted, List<String> present) throws IOException {
        int common = 0;
        while (common < Math.min(wanted.size(), present.size()) && wanted.get(common).equals(present.get(common))) {
            common++;
        }
        for (int i = present.size(); i > common; i--) {
            line("$upscope $end");
        }
        for (String name : wanted.subList(common, wanted.size())) {
            line("$scope module " + name + " $end");
        }
        return wanted;
    }

    private void variable(int width, byte[] code, String name) throws IOException {
        String range = width == 1 ? "" : " [" + (width - 1) + ":0]";
        line("$var wire " + width + " " + new String(code, StandardCharsets.US_ASCII) + " " + name + range + " $end");
    }

    /** The values of the present cycle, as far as they have changed; once, also where its edge failed. */
    private void values() throws IOException {
        if (writtenCycle == simulation.cycle()) {
            return;
        }
        writtenCycle = simulation.cycle();
        line("#" + CYCLE * simulation.cycle());
        bit('1', clockCode);
        boolean first = writtenCycle == firstCycle;
        if (first || reset != shownReset) {
            bit(reset ? '1' : '0', resetCode);
            shownReset = reset;
        }
        for (int i = 0; i < codes.length; i++) {
            simulation.read(i, value, 0);
            int limbs = offsets[i + 1] - offsets[i];
            boolean changed = first;
            for (int limb = 0; limb < limbs; limb++) {
                changed |= shown[offsets[i] + limb] != value[limb];
                shown[offsets[i] + limb] = value[limb];
            }
            if (changed) {
                value(simulation.signals().get(i).width(), codes[i]);
            }
        }
    }

    private void value(int width, byte[] code) throws IOException {
        if (width > 1) {
            out.write('b');
        }
        for (int bit = width - 1; bit >= 0; bit--) {
            out.write((value[bit >>> 6] >>> (bit & 63) & 1) != 0 ? '1' : '0');
        }
        if (width > 1) {
            out.write(' ');
        }
        out.write(code);
        out.write('\n');
    }

    private void bit(char value, byte[] code) throws IOException {
        out.write(value);
        out.write(code);
        out.write('\n');
    }

    private void line(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.write('\n');
    }

    /** A short name out of the printable characters. */
    private static byte[] code(int index) {
        StringBuilder code = new StringBuilder();
        for (int left = index; left >= 0; left = left / 94 - 1) {
            code.append((char) ('!' + left % 94));
        }
        return code.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
