package org.bitloom.hdl.differential.program;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitloom.hdl.Bits;
import org.bitloom.hdl.Bool;
import org.bitloom.hdl.Component;
import org.bitloom.hdl.Memory;
import org.bitloom.hdl.Ram;
import org.bitloom.hdl.Rom;
import org.bitloom.hdl.SInt;
import org.bitloom.hdl.Select;
import org.bitloom.hdl.Signal;
import org.bitloom.hdl.Type;
import org.bitloom.hdl.UInt;
import org.bitloom.hdl.When;
import org.bitloom.hdl.differential.program.Program.InstanceDeclaration;
import org.bitloom.hdl.differential.program.Program.MemoryDeclaration;
import org.bitloom.hdl.differential.program.Program.Role;
import org.bitloom.hdl.differential.program.Program.Source;
import org.bitloom.hdl.differential.program.Program.Target;
import org.bitloom.hdl.differential.program.Program.Variable;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.MemoryContents;

/** A component that follows a program. */
public final class ProgramComponent extends Component {
    private final Program program;
    private final List<Signal<?>> inputs = new ArrayList<>();
    private final List<Signal<?>> outputs = new ArrayList<>();
    private final List<ProgramComponent> children = new ArrayList<>();
    private final List<Memory<?, ?>> memories = new ArrayList<>();
    private final List<Signal<?>> targets = new ArrayList<>();
    private final List<Signal<?>> variables = new ArrayList<>();

    ProgramComponent(Program program) {
        this.program = program;
        for (MemoryDeclaration memory : program.memories()) {
            memories.add(memory(memory, type(memory.kind(), memory.width())));
        }
        for (InstanceDeclaration declaration : program.instances()) {
            ProgramComponent child = instance(ProgramComponent::new, declaration.child());
            child.load(declaration.contents());
            children.add(child);
        }
        for (int i = 0; i < program.targets().size(); i++) {
            targets.add(target(program.targets().get(i), "t" + i));
        }
        for (int i = 0; i < program.variables().size(); i++) {
            variables.add(variable(program.variables().get(i), "v" + i));
        }
        program.body().forEach(this::follow);
        for (int i = 0; i < program.outputs().size(); i++) {
            List<Signal<?>> shown = program.outputs().get(i).stream().<Signal<?>>map(variables::get).toList();
            if (shown.size() == 1) {
                output(shown.getFirst(), "out" + i);
            } else {
                output(cat(shown.toArray(Signal<?>[]::new)), "out" + i);
            }
        }
    }

    private <S extends Signal<S>> void output(Signal<S> value, String name) {
        S port = output(value.type()).named(name);
        drive(port, value);
        outputs.add(port);
    }

    /** From outside: the words of the memories that have none of their own. */
    private void load(List<MemoryContents> contents) {
        int next = 0;
        for (int i = 0; i < memories.size(); i++) {
            if (program.memories().get(i).contents().isEmpty()) {
                memories.get(i).contents(contents.get(next++));
            }
        }
    }

    // ---- declarations

    static Type<?> type(Kind kind, int width) {
        return switch (kind) {
            case BOOL -> Type.bool();
            case BITS -> Type.bits(width);
            case UINT -> Type.uint(width);
            case SINT -> Type.sint(width);
        };
    }

    private <S extends Signal<S>> Memory<?, ?> memory(MemoryDeclaration declaration, Type<S> word) {
        if (declaration.rom()) {
            Rom<S> rom = rom(word, declaration.depth());
            declaration.contents().ifPresent(rom::contents);
            return rom;
        }
        return ram(word, declaration.depth()).contents(declaration.contents().orElseThrow());
    }

    private Signal<?> target(Target target, String name) {
        return switch (target.role()) {
            case Role.Wire _ -> wire(type(target.kind(), target.width()), name);
            case Role.Register r -> register(type(target.kind(), target.width()), r.reset(), name);
            case Role.InstanceInput i -> children.get(i.instance()).inputs.get(i.port());
        };
    }

    private <S extends Signal<S>> Signal<S> wire(Type<S> type, String name) {
        S wire = super.wire(type);
        return wire.named(name);
    }

    private <S extends Signal<S>> Signal<S> register(Type<S> type, Optional<Integer> reset, String name) {
        S register = reset.isPresent() ? state(type, reset.get()) : super.register(type);
        return register.named(name);
    }

    private Signal<?> variable(Variable variable, String name) {
        return switch (variable.source()) {
            case Source.Input _ -> {
                Signal<?> port = input(type(variable.kind(), variable.width())).named(name);
                inputs.add(port);
                yield port;
            }
            case Source.OfTarget t -> targets.get(t.target());
            case Source.OfInstance o -> children.get(o.instance()).outputs.get(o.port());
            case Source.Delayed d -> delayed(build(d.value()), d.cycles(), bool(d.enable()));
            case Source.Word w -> {
                Memory<?, ?> memory = memories.get(w.memory());
                UInt address = uint(w.address());
                yield (Signal<?>) (w.enable().isPresent()
                        ? memory.read(address, bool(w.enable().get()))
                        : memory.read(address));
            }
        };
    }

    private <S extends Signal<S>> Signal<S> delayed(Signal<S> value, int cycles, Bool enable) {
        @SuppressWarnings("unchecked")
        S own = (S) value;
        return delay(own, cycles, enable);
    }

    // ---- statements

    private void follow(Statement statement) {
        switch (statement) {
            case Statement.Assign a when program.targets().get(a.target()).role() instanceof Role.Register ->
                next(targets.get(a.target()), build(a.value()));
            case Statement.Assign a -> drive(targets.get(a.target()), build(a.value()));
            case Statement.Write w -> write((Ram<?>) memories.get(w.memory()), uint(w.address()), build(w.data()));
            case Statement.Claim c -> ensure(uint(c.low()).le(uint(c.high())), "low is at most high");
            case Statement.When w -> {
                When block = when(bool(w.conditions().getFirst()), () -> w.bodies().getFirst().forEach(this::follow));
                for (int i = 1; i < w.conditions().size(); i++) {
                    List<Statement> body = w.bodies().get(i);
                    block.elseWhen(bool(w.conditions().get(i)), () -> body.forEach(this::follow));
                }
                if (w.bodies().size() > w.conditions().size()) {
                    block.otherwise(() -> w.bodies().getLast().forEach(this::follow));
                }
            }
            case Statement.Select s -> {
                Select block = select(uint(s.index()));
                for (int i = 0; i < s.labels().size(); i++) {
                    List<Statement> body = s.bodies().get(i);
                    block.is(s.labels().get(i), () -> body.forEach(this::follow));
                }
                if (s.bodies().size() > s.labels().size()) {
                    block.otherwise(() -> s.bodies().getLast().forEach(this::follow));
                }
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <S extends Signal<S>> void next(Signal<S> register, Signal<?> value) {
        register.next((S) value);
    }

    @SuppressWarnings("unchecked")
    private static <S extends Signal<S>> void drive(Signal<S> target, Signal<?> value) {
        target.drive((S) value);
    }

    @SuppressWarnings("unchecked")
    private static <T> void write(Ram<T> memory, UInt address, Signal<?> data) {
        memory.write(address, (T) data);
    }

    // ---- expressions

    private Bool bool(Expression e) {
        return (Bool) build(e);
    }

    private Bits bits(Expression e) {
        return (Bits) build(e);
    }

    private UInt uint(Expression e) {
        return (UInt) build(e);
    }

    private SInt sint(Expression e) {
        return (SInt) build(e);
    }

    /** The front end must keep its promise of the width. */
    private Signal<?> build(Expression e) {
        Signal<?> signal = signal(e);
        if (signal.width() != e.width()) {
            throw new IllegalStateException(signal.width() + " bits for " + e);
        }
        return signal;
    }

    private Signal<?> signal(Expression e) {
        int number = e.number().bitLength() < 31 ? e.number().intValue() : 0;
        return switch (e.operator()) {
            case READ -> variables.get(number);
            case LITERAL -> e.kind() == Kind.BITS
                    ? lit(BitVector.of(e.width(), e.number()))
                    : literal(e.number(), type(e.kind(), e.width()));
            case MUX -> muxed(bool(e.first()), build(e.second()), build(e.arguments().get(2)));
            case PICK -> picked(
                    uint(e.first()),
                    e.arguments().stream().skip(1).<Signal<?>>map(this::build).toList());
            case CONCAT -> cat(e.arguments().stream().map(this::build).toArray(Signal<?>[]::new));
            case CONVERT -> converted(e);
            case EQUAL -> equal(build(e.first()), build(e.second()), true);
            case NOT_EQUAL -> equal(build(e.first()), build(e.second()), false);
            case EQUAL_CONSTANT -> build(e.first()).eq(e.number().longValueExact());
            default -> switch (e.first().kind()) {
                case BOOL -> ofBool(e);
                case BITS -> ofBits(e, number);
                case UINT -> ofUnsigned(e, number);
                case SINT -> ofSigned(e, number);
            };
        };
    }

    private <S extends Signal<S>> Signal<S> literal(BigInteger number, Type<S> type) {
        return lit(number.longValueExact(), type);
    }

    @SuppressWarnings("unchecked")
    private <S extends Signal<S>> Signal<S> muxed(Bool condition, Signal<S> whenTrue, Signal<?> whenFalse) {
        return mux(condition, (S) whenTrue, (S) whenFalse);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private Signal<?> picked(UInt index, List<Signal<?>> values) {
        return (Signal<?>) pick(index, (List) values);
    }

    @SuppressWarnings("unchecked")
    private static <S extends Signal<S>> Bool equal(Signal<S> left, Signal<?> right, boolean equal) {
        return equal ? left.eq((S) right) : left.ne((S) right);
    }

    private Signal<?> converted(Expression e) {
        Signal<?> from = build(e.first());
        return switch (e.kind()) {
            case BITS -> from.asBits();
            case UINT -> from instanceof Bool bool ? bool.asUInt() : ((Bits) from).asUInt();
            case SINT -> from instanceof UInt uint ? uint.asSInt() : ((Bits) from).asSInt();
            case BOOL -> throw new IllegalStateException("no conversion: " + e);
        };
    }

    private Signal<?> ofBool(Expression e) {
        return switch (e.operator()) {
            case AND -> bool(e.first()).and(bool(e.second()));
            case OR -> bool(e.first()).or(bool(e.second()));
            case XOR -> bool(e.first()).xor(bool(e.second()));
            case NOT -> bool(e.first()).not();
            case REPEAT -> bool(e.first()).repeat(e.width());
            default -> throw new IllegalStateException("no operator of Bool: " + e);
        };
    }

    private Signal<?> ofBits(Expression e, int number) {
        Bits left = bits(e.first());
        return switch (e.operator()) {
            case AND -> left.and(bits(e.second()));
            case OR -> left.or(bits(e.second()));
            case XOR -> left.xor(bits(e.second()));
            case XNOR -> left.xnor(bits(e.second()));
            case NOT -> left.not();
            case SLICE -> left.slice(number + e.width() - 1, number);
            case EXTEND -> left.padded(e.width());
            case POP_COUNT -> left.popCount();
            case BIT -> left.at(number);
            case BIT_AT -> left.at(uint(e.second()));
            case ANY -> left.any();
            case ALL -> left.all();
            case PARITY -> left.parity();
            default -> throw new IllegalStateException("no operator of Bits: " + e);
        };
    }

    private Signal<?> ofUnsigned(Expression e, int number) {
        UInt left = uint(e.first());
        return switch (e.operator()) {
            case PLUS -> left.plus(uint(e.second()));
            case PLUS_CONSTANT -> left.plus(number);
            case MINUS -> left.minus(uint(e.second()));
            case TIMES -> left.times(uint(e.second()));
            case SHIFT_UP -> left.shl(number);
            case SHIFT_UP_BY -> left.shl(uint(e.second()));
            case SHIFT_DOWN -> left.shr(number);
            case SHIFT_DOWN_BY -> left.shr(uint(e.second()));
            case SUM -> sum(e.arguments().stream().map(this::uint).toList());
            case EXTEND -> left.extend(e.width());
            case LOW -> left.low(e.width());
            case SATURATE -> left.saturate(e.width());
            case FIT -> left.fit(e.width());
            case LESS -> left.lt(uint(e.second()));
            case LESS_CONSTANT -> left.lt(e.number().longValueExact());
            case AT_MOST -> left.le(uint(e.second()));
            case GREATER -> left.gt(uint(e.second()));
            case AT_LEAST -> left.ge(uint(e.second()));
            case BIT -> left.at(number);
            default -> throw new IllegalStateException("no operator of UInt: " + e);
        };
    }

    private Signal<?> ofSigned(Expression e, int number) {
        SInt left = sint(e.first());
        return switch (e.operator()) {
            case PLUS -> left.plus(sint(e.second()));
            case PLUS_CONSTANT -> left.plus(number);
            case MINUS -> left.minus(sint(e.second()));
            case NEGATE -> left.negate();
            case TIMES -> left.times(sint(e.second()));
            case SHIFT_UP -> left.shl(number);
            case SHIFT_UP_BY -> left.shl(uint(e.second()));
            case SHIFT_DOWN -> left.shr(number);
            case SHIFT_DOWN_BY -> left.shr(uint(e.second()));
            case SUM -> signedSum(e.arguments().stream().map(this::sint).toList());
            case EXTEND -> left.extend(e.width());
            case LOW -> left.low(e.width());
            case SATURATE -> left.saturate(e.width());
            case FIT -> left.fit(e.width());
            case LESS -> left.lt(sint(e.second()));
            case LESS_CONSTANT -> left.lt(e.number().longValueExact());
            case AT_MOST -> left.le(sint(e.second()));
            case GREATER -> left.gt(sint(e.second()));
            case AT_LEAST -> left.ge(sint(e.second()));
            case IS_NEGATIVE -> left.isNegative();
            default -> throw new IllegalStateException("no operator of SInt: " + e);
        };
    }
}
