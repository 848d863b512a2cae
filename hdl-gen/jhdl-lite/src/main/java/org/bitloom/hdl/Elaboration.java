package org.bitloom.hdl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bitloom.hdl.ir.BitVector;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Collision;
import org.bitloom.hdl.ir.Netlist.MemoryStyle;
import org.bitloom.hdl.ir.NetlistBuilder;
import org.bitloom.hdl.ir.Node.BitOperator;
import org.bitloom.hdl.ir.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * One component under construction: what its constructor has declared so far, over a netlist that is being built. The
 * first component of a class and configuration is elaborated in full; a further one (a repetition) only so far that its
 * ports can be connected: it takes the first one's netlist.
 */
final class Elaboration {
    enum Verb {
        DRIVE,
        NEXT
    }

    enum TargetKind {
        WIRE("wire", Verb.DRIVE),
        OUTPUT("output", Verb.DRIVE),
        INSTANCE_INPUT("instance input", Verb.DRIVE),
        REGISTER("register", Verb.NEXT);

        final String noun;
        final Verb verb;

        TargetKind(String noun, Verb verb) {
            this.noun = noun;
            this.verb = verb;
        }
    }

    /** Something that can be given a value. */
    record Target(TargetKind kind, int node, Optional<BitVector> reset, String port, Assignments assignments) {}

    /** @param index among the inputs, or among the outputs */
    record Port(boolean isInput, int index, String name, @Nullable CallSite site) {}

    /** Owner of signals that exist for their type only. */
    static final Elaboration NONE = new Elaboration(new Session(""), null, Object.class, true);

    final Session session;
    final @Nullable Elaboration parent;
    final Class<?> type;
    final boolean repetition;
    final List<Elaboration> children = new ArrayList<>();
    final List<OpenMemory> memories = new ArrayList<>();
    final List<OpenDelay> delays = new ArrayList<>();
    final Map<Integer, Target> targets = new LinkedHashMap<>();
    final List<Port> inputs = new ArrayList<>();
    final List<Port> outputs = new ArrayList<>();
    /** Wires that feed the output ports, and nodes of the input ports. */
    final List<Integer> outputNodes = new ArrayList<>();

    final List<Integer> inputNodes = new ArrayList<>();
    final Map<Integer, CallSite> sites = new HashMap<>();
    /** Names from the code, by node; a port or memory has its own. */
    final Map<Integer, String> names = new HashMap<>();

    /** Nodes that steer others, as valid and ready do. */
    final List<Integer> controls = new ArrayList<>();

    final List<Netlist.Check> checks = new ArrayList<>();

    /** As an instance: the wires around it that feed its inputs, its place and name there. */
    final List<Integer> inputWires = new ArrayList<>();

    int instanceIndex = -1;
    @Nullable String instanceName;
    @Nullable CallSite instanceSite;
    @Nullable Netlist netlist;

    /** How many mistakes there were before this component. */
    final int problemsBefore;

    private final NetlistBuilder builder = new NetlistBuilder();
    private final Operators operators = new Operators(this);
    private final Map<Integer, Port> portOfNode = new HashMap<>();
    private boolean open = true;
    private Scope scope = Scope.ROOT;
    private int statements;

    /** A delay line: registers without reset, one behind the other. */
    record OpenDelay(int node, int input, int enable, int cycles) {}

    Elaboration(Session session, @Nullable Elaboration parent, Class<?> type, boolean repetition) {
        this.session = session;
        this.parent = parent;
        this.type = type;
        this.repetition = repetition;
        this.problemsBefore = session.problems().size();
    }

    NetlistBuilder builder() {
        return builder;
    }

    Operators operators() {
        return operators;
    }

    void close() {
        open = false;
    }

    boolean isOpen() {
        return open;
    }

    /** This one while its constructor runs; after that the component around it, to whom its ports belong then. */
    Elaboration context() {
        if (open) {
            return this;
        }
        if (parent == null || !parent.open) {
            throw new IllegalStateException("signals of " + type.getSimpleName()
                    + " can be used in its own constructor and in that of the component which holds the instance");
        }
        return parent;
    }

    // ---- values

    /** The node of a signal as seen from here; one of another component is a mistake unless it is an instance's port. */
    int resolve(Signal<?> signal) {
        Elaboration owner = signal.owner();
        if (owner == this) {
            return signal.node();
        }
        Port port = owner.portOfNode.get(signal.node());
        if (!owner.open && owner.parent == this && port != null) {
            return port.isInput
                    ? owner.inputWires.get(port.index)
                    : builder.instanceOutput(owner.instanceIndex, port.index, signal.width());
        }
        problem(
                "",
                port == null && owner.parent == this
                        ? describe(owner, signal) + " is internal to the instance of " + owner.type.getSimpleName()
                        : describe(owner, signal) + " belongs to component " + owner.type.getSimpleName()
                                + " and cannot be used in " + type.getSimpleName(),
                "connect it through a port of " + owner.type.getSimpleName());
        return builder.constant(BitVector.zero(signal.width()));
    }

    /** A new signal for a node; takes its name and place from the calling code. */
    <S extends Signal<S>> S value(Type<S> type, int node) {
        note(node);
        return type.signal(this, node);
    }

    private void note(int node) {
        if (repetition) {
            return;
        }
        CallSite site = CallSite.find();
        switch (site.fate()) {
            case STORED -> {
                if (builder.constantValue(node).isEmpty()) {
                    names.putIfAbsent(node, Objects.requireNonNull(site.variable()));
                }
            }
            case STORED_NAMELESS ->
                problem(
                        site,
                        "",
                        site.frame().getDeclaringClass().getName() + " was compiled without the names of its variables",
                        "compile with -g (Maven does by default), or give names with .named(\"…\")");
            case DROPPED ->
                problem(
                        site,
                        "",
                        "the result of this operation is not used",
                        "operators make new values: pass the result on with .drive(…) or .next(…), or remove the line");
            case RETURNED, USED -> {}
        }
        sites.putIfAbsent(node, site);
    }

    void rename(Signal<?> signal, String name) {
        Elaboration context = context();
        if (context == this) {
            Port port = portOfNode.get(signal.node());
            if (port != null) {
                List<Port> list = port.isInput ? inputs : outputs;
                Port renamed = new Port(port.isInput, port.index, name, port.site);
                list.set(port.index, renamed);
                portOfNode.put(signal.node(), renamed);
                if (port.isInput) {
                    builder.renameInput(port.index, name);
                }
            } else {
                names.put(signal.node(), name);
            }
        }
    }

    /** Parts side by side, the most significant first. */
    static Bits concat(List<? extends Signal<?>> parts) {
        Elaboration context = parts.getFirst().context();
        int node = context.builder.concat(parts.stream().map(context::resolve).toList());
        return context.value(Type.bits(context.builder.width(node)), node);
    }

    /** Name of the variable that takes the result of the running call; empty if there is none. */
    String variableHere() {
        String variable = repetition ? null : CallSite.find().variable();
        return variable == null ? "" : variable;
    }

    /** A part of a value that has been taken apart, named after both. */
    <S extends Signal<S>> S part(Type<S> type, int node, String whole, String leaf) {
        if (!repetition) {
            sites.putIfAbsent(node, CallSite.find());
            if (!whole.isEmpty() && builder.constantValue(node).isEmpty()) {
                names.putIfAbsent(node, Names.join(whole, leaf));
            }
        }
        return type.signal(this, node);
    }

    // ---- declarations

    <S extends Signal<S>> S input(String name, Type<S> type) {
        int node = builder.input(name, type.width());
        Port port = new Port(true, inputs.size(), name, repetition ? null : CallSite.find());
        inputs.add(port);
        inputNodes.add(node);
        portOfNode.put(node, port);
        return type.signal(this, node);
    }

    <S extends Signal<S>> S output(String name, Type<S> type) {
        int node = builder.wire(type.width());
        Port port = new Port(false, outputs.size(), name, repetition ? null : CallSite.find());
        outputs.add(port);
        outputNodes.add(node);
        portOfNode.put(node, port);
        target(TargetKind.OUTPUT, node, Optional.empty(), name);
        return type.signal(this, node);
    }

    <S extends Signal<S>> S wire(Type<S> type, @Nullable String name) {
        int node = builder.wire(type.width());
        target(TargetKind.WIRE, node, Optional.empty(), "");
        return declared(type, node, name);
    }

    <S extends Signal<S>> S register(Type<S> type, Optional<BitVector> reset, @Nullable String name) {
        int node = builder.register(type.width());
        target(TargetKind.REGISTER, node, reset, "");
        return declared(type, node, name);
    }

    /** Follows the value everywhere, whatever condition holds where it is asked for. */
    <S extends Signal<S>> S past(S value) {
        S before = register(value.type(), Optional.of(BitVector.zero(value.width())), null);
        if (!repetition) {
            Objects.requireNonNull(targets.get(before.node()))
                    .assignments
                    .add(Scope.ROOT, resolve(value), CallSite.find());
        }
        return before;
    }

    <S extends Signal<S>> S declared(Type<S> type, int node, @Nullable String name) {
        if (name != null) {
            names.put(node, name);
            if (!repetition) {
                sites.putIfAbsent(node, CallSite.find());
            }
            return type.signal(this, node);
        }
        return value(type, node);
    }

    <S extends Signal<S>> S delay(S value, int cycles, int enable) {
        int input = resolve(value);
        if (cycles == 0) {
            return value;
        }
        int node = builder.delay(value.width());
        delays.add(new OpenDelay(node, input, enable, cycles));
        return value(value.type(), node);
    }

    OpenMemory memory(boolean rom, int wordWidth, int depth) {
        int index = builder.memory(
                "", wordWidth, depth, MemoryStyle.AUTOMATIC, Collision.READ_OLD, Optional.empty(), false);
        OpenMemory memory =
                new OpenMemory(this, index, rom, wordWidth, depth, repetition ? null : CallSite.find());
        memories.add(memory);
        return memory;
    }

    private void target(TargetKind kind, int node, Optional<BitVector> reset, String port) {
        targets.put(node, new Target(kind, node, reset, port, new Assignments()));
    }

    /** Places an elaborated component in this one. */
    void place(Elaboration child, @Nullable CallSite site) {
        child.instanceIndex = builder.instance();
        child.instanceSite = site;
        child.instanceName = site != null && site.fate() == CallSite.Fate.STORED ? site.variable() : null;
        for (Port port : child.inputs) {
            int node = builder.wire(child.builder.width(child.inputNodes.get(port.index)));
            target(TargetKind.INSTANCE_INPUT, node, Optional.empty(), port.name);
            child.inputWires.add(node);
            if (site != null) {
                sites.put(node, site);
            }
        }
        children.add(child);
    }

    // ---- statements

    int statements() {
        return statements;
    }

    void assign(Signal<?> signal, Signal<?> value, Verb verb) {
        int node = signal.owner() == this ? signal.node() : resolve(signal);
        Target target = targets.get(node);
        String method = verb == Verb.DRIVE ? "drive" : "next";
        if (target == null || target.kind.verb != verb) {
            wrongVerb(signal, target, method);
            return;
        }
        if (value.width() > signal.width() || (value.width() != signal.width() && value instanceof Bits)) {
            problem(
                    method,
                    value.width() + " bits do not fit into " + signal.width() + "-bit " + target.kind.noun + " "
                            + describe(this, signal),
                    value instanceof Bits
                            ? "give exactly " + signal.width() + " bits, with .low(" + signal.width() + ") or .padded("
                                    + signal.width() + ")"
                            : "say how to narrow: .low(" + signal.width() + ") drops the upper bits, .saturate("
                                    + signal.width() + ") limits, .fit(" + signal.width() + ") claims that it fits");
        }
        statements++;
        if (!repetition) {
            // A value that does not fit is cut, so that the search for mistakes can go on.
            int assigned = value.width() > signal.width()
                    ? builder.slice(resolve(value), signal.width() - 1, 0)
                    : operators.widened(value, signal.width());
            target.assignments.add(scope, assigned, CallSite.find());
        }
    }

    static <T> void eachPair(Shape<T> shape, T targets, T values, Verb verb) {
        List<Signal<?>> parts = new ArrayList<>();
        shape.forEach(values, (_, signal) -> parts.add(signal));
        int[] index = {0};
        shape.forEach(targets, (_, target) -> target.context().assign(target, parts.get(index[0]++), verb));
    }

    private void wrongVerb(Signal<?> signal, @Nullable Target target, String method) {
        String name = describe(this, signal);
        if (target != null) {
            problem(
                    method,
                    name + " is a " + target.kind.noun + " and has no ." + method + "(…)",
                    target.kind == TargetKind.REGISTER
                            ? "a register gets its next value with .next(…)"
                            : "a " + target.kind.noun + " gets its value with .drive(…)");
        } else {
            problem(
                    method,
                    name + " cannot be given a value: it is an input, the output of an instance, or the result of an operation",
                    "declare a wire(…), an output(…) or a state(…)");
        }
    }

    When when(Bool condition, Runnable body) {
        Scope.Block block = new Scope.Block(scope);
        branch(block, resolve(condition), body, statements);
        return new When(this, block);
    }

    Select select(UInt index) {
        return new Select(this, index, new Scope.Block(scope));
    }

    void branch(Scope.Block block, int condition, Runnable body, int expectedStatements) {
        requireAdjacent(block, expectedStatements);
        block.conditions.add(condition);
        run(block.branch(block.conditions.size() - 1), body);
    }

    void lastBranch(Scope.Block block, Runnable body, int expectedStatements) {
        requireAdjacent(block, expectedStatements);
        block.conditions.add(builder.constant(BitVector.ones(1)));
        block.complete = true;
        run(block.branch(block.conditions.size() - 1), body);
    }

    private void requireAdjacent(Scope.Block block, int expectedStatements) {
        if (statements != expectedStatements || scope != block.scope || block.complete) {
            problem(
                    "",
                    "this branch does not follow directly on the one before it",
                    "write when(…).elseWhen(…).otherwise(…) as one statement, otherwise last");
        }
    }

    private void run(Scope inner, Runnable body) {
        Scope outer = scope;
        scope = inner;
        try {
            body.run();
        } finally {
            scope = outer;
            statements++;
        }
    }

    /** The condition of the innermost {@code when} around the running statement and all around that. */
    int activeCondition() {
        return scope.condition(builder);
    }

    void check(Netlist.CheckKind kind, int condition, String message) {
        int active = activeCondition();
        int guarded = active == Netlist.ALWAYS
                ? condition
                : builder.bitwise(BitOperator.OR, builder.not(active), condition);
        if (!repetition && builder.constantValue(guarded).filter(BitVector::isAllOnes).isEmpty()) {
            checks.add(new Netlist.Check(kind, guarded, message, CallSite.find().location()));
        }
    }

    // ---- problems

    /** Notes a mistake at the line of user code that is running. */
    void problem(String call, String message, String remedy) {
        if (!repetition) {
            problem(CallSite.find(), call, message, remedy);
        }
    }

    void problem(@Nullable CallSite site, String call, String message, String remedy) {
        problem(site, call, message, remedy, List.of());
    }

    void problem(
            @Nullable CallSite site, String call, String message, String remedy, List<Problem.Related> related) {
        SourceLocation location = site == null ? null : site.location();
        session.add(new Problem(type.getSimpleName(), location, call, message, remedy, related));
    }

    /** A signal as an error message calls it. */
    String describe(Elaboration owner, Signal<?> signal) {
        return signal.owner() == owner || !signal.owner().portOfNode.containsKey(signal.node())
                ? "'" + signal.owner().nameOf(signal.node()) + "'"
                : "'" + signal.owner().portOfNode.get(signal.node()).name + "' of "
                        + signal.owner().type.getSimpleName();
    }

    String nameOf(int node) {
        Port port = portOfNode.get(node);
        if (port != null) {
            return port.name;
        }
        Target target = targets.get(node);
        if (target != null && target.kind == TargetKind.INSTANCE_INPUT) {
            return target.port;
        }
        String name = names.get(node);
        return name == null ? "unnamed " + builder.node(node).getClass().getSimpleName().toLowerCase(Locale.ROOT) : name;
    }
}
