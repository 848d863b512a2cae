package org.bitloom.hdl.differential;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Design;
import org.bitloom.hdl.ir.Netlist.InputPort;
import org.bitloom.hdl.sim.Interpreter;
import org.bitloom.hdl.sim.Simulation;
import org.bitloom.hdl.verilog.Family;

/**
 * A design, what it is fed, and what shall come out.
 *
 * @param seed     of the start values, from which the stimulus follows too
 * @param resets   for each cycle whether reset is active
 * @param inputs   for each cycle the value of each input
 * @param outputs  for each cycle the value of each output before the clock edge
 * @param compared from which cycle on they count for a simulation that starts with the state of the seed
 * @param text     the design as its author would read it
 */
record Trial(
        Design design,
        long seed,
        List<Boolean> resets,
        List<List<BitVector>> inputs,
        List<List<BitVector>> outputs,
        int compared,
        Supplier<String> text) {
    /** From this cycle on nothing is unknown. */
    static final int KNOWN = RandomDesign.WARM_UP;

    /** What a design gives for a stimulus. */
    interface Oracle {
        List<List<BitVector>> run(List<Boolean> resets, List<List<BitVector>> inputs);
    }

    /** The interpreter says what shall come out. */
    static Trial of(Design design, long seed, int cycles) {
        Trial trial = of(design, seed, cycles, (_, _) -> List.of(), () -> NetlistText.of(design));
        List<List<BitVector>> outputs = trial.run(new Interpreter(design, seed));
        return new Trial(design, seed, trial.resets, trial.inputs, outputs, 0, trial.text);
    }

    /** The oracle says what shall come out; it knows nothing of the random state at the start. */
    static Trial of(Design design, long seed, int cycles, Oracle oracle, Supplier<String> text) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Boolean> resets = new ArrayList<>();
        List<List<BitVector>> inputs = new ArrayList<>();
        List<InputPort> ports = design.top().module().inputs();
        for (int cycle = 0; cycle < KNOWN + cycles; cycle++) {
            boolean warm = cycle < KNOWN;
            resets.add(warm || random.nextInt(30) == 0);
            List<BitVector> values = new ArrayList<>();
            values.add(BitVector.of(1, warm ? 1L : 0L));
            for (int port = 1; port < ports.size(); port++) {
                int width = ports.get(port).width();
                values.add(cycle > 0 && random.nextInt(5) == 0
                        ? inputs.getLast().get(port)
                        : value(width, random));
            }
            inputs.add(List.copyOf(values));
        }
        return new Trial(
                design, seed, List.copyOf(resets), List.copyOf(inputs), oracle.run(resets, inputs), KNOWN, text);
    }

    int cycles() {
        return inputs.size();
    }

    /** What a simulation gives for the same stimulus. */
    List<List<BitVector>> run(Simulation simulation) {
        List<List<BitVector>> seen = new ArrayList<>();
        int count = design.top().module().outputs().size();
        for (int cycle = 0; cycle < cycles(); cycle++) {
            simulation.reset(resets.get(cycle));
            for (int port = 0; port < inputs.get(cycle).size(); port++) {
                simulation.set(port, inputs.get(cycle).get(port));
            }
            List<BitVector> values = new ArrayList<>();
            for (int port = 0; port < count; port++) {
                values.add(simulation.output(port));
            }
            seen.add(List.copyOf(values));
            simulation.clock();
        }
        return List.copyOf(seen);
    }

    /** The family whose Verilog is simulated. */
    Family family() {
        return Family.values()[(int) Math.floorMod(seed, (long) Family.values().length)];
    }

    Difference wrongValue(String simulator, int cycle, List<BitVector> seen) {
        int port = 0;
        while (seen.get(port).equals(outputs.get(cycle).get(port))) {
            port++;
        }
        return wrongValue(simulator, cycle, port, seen.get(port).toHex());
    }

    /** @param seen all outputs as one hexadecimal number, the first in the lowest bits; with x and z */
    Difference wrongValue(String simulator, int cycle, String seen) {
        StringBuilder bits = new StringBuilder();
        for (char digit : seen.toCharArray()) {
            int value = Character.digit(digit, 16);
            bits.append(value < 0 ? "xxxx" : "" + (value >> 3 & 1) + (value >> 2 & 1) + (value >> 1 & 1) + (value & 1));
        }
        bits.reverse();
        int low = 0;
        for (int port = 0; port < outputs.get(cycle).size(); port++) {
            BitVector expected = outputs.get(cycle).get(port);
            String own = bits.substring(low, low + expected.width());
            if (own.contains("x") || !own.equals(bits(expected))) {
                return wrongValue(simulator, cycle, port, own.contains("x") ? "x in " + own : hex(own));
            }
            low += expected.width();
        }
        throw new IllegalArgumentException("nothing differs in cycle " + cycle + ": " + seen);
    }

    private Difference wrongValue(String simulator, int cycle, int port, String seen) {
        return new Difference(simulator, Difference.WRONG_VALUE, "cycle " + cycle + ", "
                + design.top().module().outputs().get(port).name() + " is " + seen + ", not "
                + outputs.get(cycle).get(port).toHex());
    }

    /** Bit 0 first. */
    private static String bits(BitVector value) {
        StringBuilder bits = new StringBuilder();
        for (int i = 0; i < value.width(); i++) {
            bits.append(value.bit(i) ? '1' : '0');
        }
        return bits.toString();
    }

    private static String hex(String bits) {
        return new BigInteger(new StringBuilder(bits).reverse().toString(), 2).toString(16);
    }

    /** Random bits, or few ones, or many, or the borders of the range. */
    private static BitVector value(int width, SplittableRandom random) {
        BitVector bits = RandomBits.of(width, random);
        return switch (random.nextInt(8)) {
            case 0 -> BitVector.zero(width);
            case 1 -> BitVector.ones(width);
            case 2 -> BitVector.of(width, bits.toUnsigned().and(RandomBits.of(width, random).toUnsigned()));
            case 3 -> BitVector.of(width, bits.toUnsigned().or(RandomBits.of(width, random).toUnsigned()));
            case 4 -> BitVector.of(width, (long) random.nextInt(256));
            default -> bits;
        };
    }
}
