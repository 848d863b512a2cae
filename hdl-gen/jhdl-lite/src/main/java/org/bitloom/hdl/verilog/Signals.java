package org.bitloom.hdl.verilog;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.bitloom.hdl.ir.Netlist;
import org.bitloom.hdl.ir.Netlist.Check;
import org.bitloom.hdl.ir.Netlist.InstanceDefinition;
import org.bitloom.hdl.ir.Netlist.OutputPort;
import org.bitloom.hdl.ir.Node;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes of a narrowed module become named signals, which are written in place, and the names. A node without a
 * name that needs a signal is called after the signal that it feeds and its own operation.
 */
final class Signals {
    /** Terms that one expression may have. */
    private static final int MOST_TERMS = 12;

    private final Netlist netlist;
    private final Names scope;
    private final Family family;
    private final int[] uses;
    private final boolean[] needed;
    private final boolean[] functional;
    private final boolean[] signal;
    private final int[] cost;
    private final @Nullable String[] hints;
    private final boolean[] exact;
    private final @Nullable String[] names;
    private final int[] portOf;
    private final @Nullable String[] instanceNames;
    private final String[] memoryNames;

    /** @param scope already holds the names of all ports, clock and reset */
    Signals(Netlist netlist, Names scope, Family family) {
        this.netlist = netlist;
        this.family = family;
        this.scope = scope;
        int size = netlist.nodes().size();
        uses = new int[size];
        needed = new boolean[size];
        functional = new boolean[size];
        signal = new boolean[size];
        cost = new int[size];
        hints = new String[size];
        exact = new boolean[size];
        names = new String[size];
        portOf = new int[size];
        Arrays.fill(portOf, -1);
        instanceNames = new String[netlist.instances().size()];
        memoryNames = new String[netlist.memories().size()];
        markNeeded();
        choose();
        takeGivenNames();
        hintRoots();
        nameTheRest(true);
        nameTheRest(false);
    }

    // ---- questions

    boolean isNeeded(int node) {
        return needed[node];
    }

    /** Whether the node serves more than checks. */
    boolean isFunctional(int node) {
        return functional[node];
    }

    boolean isSignal(int node) {
        return signal[node];
    }

    String name(int node) {
        String name = names[node];
        if (name == null) {
            throw new IllegalStateException("node " + node + " of " + netlist.name() + " is no signal");
        }
        return name;
    }

    /** The output port that is this node's signal, or -1. */
    int port(int node) {
        return portOf[node];
    }

    /** Whether a block assigns it. */
    boolean isVariable(int node) {
        return switch (netlist.node(node)) {
            case Node.Register _, Node.Select _ -> true;
            case Node.MemoryRead n -> netlist.memories().get(n.memory()).reads().get(n.port()).clocked();
            case Node.Delayed n -> netlist.delays().get(n.index()).cycles() == 1
                    || family.delaysInMemory(netlist.delays().get(n.index()));
            default -> false;
        };
    }

    String memoryName(int memory) {
        return memoryNames[memory];
    }

    String instanceName(int instance) {
        String name = instanceNames[instance];
        if (name == null) {
            throw new IllegalStateException("instance " + instance + " of " + netlist.name() + " feeds nothing");
        }
        return name;
    }

    String fresh(String wanted) {
        return scope.take(wanted);
    }

    // ---- what is needed

    private void markNeeded() {
        Roots mark = (node, target, form) -> mark(node);
        Roots.outputs(netlist, mark);
        netlist.memories().forEach(memory -> Roots.memory(memory, "", mark));
        netlist.delays().forEach(delay -> Roots.delay(delay, "", mark));
        netlist.instances().forEach(instance -> Roots.instance(instance, "", mark));
        for (int id = 0; id < needed.length; id++) {
            if (isPortNode(netlist.node(id))) {
                mark(id);
                uses[id]--;
            }
        }
        System.arraycopy(needed, 0, functional, 0, needed.length);
        netlist.checks().forEach(check -> mark(check.condition()));
    }

    /** What a memory, a delay line or an instance shows is there whether it is read or not. */
    private static boolean isPortNode(Node node) {
        return node instanceof Node.MemoryRead || node instanceof Node.Delayed || node instanceof Node.InstanceOutput;
    }

    private void mark(int root) {
        uses[root]++;
        if (needed[root]) {
            return;
        }
        ArrayDeque<Integer> stack = new ArrayDeque<>();
        needed[root] = true;
        stack.push(root);
        while (!stack.isEmpty()) {
            Node node = netlist.node(stack.pop());
            if (node instanceof Node.Register register) {
                Roots.register(netlist, netlist.registers().get(register.index()), "", (next, target, form) -> reach(next, stack));
            } else {
                node.operands().forEach(operand -> reach(operand, stack));
            }
        }
    }

    private void reach(int node, ArrayDeque<Integer> stack) {
        uses[node]++;
        if (!needed[node]) {
            needed[node] = true;
            stack.push(node);
        }
    }

    // ---- what becomes a signal

    private static boolean isLeaf(Node node) {
        return node instanceof Node.Input || node instanceof Node.Register || isPortNode(node);
    }

    private void choose() {
        for (int id = 0; id < needed.length; id++) {
            if (needed[id]) {
                Node node = netlist.node(id);
                if (isLeaf(node)) {
                    makeSignal(id);
                } else if (!(node instanceof Node.Constant)) {
                    chooseOperator(id, node);
                } else {
                    cost[id] = 1;
                }
            }
        }
        Roots form = (node, target, wanted) -> {
            if (wanted == Roots.Form.PLAIN || wanted == Roots.Form.SHORT && !isShort(node)) {
                makePlain(node);
            }
        };
        netlist.memories().forEach(memory -> Roots.memory(memory, "", form));
        netlist.instances().forEach(instance -> Roots.instance(instance, "", form));
    }

    private boolean isShort(int node) {
        return cost[node] == 1 || netlist.node(node) instanceof Node.Concat && cost[node] <= 3;
    }

    private void makeSignal(int node) {
        signal[node] = true;
        cost[node] = 1;
    }

    private void makePlain(int node) {
        if (!(netlist.node(node) instanceof Node.Constant)) {
            makeSignal(node);
        }
    }

    private void chooseOperator(int id, Node node) {
        List<Integer> operands = node.operands();
        switch (node) {
            case Node.Slice n -> makePlain(n.operand());
            case Node.Extend n when n.signed() && !isBitwiseNameable(n.operand()) -> makePlain(n.operand());
            case Node.Sum n when n.signed() -> operands.forEach(term -> {
                if (!isBitwiseNameable(term)) {
                    makePlain(term);
                }
            });
            case Node.Less n when n.signed() -> operands.forEach(this::spillIfLong);
            case Node.Multiply _ -> operands.forEach(factor -> {
                if (!isBitwiseNameable(factor) || cost[factor] > 1) {
                    makePlain(factor);
                }
            });
            case Node.Shift _ -> operands.forEach(this::spillIfLong);
            default -> {}
        }
        int terms = 0;
        for (int operand : operands) {
            terms += cost[operand];
        }
        boolean list = node instanceof Node.Concat || node instanceof Node.Sum || node instanceof Node.Select;
        while (terms > MOST_TERMS) {
            int largest = operands.getFirst();
            for (int operand : operands) {
                if (cost[operand] > cost[largest]) {
                    largest = operand;
                }
            }
            if (cost[largest] <= (list ? 2 : 1)) {
                break;
            }
            terms -= cost[largest] - 1;
            makeSignal(largest);
        }
        cost[id] = Math.max(terms, 1);
        boolean always = switch (node) {
            case Node.Multiply _, Node.Select _, Node.PopCount _ -> true;
            case Node.Shift _ -> true;
            case Node.Concat _ -> terms > MOST_TERMS;
            case Node.Sum n -> n.terms().size() > 3;
            default -> false;
        };
        if (always || netlist.names().get(id) != null || uses[id] > 1 && !isCheap(id, node)) {
            makeSignal(id);
        }
    }

    private void spillIfLong(int operand) {
        if (cost[operand] > 1) {
            makePlain(operand);
        }
    }

    /** Whether single bits of it can be written. */
    private boolean isBitwiseNameable(int operand) {
        return signal[operand] || netlist.node(operand).width() == 1 || netlist.node(operand) instanceof Node.Slice;
    }

    /** Whether writing it twice is shorter than naming it. */
    private boolean isCheap(int id, Node node) {
        return switch (node) {
            case Node.Slice _ -> true;
            case Node.Not n -> cost[n.operand()] == 1;
            case Node.Extend n -> !n.signed() && cost[n.operand()] == 1;
            case Node.Equal _, Node.Less _, Node.Reduce _ -> uses[id] == 2 && cost[id] <= 2;
            case Node.Bitwise n -> n.width() == 1 && uses[id] == 2 && cost[id] <= 2;
            default -> false;
        };
    }

    // ---- names

    private void takeGivenNames() {
        List<OutputPort> outputs = netlist.outputs();
        netlist.inputs().forEach(port -> names[port.node()] = port.name());
        for (int i = 0; i < outputs.size(); i++) {
            int driver = outputs.get(i).driver();
            String given = givenName(driver);
            boolean free = portOf[driver] < 0 && names[driver] == null && !(netlist.node(driver) instanceof Node.Constant);
            if (free && (given == null || given.equals(outputs.get(i).name()))) {
                portOf[driver] = i;
                names[driver] = outputs.get(i).name();
                makeSignal(driver);
            }
        }
        netlist.registers().forEach(register -> giveName(register.node(), register.name()));
        netlist.delays().forEach(delay -> giveName(delay.node(), delay.name()));
        for (int i = 0; i < memoryNames.length; i++) {
            memoryNames[i] = scope.take(netlist.memories().get(i).name());
        }
        for (int i = 0; i < instanceNames.length; i++) {
            String given = netlist.instances().get(i).name();
            instanceNames[i] = given.isEmpty() ? null : scope.take(given);
        }
        for (int id = 0; id < names.length; id++) {
            String given = netlist.names().get(id);
            if (signal[id] && given != null) {
                giveName(id, given);
            }
        }
        for (int id = 0; id < names.length; id++) {
            if (needed[id] && names[id] == null) {
                nameUnnamedPort(id);
            }
        }
    }

    private @Nullable String givenName(int node) {
        return switch (netlist.node(node)) {
            case Node.Register n -> netlist.registers().get(n.index()).name();
            case Node.Delayed n -> netlist.delays().get(n.index()).name();
            default -> netlist.names().get(node);
        };
    }

    private void giveName(int node, String wanted) {
        if (needed[node] && names[node] == null) {
            names[node] = scope.take(wanted);
        }
    }

    private void nameUnnamedPort(int id) {
        switch (netlist.node(id)) {
            case Node.MemoryRead n -> giveName(id, memoryNames[n.memory()] + "_word");
            case Node.InstanceOutput n -> {
                String instance = instanceNames[n.instance()];
                if (instance != null) {
                    InstanceDefinition definition = netlist.instances().get(n.instance());
                    giveName(id, instance + "_" + definition.module().outputs().get(n.port()).name());
                }
            }
            default -> {}
        }
    }

    private void hintRoots() {
        Roots hint = (node, target, form) -> {
            if (hints[node] == null) {
                hints[node] = target;
                exact[node] = true;
            }
        };
        Roots.outputs(netlist, hint);
        netlist.registers().forEach(register -> {
            if (needed[register.node()]) {
                Roots.register(netlist, register, name(register.node()), hint);
            }
        });
        for (int i = 0; i < memoryNames.length; i++) {
            Roots.memory(netlist.memories().get(i), memoryNames[i], hint);
        }
        netlist.delays().forEach(delay -> Roots.delay(delay, name(delay.node()), hint));
        for (int i = 0; i < instanceNames.length; i++) {
            String instance = instanceNames[i];
            if (instance != null) {
                Roots.instance(netlist.instances().get(i), instance, hint);
            }
        }
        List<Check> checks = netlist.checks();
        for (int i = 0; i < checks.size(); i++) {
            hint.root(checks.get(i).condition(), checks.size() == 1 ? "check" : "check_" + i, Roots.Form.EXPRESSION);
        }
    }

    /** From users to operands, so that a name is there when something that feeds it needs one; checks come last. */
    private void nameTheRest(boolean forDesign) {
        for (int id = names.length - 1; id >= 0; id--) {
            if (!needed[id] || functional[id] != forDesign) {
                continue;
            }
            Node node = netlist.node(id);
            String target = hints[id] == null ? netlist.name() : hints[id];
            if (signal[id]) {
                if (names[id] == null) {
                    names[id] = scope.take(exact[id] ? target : derived(target, word(node)));
                }
                target = names[id];
            }
            if (node instanceof Node.InstanceOutput output && instanceNames[output.instance()] == null) {
                nameInstance(output.instance(), target);
            }
            for (int operand : node.operands()) {
                if (hints[operand] == null) {
                    hints[operand] = target;
                }
            }
        }
    }

    private void nameInstance(int instance, String output) {
        instanceNames[instance] = scope.take(output + "_counter");
        Roots.instance(netlist.instances().get(instance), output, (node, target, form) -> {
            if (hints[node] == null) {
                hints[node] = target;
                exact[node] = true;
            }
        });
    }

    private static String derived(String target, String word) {
        return target + "_" + (target.endsWith(word) ? "full" : word);
    }

    private static String word(Node node) {
        return switch (node) {
            case Node.Constant _, Node.Input _, Node.Wire _, Node.Register _, Node.Delayed _ -> "value";
            case Node.MemoryRead _ -> "word";
            case Node.InstanceOutput _, Node.PopCount _ -> "count";
            case Node.Not _ -> "not";
            case Node.Bitwise n -> switch (n.operator()) {
                case AND -> "and";
                case OR -> "or";
                case XOR -> "xor";
                case XNOR -> "xnor";
            };
            case Node.Reduce n -> switch (n.reduction()) {
                case AND -> "all";
                case OR -> "any";
                case XOR -> "parity";
            };
            case Node.Add _, Node.Sum _ -> "sum";
            case Node.Subtract _ -> "difference";
            case Node.Multiply _ -> "product";
            case Node.Equal _ -> "match";
            case Node.Less _ -> "less";
            case Node.Mux _ -> "choice";
            case Node.Select _ -> "entry";
            case Node.Shift _ -> "shifted";
            case Node.Slice _ -> "part";
            case Node.Concat _ -> "bits";
            case Node.Extend _ -> "wide";
        };
    }
}
