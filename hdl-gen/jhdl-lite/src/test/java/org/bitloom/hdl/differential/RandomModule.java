package org.bitloom.hdl.differential;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Combinational;
import org.bitloom.hdl.ir.CombinationalAnalysis;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Check;
import org.bitloom.hdl.ir.Netlist.CheckKind;
import org.bitloom.hdl.ir.Netlist.InputPort;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node;
import org.bitloom.hdl.ir.Node.BitOperator;
import org.bitloom.hdl.ir.Node.Reduction;
import org.bitloom.hdl.ir.Node.ShiftKind;

/**
 * One random module. Statements add values to a pool and take operands of any width from it, cut or extended to fit;
 * what nobody uses becomes an output. Input 0 is {@code warm}, see {@link RandomDesign}.
 */
final class RandomModule {
    /** Legal in Java, several of them words of Verilog, SystemVerilog or VHDL, some equal but for their case. */
    private static final List<String> WORDS = List.of(
            "sum", "reg", "wire", "output", "signal", "Sum", "table", "logic", "buffer", "in1", "x", "data", "process",
            "alpha", "out0", "bit", "clk", "rst", "clock", "reset", "warm", "valid", "a_long_name_of_a_variable");

    private final Choices choices;
    private final Profile profile;
    private final NetlistBuilder builder = new NetlistBuilder();
    private final CombinationalAnalysis analysis;
    private final List<Netlist> library;
    private final List<Integer> pool = new ArrayList<>();
    private final Set<Integer> used = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    private final Map<Integer, Integer> wireDrivers = new HashMap<>();
    private final List<Integer> openWires = new ArrayList<>();
    private final Map<Integer, Integer> unclockedAddresses = new HashMap<>();
    private final List<Combinational> childPaths = new ArrayList<>();
    private final List<List<Integer>> childDrivers = new ArrayList<>();
    private final List<Runnable> deferred = new ArrayList<>();

    private RandomModule(Choices choices, Profile profile, CombinationalAnalysis analysis, List<Netlist> library) {
        this.choices = choices;
        this.profile = profile;
        this.analysis = analysis;
        this.library = library;
    }

    /** @param library modules that it may instantiate */
    static Netlist generate(
            Choices choices, Profile profile, CombinationalAnalysis analysis, List<Netlist> library, String name) {
        return new RandomModule(choices, profile, analysis, library).build(name);
    }

    private Netlist build(String name) {
        pool.add(builder.input("warm", 1));
        names.add("warm");
        int inputs = choices.between(1, 5);
        for (int i = 0; i < inputs; i++) {
            pool.add(builder.input(unique("in" + i), profile.width(choices)));
        }
        choices.repeat(profile.statements(), choices.chance(20) ? 99 : 93, this::statement);
        deferred.forEach(choices::span);
        openWires.forEach(wire -> choices.span(() -> drive(wire)));
        outputs();
        return builder.build(name, choices.chance(20) ? "A random module." : "", "");
    }

    private void outputs() {
        int outputs = 0;
        for (int value : List.copyOf(pool)) {
            boolean wanted = choices.span(() -> choices.chance(used.contains(value) ? 10 : 97));
            if (wanted && !(builder.node(value) instanceof Node.Input)) {
                builder.output(unique("out" + outputs++), value);
            }
        }
        if (outputs == 0) {
            builder.output(unique("out0"), any(profile.width(choices)));
        }
    }

    private void statement() {
        int kind = choices.weighted(4, 3, 3, 8, 3, 5, 5, 4, 3, 4, 7, 6, 4, 4, 3, 4, 4, 4, 4, 8, 3, 5, 5, 1);
        switch (kind) {
            case 0 -> pool.add(pool.getFirst());
            case 1 -> add(constant(profile.width(choices)));
            case 2 -> add(builder.not(any(profile.width(choices))));
            case 3 -> add(bitwise(profile.width(choices)));
            case 4 -> add(builder.reduce(one(Reduction.values()), any(profile.width(choices))));
            case 5 -> {
                int width = profile.width(choices);
                add(builder.add(any(width), any(width)));
            }
            case 6 -> {
                int width = profile.width(choices);
                add(builder.subtract(any(width), any(width)));
            }
            case 7 -> add(builder.multiply(
                    choices.chance(50),
                    any(Math.min(profile.multiplier(), profile.width(choices))),
                    any(Math.min(profile.multiplier(), profile.width(choices)))));
            case 8 -> {
                int width = profile.width(choices);
                add(builder.equal(any(width), any(width)));
            }
            case 9 -> {
                int width = profile.width(choices);
                add(builder.less(choices.chance(50), any(width), any(width)));
            }
            case 10 -> {
                int width = profile.width(choices);
                add(builder.mux(any(1), any(width), any(width)));
            }
            case 11 -> add(builder.shift(
                    one(ShiftKind.values()),
                    any(profile.width(choices)),
                    any(choices.chance(80) ? choices.between(1, 9) : profile.width(choices))));
            case 12 -> {
                int operand = value();
                int high = choices.below(builder.width(operand));
                add(builder.slice(operand, high, choices.below(high + 1)));
            }
            case 13 -> add(builder.concat(anyList(choices.between(1, 5), Math.max(1, profile.width(choices) / 3))));
            case 14 -> {
                int operand = value();
                int room = Math.max(profile.width(), builder.width(operand)) - builder.width(operand);
                add(builder.extend(choices.chance(50), operand, builder.width(operand) + choices.below(room + 1)));
            }
            case 15 -> {
                int width = profile.width(choices);
                add(builder.popCount(choices.chance(50) ? any(width) : bitwise(width)));
            }
            case 16 -> {
                int width = profile.width(choices);
                int result = width + choices.below(5);
                add(builder.sum(choices.chance(50), result, equalWidths(choices.between(1, 8), width)));
            }
            case 17 -> {
                int index = any(choices.between(1, 4));
                add(builder.select(index, equalWidths(choices.between(1, 9), profile.width(choices))));
            }
            case 18 -> add(wire(profile.width(choices)));
            case 19 -> register();
            case 20 -> delay();
            case 21 -> new RandomMemory(this).add();
            case 22 -> instance();
            default -> check();
        }
    }

    private void register() {
        int width = profile.width(choices);
        int register = builder.register(width);
        add(register);
        String name = unique("register");
        deferred.add(() -> {
            boolean reset = choices.chance(60);
            int next = any(width);
            int enable = choices.chance(60) ? any(1) : Netlist.ALWAYS;
            builder.defineRegister(
                    register,
                    name,
                    reset ? next : known(next),
                    reset ? enable : enabledWhileWarm(enable),
                    reset ? Optional.of(constantValue(width)) : Optional.empty());
        });
    }

    private void delay() {
        int width = profile.width(choices);
        int cycles = choices.chance(20) ? choices.between(1, RandomDesign.LONGEST_DELAY) : choices.between(1, 3);
        int delay = builder.delay(width);
        add(delay);
        String name = unique("delay");
        deferred.add(() -> {
            int enable = choices.chance(50) ? any(1) : Netlist.ALWAYS;
            builder.defineDelay(delay, name, known(any(width)), enabledWhileWarm(enable), cycles);
        });
    }

    private void instance() {
        if (library.isEmpty()) {
            return;
        }
        Netlist child = one(library.toArray(Netlist[]::new));
        int instance = builder.instance();
        List<Integer> drivers = new ArrayList<>();
        drivers.add(pool.getFirst());
        for (InputPort port : child.inputs().subList(1, child.inputs().size())) {
            drivers.add(choices.chance(30) ? wire(port.width()) : any(port.width()));
        }
        builder.defineInstance(instance, unique("cell"), child, drivers);
        childPaths.add(analysis.of(child));
        childDrivers.add(drivers);
        for (int port = 0; port < child.outputs().size(); port++) {
            add(builder.instanceOutput(instance, port, child.outputs().get(port).width()));
        }
    }

    /** A value never exceeds itself with one bit of zero in front, plus one. */
    private void check() {
        int width = profile.width(choices);
        int value = builder.extend(false, any(width), width + 1);
        int greater = builder.add(value, builder.constant(BitVector.of(width + 1, 1L)));
        builder.check(new Check(CheckKind.ASSERT, builder.less(false, value, greater), "a < a + 1", null));
    }

    // ---- what others build on

    Choices choices() {
        return choices;
    }

    Profile profile() {
        return profile;
    }

    NetlistBuilder builder() {
        return builder;
    }

    void add(int value) {
        pool.add(value);
        if (builder.name(value) == null && choices.chance(40)) {
            builder.setName(value, unique(one(WORDS.toArray(String[]::new))));
        }
    }

    void defer(Runnable definition) {
        deferred.add(definition);
    }

    void unclockedRead(int read, int address) {
        unclockedAddresses.put(read, address);
    }

    /** A value of the pool, cut or extended to a width. */
    int any(int width) {
        int value = value();
        int has = builder.width(value);
        if (has > width) {
            int low = choices.below(has - width + 1);
            return builder.slice(value, low + width - 1, low);
        }
        return has == width ? value : builder.extend(choices.chance(50), value, width);
    }

    /** Either the value, or while warming up something known. */
    private int known(int value) {
        return builder.mux(pool.getFirst(), constant(builder.width(value)), value);
    }

    int zeroWhileWarm(int value) {
        return builder.mux(pool.getFirst(), builder.constant(BitVector.zero(builder.width(value))), value);
    }

    int enabledWhileWarm(int enable) {
        return enable == Netlist.ALWAYS ? enable : builder.bitwise(BitOperator.OR, enable, pool.getFirst());
    }

    int disabledWhileWarm(int enable) {
        int cold = builder.not(pool.getFirst());
        return enable == Netlist.ALWAYS ? cold : builder.bitwise(BitOperator.AND, enable, cold);
    }

    String unique(String wish) {
        String name = wish;
        for (int i = 0; !names.add(name); i++) {
            name = wish + "_" + i;
        }
        return name;
    }

    <T> T one(T[] values) {
        return values[choices.below(values.length)];
    }

    // ---- operands

    /** Often one of the latest. */
    private int value() {
        int count = pool.size();
        int index = choices.chance(60) ? count - 1 - choices.below(Math.min(count, 8)) : choices.below(count);
        int value = pool.get(index);
        used.add(value);
        return value;
    }

    private int bitwise(int width) {
        return builder.bitwise(one(BitOperator.values()), any(width), any(width));
    }

    private int constant(int width) {
        return builder.constant(constantValue(width));
    }

    private BitVector constantValue(int width) {
        return switch (choices.weighted(20, 20, 10, 50)) {
            case 0 -> BitVector.zero(width);
            case 1 -> BitVector.ones(width);
            case 2 -> BitVector.of(width, BigInteger.ONE.shiftLeft(width - 1));
            default -> RandomBits.of(width, choices.below(1 << 16));
        };
    }

    private List<Integer> equalWidths(int count, int width) {
        return IntStream.range(0, count).mapToObj(_ -> any(width)).toList();
    }

    private List<Integer> anyList(int count, int width) {
        return IntStream.range(0, count).mapToObj(_ -> any(choices.between(1, width))).toList();
    }

    // ---- wires that are driven at the end

    private int wire(int width) {
        int wire = builder.wire(width);
        openWires.add(wire);
        return wire;
    }

    /** By a value that does not depend on the wire; where none is found by an input or a constant. */
    private void drive(int wire) {
        int width = builder.width(wire);
        int driver = any(width);
        for (int attempt = 0; attempt < 3 && reaches(driver, wire, new HashSet<>()); attempt++) {
            driver = any(width);
        }
        if (reaches(driver, wire, new HashSet<>())) {
            driver = constant(width);
        }
        builder.driveWire(wire, driver);
        wireDrivers.put(wire, driver);
    }

    private boolean reaches(int from, int target, Set<Integer> seen) {
        return from == target
                || (seen.add(from) && dependencies(from).stream().anyMatch(next -> reaches(next, target, seen)));
    }

    private List<Integer> dependencies(int id) {
        return switch (builder.node(id)) {
            case Node.Wire _ -> wireDrivers.containsKey(id) ? List.of(wireDrivers.get(id)) : List.of();
            case Node.MemoryRead _ ->
                unclockedAddresses.containsKey(id) ? List.of(unclockedAddresses.get(id)) : List.of();
            case Node.InstanceOutput n -> childPaths.get(n.instance()).inputsOfOutput(n.port()).stream()
                    .mapToObj(childDrivers.get(n.instance())::get)
                    .toList();
            case Node node -> node.operands();
        };
    }
}
