package org.bitloom.hdl;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.jspecify.annotations.Nullable;

/**
 * A hardware module. Its constructor declares ports and state, connects them, and is run by {@link #instance} or, for the
 * top of a design, by {@link Elaborator}. One clock and one synchronous reset are there without being named.
 *
 * <p>A component whose constructor takes a configuration is elaborated once for each value of it. Everything that shapes
 * the hardware stands in the configuration, a record; the contents of memories need not, see {@link Memory#contents}.
 */
public abstract class Component {
    private final Elaboration elaboration;

    protected Component() {
        this.elaboration = Session.begin(getClass());
    }

    final Elaboration elaboration() {
        return elaboration;
    }

    // ---- types

    protected static Type<Bool> bool() {
        return Type.bool();
    }

    protected static Type<Bits> bits(int width) {
        return Type.bits(width);
    }

    protected static Type<UInt> uint(int width) {
        return Type.uint(width);
    }

    protected static Type<SInt> sint(int width) {
        return Type.sint(width);
    }

    /** Bits that the unsigned number {@code greatest} needs; at least one. */
    public static int bitsFor(long greatest) {
        return Math.max(1, 64 - Long.numberOfLeadingZeros(greatest));
    }

    // ---- ports

    /** An input port, named like the variable that it is assigned to. */
    protected final <T> T input(Shape<T> shape) {
        return ports(site()).input("", shape);
    }

    /** An output port, named like the variable that it is assigned to; to be driven. */
    protected final <T> T output(Shape<T> shape) {
        return ports(site()).output("", shape);
    }

    /** The ports of an interface, seen from its receiving end. */
    protected final <S> S slave(Interface<S, ?> type) {
        return type.slave(ports(site()));
    }

    /** The ports of an interface, seen from its giving end. */
    protected final <M> M master(Interface<?, M> type) {
        return type.master(ports(site()));
    }

    /** The ports of an interface, seen from its receiving end, with names of their own: for ports made in a loop. */
    protected final <S> S slave(Interface<S, ?> type, String name) {
        return type.slave(ports(name));
    }

    /** The ports of an interface, seen from its giving end, with names of their own: for ports made in a loop. */
    protected final <M> M master(Interface<?, M> type, String name) {
        return type.master(ports(name));
    }

    private @Nullable CallSite site() {
        return elaboration.repetition ? null : CallSite.find();
    }

    private Interface.Ports ports(@Nullable CallSite site) {
        return ports(site == null || site.variable() == null ? "" : site.variable());
    }

    private Interface.Ports ports(String prefix) {
        return new Interface.Ports() {
            @Override
            public <T> T input(String name, Shape<T> shape) {
                return shape.build(new Shape.Maker() {
                    @Override
                    public <S extends Signal<S>> S leaf(String leaf, Type<S> type) {
                        return elaboration.input(Names.join(prefix, name, leaf), type);
                    }
                });
            }

            @Override
            public <T> T output(String name, Shape<T> shape) {
                return shape.build(new Shape.Maker() {
                    @Override
                    public <S extends Signal<S>> S leaf(String leaf, Type<S> type) {
                        return elaboration.output(Names.join(prefix, name, leaf), type);
                    }
                });
            }

            @Override
            public Bool control(String name) {
                Bool port = elaboration.output(Names.join(prefix, name), Type.bool());
                elaboration.controls.add(port.node());
                return port;
            }
        };
    }

    // ---- wires and state

    /** A value that is given later, with {@code drive}. */
    protected final <T> T wire(Shape<T> shape) {
        return declared(shape, new Declaration() {
            @Override
            public <S extends Signal<S>> S declare(Type<S> type, @Nullable String name) {
                return elaboration.wire(type, name);
            }
        });
    }

    /** A register without reset: holds an unknown value until it is given one. For data. */
    protected final <T> T register(Shape<T> shape) {
        return declared(shape, new Declaration() {
            @Override
            public <S extends Signal<S>> S declare(Type<S> type, @Nullable String name) {
                return elaboration.register(type, Optional.empty(), name);
            }
        });
    }

    /** A register with a value under reset. For whatever steers: counters, flags, states. */
    protected final <S extends Signal<S>> S state(Type<S> type, long reset) {
        S value = elaboration.operators().literal(type, reset);
        BitVector vector = elaboration.builder().constantValue(value.node()).orElseThrow();
        return elaboration.register(type, Optional.of(vector), null);
    }

    private interface Declaration {
        <S extends Signal<S>> S declare(Type<S> type, @Nullable String name);
    }

    private <T> T declared(Shape<T> shape, Declaration declaration) {
        if (shape instanceof Type<?>) {
            return shape.build(new Shape.Maker() {
                @Override
                public <S extends Signal<S>> S leaf(String leaf, Type<S> type) {
                    return declaration.declare(type, null);
                }
            });
        }
        CallSite site = site();
        String prefix = site == null || site.variable() == null ? "" : site.variable();
        return shape.build(new Shape.Maker() {
            @Override
            public <S extends Signal<S>> S leaf(String leaf, Type<S> type) {
                return declaration.declare(type, Names.join(prefix, leaf));
            }
        });
    }

    /** The value of {@code cycles} clock edges ago, counting those at which {@code enable} holds. No reset. */
    protected final <S extends Signal<S>> S delay(S value, int cycles, Bool enable) {
        return elaboration.delay(value, cycles, elaboration.resolve(enable));
    }

    /** The value of {@code cycles} clock edges ago. No reset. */
    protected final <S extends Signal<S>> S delay(S value, int cycles) {
        return elaboration.delay(value, cycles, Netlist.ALWAYS);
    }

    // ---- memories

    /** A memory that is only read, of {@code depth} words. */
    protected final <T> Rom<T> rom(Shape<T> word, int depth) {
        return new Rom<>(word, elaboration.memory(true, word.width(), depth));
    }

    /** A memory of {@code depth} words that is written at clock edges. */
    protected final <T> Ram<T> ram(Shape<T> word, int depth) {
        return new Ram<>(word, elaboration.memory(false, word.width(), depth));
    }

    // ---- instances

    /** An instance of a component; its ports are to be connected here. Equal configurations share one module. */
    protected final <C, T extends Component> T instance(Function<C, T> constructor, C config) {
        return placed(elaboration.session.construct(elaboration, config, () -> constructor.apply(config)));
    }

    /** An instance with a name of its own: for instances made in a loop. */
    protected final <C, T extends Component> T instance(String name, Function<C, T> constructor, C config) {
        T component = placed(elaboration.session.construct(elaboration, config, () -> constructor.apply(config)));
        component.elaboration().instanceName = name;
        return component;
    }

    /** An instance of a component that has no configuration. */
    protected final <T extends Component> T instance(Supplier<T> constructor) {
        return placed(elaboration.session.construct(elaboration, Session.NO_CONFIG, constructor));
    }

    /**
     * An instance in the component that is being built around a signal: for libraries whose verbs, called on a signal,
     * add hardware beside it.
     */
    public static <C, T extends Component> T instanceBeside(Signal<?> signal, Function<C, T> constructor, C config) {
        Elaboration around = signal.context();
        T component = around.session.construct(around, config, () -> constructor.apply(config));
        around.place(component.elaboration(), around.repetition ? null : CallSite.find());
        return component;
    }

    private <T extends Component> T placed(T component) {
        elaboration.place(component.elaboration(), site());
        return component;
    }

    // ---- values

    /** A number, as wide as it needs to be. */
    protected final UInt lit(long value) {
        return lit(value, Type.uint(bitsFor(value)));
    }

    /** A number in a given type. */
    protected final <S extends Signal<S>> S lit(long value, Type<S> type) {
        return elaboration.operators().literal(type, value);
    }

    protected final Bool yes() {
        return lit(1, Type.bool());
    }

    protected final Bool no() {
        return lit(0, Type.bool());
    }

    /** Bits of any width. */
    protected final Bits lit(BitVector value) {
        return Type.bits(value.width()).signal(elaboration, elaboration.builder().constant(value));
    }

    /** One value or the other; numbers of different widths take the wider. */
    protected final <S extends Signal<S>> S mux(Bool condition, S whenTrue, S whenFalse) {
        return elaboration.operators().mux(condition, whenTrue, whenFalse);
    }

    /** {@code values[index]}, the last beyond the end; numbers of different widths take the widest. */
    protected final <S extends Signal<S>> S pick(UInt index, List<S> values) {
        return elaboration.operators().pick(index, values);
    }

    /** Parts side by side, the most significant first. */
    protected final Bits cat(Signal<?>... parts) {
        return Elaboration.concat(Arrays.asList(parts));
    }

    /** Bools side by side, the first lowest. */
    protected final Bits bits(List<Bool> lowestFirst) {
        return Elaboration.concat(lowestFirst.reversed());
    }

    /** The exact sum of many numbers, kept in one piece until the adder tree for the device is chosen. */
    protected final UInt sum(List<UInt> terms) {
        return elaboration.operators().sum(terms, Type::uint);
    }

    /** The exact sum of many signed numbers. */
    protected final SInt signedSum(List<SInt> terms) {
        return elaboration.operators().sum(terms, Type::sint);
    }

    // ---- statements

    /** Statements that have effect while the condition holds. */
    protected final When when(Bool condition, Runnable body) {
        return elaboration.when(condition, body);
    }

    /** Statements by the value of a number. */
    protected final Select select(UInt index) {
        return elaboration.select(index);
    }

    /** Claims that the condition holds at each clock edge outside reset (under a {@code when}: while that holds). */
    protected final void ensure(Bool condition, String message) {
        elaboration.check(Netlist.CheckKind.ASSERT, elaboration.resolve(condition), message);
    }

    /** Demands of whoever drives the inputs that the condition holds at each clock edge outside reset. */
    protected final void assume(Bool condition, String message) {
        elaboration.check(Netlist.CheckKind.ASSUME, elaboration.resolve(condition), message);
    }
}
