package org.bitloom.hdl.differential.program;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.bitloom.hdl.differential.Choices;
import org.bitloom.hdl.differential.Profile;
import org.bitloom.hdl.differential.RandomBits;
import org.bitloom.hdl.differential.program.Expression.Operator;
import org.bitloom.hdl.differential.program.Program.InstanceDeclaration;
import org.bitloom.hdl.differential.program.Program.MemoryDeclaration;
import org.bitloom.hdl.differential.program.Program.Role;
import org.bitloom.hdl.differential.program.Program.Source;
import org.bitloom.hdl.differential.program.Program.Target;
import org.bitloom.hdl.differential.program.Program.Variable;
import org.bitloom.hdl.ir.MemoryContents;

/**
 * Random programs without a mistake that the front end would refuse. Each wire and each input of an instance has a rank
 * and is computed only from what has a lower one, wherever the statements stand, so that nothing loops. Every target of
 * a cycle is driven once at the beginning, and overridden in branches only. What is unknown at first is known after the
 * warm-up, by the means described at {@link org.bitloom.hdl.differential.Differential}: variable 0 is {@code warm}.
 */
final class ProgramGenerator {
    private static final int LONGEST_DELAY = 6;
    private static final int NESTING = 3;

    private final Choices choices;
    private final Profile profile;
    private final List<Program> library;
    private final boolean top;
    private final List<Variable> variables = new ArrayList<>();
    private final List<Target> targets = new ArrayList<>();
    private final List<MemoryDeclaration> memories = new ArrayList<>();
    private final List<InstanceDeclaration> instances = new ArrayList<>();
    private final List<Integer> registers = new ArrayList<>();
    private final List<Integer> sameCycle = new ArrayList<>();
    private final Set<Integer> written = new HashSet<>();
    private final ExpressionGenerator expressions;

    private ProgramGenerator(Choices choices, Profile profile, List<Program> library, boolean top) {
        this.choices = choices;
        this.profile = profile;
        this.library = library;
        this.top = top;
        this.expressions = new ExpressionGenerator(choices, profile, variables);
    }

    /** A program with up to two others beneath. */
    static Program generate(Choices choices, Profile profile) {
        List<Program> library = new ArrayList<>();
        int children = choices.weighted(60, 25, 15);
        for (int i = 0; i < children; i++) {
            String name = "child" + i;
            library.add(choices.span(
                    () -> new ProgramGenerator(choices, profile, List.copyOf(library), false).program(name)));
        }
        return new ProgramGenerator(choices, profile, library, true).program("top");
    }

    private Program program(String name) {
        variable(new Source.Input(), Kind.BOOL, 1, 0);
        int inputs = choices.between(1, 4);
        for (int i = 0; i < inputs; i++) {
            Kind kind = kind();
            variable(new Source.Input(), kind, width(kind), 0);
        }
        choices.repeat(profile.synthesis() ? 4 : 10, 80, this::declaration);
        choices.repeat(profile.synthesis() ? 1 : 4, 50, this::kept);
        List<Statement> body = new ArrayList<>();
        for (int target : sameCycle) {
            Target t = targets.get(target);
            boolean warm = t.role() instanceof Role.InstanceInput input && input.port() == 0;
            body.add(new Statement.Assign(
                    target,
                    warm ? warm() : choices.span(() -> expressions.any(t.kind(), t.width(), t.rank()))));
        }
        body.addAll(statements(0, NESTING, profile.synthesis() ? 5 : 10, new HashSet<>(sameCycle)));
        for (int register : registers) {
            Target t = targets.get(register);
            if (t.role() instanceof Role.Register r && r.reset().isPresent()) {
                if (body.stream().noneMatch(statement -> statement.assigns(register))) {
                    body.add(new Statement.When(
                            List.of(expressions.any(Kind.BOOL, 1, everything())),
                            List.of(List.of(new Statement.Assign(
                                    register, expressions.any(t.kind(), t.width(), everything()))))));
                }
            } else {
                int number = t.kind() == Kind.SINT ? 0 : choices.below(2);
                Expression known = ExpressionGenerator.literal(t.kind(), t.width(), number);
                body.add(new Statement.When(
                        List.of(warm()), List.of(List.of(new Statement.Assign(register, known)))));
            }
        }
        for (int memory = 0; memory < memories.size(); memory++) {
            if (!memories.get(memory).rom() && !written.contains(memory)) {
                body.add(write(memory));
            }
        }
        List<List<Integer>> outputs = new ArrayList<>();
        int group = top ? 1 : 4;
        for (int i = 0; i < variables.size(); i += group) {
            outputs.add(IntStream.range(i, Math.min(i + group, variables.size())).boxed().toList());
        }
        return new Program(name, variables, targets, memories, instances, body, outputs);
    }

    private Expression warm() {
        return ExpressionGenerator.read(variables, 0);
    }

    private Kind kind() {
        return Kind.values()[choices.weighted(15, 25, 30, 30)];
    }

    private int width(Kind kind) {
        return kind == Kind.BOOL ? 1 : profile.width(choices);
    }

    private void variable(Source source, Kind kind, int width, int level) {
        variables.add(new Variable(source, kind, width, level));
    }

    // ---- declarations

    private void declaration() {
        switch (choices.weighted(40, 40, 20)) {
            case 0 -> {
                Kind kind = kind();
                int width = width(kind);
                int rank = sameCycle.size();
                sameCycle.add(targets.size());
                variable(new Source.OfTarget(targets.size()), kind, width, rank + 1);
                targets.add(new Target(new Role.Wire(), kind, width, rank));
            }
            case 1 -> {
                Kind kind = kind();
                int width = width(kind);
                Optional<Integer> reset = choices.chance(60)
                        ? Optional.of(choices.below(1 << Math.min(width - (kind == Kind.SINT ? 1 : 0), 20)))
                        : Optional.empty();
                registers.add(targets.size());
                variable(new Source.OfTarget(targets.size()), kind, width, 0);
                targets.add(new Target(new Role.Register(reset), kind, width, 0));
            }
            default -> instance();
        }
    }

    private void instance() {
        if (library.isEmpty()) {
            return;
        }
        Program child = library.get(choices.below(library.size()));
        int instance = instances.size();
        List<MemoryContents> contents = new ArrayList<>();
        for (MemoryDeclaration memory : child.memories()) {
            if (memory.contents().isEmpty()) {
                contents.add(RandomBits.contents(memory.width(), memory.depth(), choices.below(1 << 16)));
            }
        }
        instances.add(new InstanceDeclaration(child, contents));
        List<Variable> ports = child.inputs();
        for (int port = 0; port < ports.size(); port++) {
            int rank = sameCycle.size();
            sameCycle.add(targets.size());
            targets.add(new Target(
                    new Role.InstanceInput(instance, port), ports.get(port).kind(), ports.get(port).width(), rank));
        }
        for (int port = 0; port < child.outputs().size(); port++) {
            List<Integer> shown = child.outputs().get(port);
            int width = shown.stream().mapToInt(v -> child.variables().get(v).width()).sum();
            Kind kind = shown.size() == 1 ? child.variables().get(shown.getFirst()).kind() : Kind.BITS;
            variable(new Source.OfInstance(instance, port), kind, width, sameCycle.size());
        }
    }

    /** A delayed value or a memory with its words. */
    private void kept() {
        if (choices.chance(40)) {
            Kind kind = kind();
            int width = width(kind);
            Expression value = ExpressionGenerator.mux(
                    warm(), ExpressionGenerator.literal(kind, width, 0), expressions.any(kind, width, everything()));
            variable(
                    new Source.Delayed(value, choices.between(1, LONGEST_DELAY), enabledWhileWarm()), kind, width, 0);
            return;
        }
        Kind kind = kind();
        int width = width(kind);
        boolean rom = choices.chance(50);
        int depth = choices.between(1, profile.depth());
        boolean external = rom && !top && choices.chance(50);
        memories.add(new MemoryDeclaration(
                rom, kind, width, depth,
                external ? Optional.empty() : Optional.of(RandomBits.contents(width, depth, choices.below(1 << 16)))));
        int memory = memories.size() - 1;
        int reads = choices.between(1, 2);
        for (int i = 0; i < reads; i++) {
            if (choices.chance(60)) {
                Expression address = address(depth, everything());
                variable(
                        new Source.Word(
                                memory,
                                ExpressionGenerator.mux(
                                        warm(), ExpressionGenerator.literal(Kind.UINT, address.width(), 0), address),
                                Optional.of(enabledWhileWarm())),
                        kind, width, 0);
            } else {
                int level = choices.below(everything() + 1);
                variable(new Source.Word(memory, address(depth, level), Optional.empty()), kind, width, level);
            }
        }
    }

    private int everything() {
        return sameCycle.size();
    }

    private Expression enabledWhileWarm() {
        return ExpressionGenerator.make(
                Operator.OR, Kind.BOOL, 1, expressions.any(Kind.BOOL, 1, everything()), warm());
    }

    /** Below the depth. */
    private Expression address(int depth, int limit) {
        int width = Math.max(1, 32 - Integer.numberOfLeadingZeros(depth - 1));
        Expression address = expressions.any(Kind.UINT, width, limit);
        if (depth == 1 << width) {
            return address;
        }
        Expression inside = new Expression(
                Operator.LESS_CONSTANT, Kind.BOOL, 1, List.of(address), BigInteger.valueOf(depth));
        return ExpressionGenerator.mux(inside, address, ExpressionGenerator.literal(Kind.UINT, width, 0));
    }

    // ---- statements

    /**
     * @param rank    targets of the same cycle below this rank are not assigned, and conditions read only them
     * @param already targets that have a value in this list of statements, which may be overridden in branches only
     */
    private List<Statement> statements(int rank, int nesting, int most, Set<Integer> already) {
        List<Statement> statements = new ArrayList<>();
        choices.repeat(most, nesting == NESTING ? 85 : 65, () -> {
            switch (choices.weighted(45, nesting == 0 ? 0 : 30, nesting == 0 ? 0 : 15, 8, 2)) {
                case 0 -> assign(rank, already).ifPresent(statements::add);
                case 1 -> {
                    Statement.When block = when(rank, nesting);
                    note(block, already);
                    statements.add(block);
                }
                case 2 -> {
                    Statement.Select block = select(rank, nesting);
                    note(block, already);
                    statements.add(block);
                }
                case 3 -> write().ifPresent(statements::add);
                default -> {
                    Expression low = expressions.any(Kind.UINT, profile.width(choices), everything());
                    Expression high = new Expression(
                            Operator.PLUS_CONSTANT, Kind.UINT, Math.max(2, low.width()) + 1, List.of(low),
                            BigInteger.TWO);
                    statements.add(new Statement.Claim(low, high));
                }
            }
        });
        return statements;
    }

    private void note(Statement block, Set<Integer> already) {
        for (int target = 0; target < targets.size(); target++) {
            if (block.assigns(target)) {
                already.add(target);
            }
        }
    }

    private Optional<Statement> assign(int rank, Set<Integer> already) {
        List<Integer> free = IntStream.range(0, targets.size())
                .filter(t -> !already.contains(t))
                .filter(t -> !sameCycle.contains(t) || targets.get(t).rank() >= rank)
                .filter(t -> !(targets.get(t).role() instanceof Role.InstanceInput input) || input.port() > 0)
                .boxed()
                .toList();
        if (free.isEmpty()) {
            return Optional.empty();
        }
        int target = free.get(choices.below(free.size()));
        already.add(target);
        Target t = targets.get(target);
        int limit = sameCycle.contains(target) ? t.rank() : everything();
        boolean narrower = t.kind().isNumber() && choices.chance(20);
        int width = narrower ? choices.between(1, t.width()) : t.width();
        return Optional.of(new Statement.Assign(target, expressions.any(t.kind(), width, limit)));
    }

    private Statement.When when(int outer, int nesting) {
        int rank = outer + choices.below(everything() - outer + 1);
        List<Expression> conditions = new ArrayList<>();
        List<List<Statement>> bodies = new ArrayList<>();
        int branches = choices.weighted(50, 30, 20) + 1;
        for (int i = 0; i < branches; i++) {
            conditions.add(expressions.any(Kind.BOOL, 1, rank));
            bodies.add(choices.span(() -> statements(rank, nesting - 1, 4, new HashSet<>())));
        }
        if (choices.chance(50)) {
            bodies.add(choices.span(() -> statements(rank, nesting - 1, 4, new HashSet<>())));
        }
        return new Statement.When(conditions, bodies);
    }

    private Statement.Select select(int outer, int nesting) {
        int rank = outer + choices.below(everything() - outer + 1);
        int width = choices.between(1, 3);
        Expression index = expressions.any(Kind.UINT, width, rank);
        List<Integer> labels = new ArrayList<>();
        List<List<Statement>> bodies = new ArrayList<>();
        boolean all = choices.chance(30);
        for (int label = 0; label < 1 << width; label++) {
            if (all || choices.chance(40)) {
                labels.add(label);
                bodies.add(choices.span(() -> statements(rank, nesting - 1, 3, new HashSet<>())));
            }
        }
        if (labels.isEmpty()) {
            labels.add(0);
            bodies.add(List.of());
        }
        if (labels.size() < 1 << width && choices.chance(50)) {
            bodies.add(choices.span(() -> statements(rank, nesting - 1, 3, new HashSet<>())));
        }
        return new Statement.Select(index, labels, bodies);
    }

    private Optional<Statement> write() {
        List<Integer> writable = IntStream.range(0, memories.size())
                .filter(m -> !memories.get(m).rom())
                .boxed()
                .toList();
        if (writable.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(write(writable.get(choices.below(writable.size()))));
    }

    /** Nothing is written while warming up. */
    private Statement write(int memory) {
        written.add(memory);
        MemoryDeclaration m = memories.get(memory);
        Statement write = new Statement.Write(
                memory, address(m.depth(), everything()), expressions.any(m.kind(), m.width(), everything()));
        Expression cold = ExpressionGenerator.make(Operator.NOT, Kind.BOOL, 1, warm());
        return new Statement.When(List.of(cold), List.of(List.of(write)));
    }
}
