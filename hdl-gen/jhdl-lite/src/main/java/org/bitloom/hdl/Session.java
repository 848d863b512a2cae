package org.bitloom.hdl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.bitloom.hdl.ir.Combinational;
import org.bitloom.hdl.ir.CombinationalAnalysis;
import org.bitloom.hdl.ir.Netlist;
import org.jspecify.annotations.Nullable;

/** The elaboration of one design: which components it has already seen, and every mistake so far. */
final class Session {
    private record Key(Class<?> type, Object config) {}

    /** What the constructor that is about to run belongs to. */
    private record Pending(Session session, @Nullable Elaboration parent, Object config) {}

    static final Object NO_CONFIG = "";

    /** Longer module names are cut, so that a number still fits behind and no tool or file system objects. */
    private static final int LONGEST_NAME = 54;

    private static final ThreadLocal<@Nullable Pending> PENDING = new ThreadLocal<>();

    final String design;
    private final Map<Key, Elaboration> first = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Integer> moduleNames = new HashMap<>();
    private final CombinationalAnalysis analysis = new CombinationalAnalysis();

    Session(String design) {
        this.design = design;
    }

    void add(Problem problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }

    List<Problem> problems() {
        return problems;
    }

    /** Runs a component's constructor and finishes its netlist, or takes that of its first elaboration. */
    <T extends Component> T construct(@Nullable Elaboration parent, Object config, Supplier<T> constructor) {
        PENDING.set(new Pending(this, parent, config));
        T component;
        try {
            component = constructor.get();
        } finally {
            PENDING.remove();
        }
        Elaboration elaboration = component.elaboration();
        if (elaboration.repetition) {
            elaboration.netlist = Objects.requireNonNull(first(elaboration.type, config).netlist);
            new Closing(elaboration).closeRepetition();
        } else {
            elaboration.netlist = new Closing(elaboration).close(config);
        }
        return component;
    }

    private Elaboration first(Class<?> type, Object config) {
        return Objects.requireNonNull(first.get(new Key(type, config)));
    }

    /** Called by the constructor of {@link Component}: the elaboration that this component belongs to. */
    static Elaboration begin(Class<? extends Component> type) {
        Pending pending = PENDING.get();
        PENDING.remove();
        if (pending == null) {
            throw direct(type);
        }
        Session session = pending.session;
        session.requireSharable(type, pending.config, pending.parent);
        Key key = new Key(type, pending.config);
        Elaboration before = session.first.get(key);
        if (before != null && before.netlist == null) {
            Problem endless = new Problem(
                    type.getSimpleName(),
                    CallSite.find().location(),
                    "instance",
                    type.getSimpleName() + " contains itself with the same configuration",
                    "let the configuration shrink with each level",
                    List.of());
            throw new ElaborationException(session.design, List.of(endless));
        }
        Elaboration elaboration = new Elaboration(session, pending.parent, type, before != null);
        if (before == null) {
            session.first.put(key, elaboration);
        }
        return elaboration;
    }

    private static ElaborationException direct(Class<?> type) {
        Problem problem = new Problem(
                type.getSimpleName(),
                CallSite.find(type).location(),
                "new " + type.getSimpleName(),
                "new " + type.getSimpleName() + "(…) makes no instance",
                "write instance(" + type.getSimpleName() + "::new, config), or for the top of a design "
                        + "Elaborator.elaborate(name, " + type.getSimpleName() + "::new, config)",
                List.of());
        return new ElaborationException(type.getSimpleName(), List.of(problem));
    }

    /** A configuration is compared by value to find equal modules, so everything in it must compare by value. */
    private void requireSharable(Class<?> type, Object config, @Nullable Elaboration parent) {
        String fault = null;
        if (config instanceof Record) {
            for (var part : config.getClass().getRecordComponents()) {
                if (part.getType().isArray()) {
                    fault = "component '" + part.getName() + "' of " + config.getClass().getSimpleName() + " is an array";
                }
            }
        } else if (!(config instanceof Enum<?> || config instanceof Number || config instanceof String)) {
            fault = config.getClass().getSimpleName() + " is not a record";
        }
        if (fault != null) {
            add(new Problem(
                    type.getSimpleName(),
                    CallSite.find().location(),
                    "instance",
                    "the configuration of " + type.getSimpleName() + " does not compare by value: " + fault,
                    "use a record whose components are numbers, enums, strings, records or lists of these",
                    List.of()));
        }
    }

    /** A name for the module of a component: the design's for the top, else with the class and what tells it apart. */
    String moduleName(Elaboration elaboration, Object config) {
        if (elaboration.parent == null) {
            return design;
        }
        String base = design + "_" + Names.snake(elaboration.type.getSimpleName());
        if (config instanceof Labelled labelled) {
            base += "_" + labelled.label();
        }
        base = base.substring(0, Math.min(base.length(), LONGEST_NAME)).replaceAll("_+$", "");
        int number = moduleNames.merge(base, 1, Integer::sum);
        return number == 1 ? base : base + "_" + number;
    }

    Combinational combinational(Netlist netlist) {
        return analysis.of(netlist);
    }

    Netlist netlist(Elaboration elaboration) {
        return Objects.requireNonNull(elaboration.netlist);
    }
}
