package org.bitloom.hdl.sim;

import java.lang.classfile.ClassFile;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.hdl.ir.BitVector;

/**
 * Collects the methods of the generated class and the part of the state that all occurrences share: failure record,
 *
 * constants of more than 64 bits, tables, and scratch words.
 */
final class ProgramBuilder {
    private static final ClassDesc SELF = ClassDesc.of("org.bitloom.hdl.sim.GeneratedProgram");
    private static final ClassDesc PROGRAM = ClassDesc.of("org.bitloom.hdl.sim.Program");
    /**
     * The last class-file version whose methods need no stack maps: to make and to check them takes longer than all the
     * rest of the compilation.
     */
    private static final int VERSION = ClassFile.JAVA_5_VERSION;

    private record Method(String name, MethodTypeDesc type, Code code) {}

    private final List<Method> methods = new ArrayList<>();
    private final Map<List<BitVector>, Integer> tables = new HashMap<>();
    private final ConstantBudget budget = new ConstantBudget();
    private final Map<Long, Integer> unpooled = new HashMap<>();
    private final List<Long> constants = new ArrayList<>();
    private final int constantsBegin;
    private final int methodBytes;
    private int scratchSize;

    /**
     * @param addressLimbs size of the largest address that a check is about
     * @param methodBytes  what a method may have
     */
    ProgramBuilder(int addressLimbs, int methodBytes) {
        this.methodBytes = methodBytes;
        constantsBegin = Program.ADDRESS + addressLimbs;
    }

    /** @param locals how many locals the parameters take */
    Code newCode(int locals) {
        return new Code(locals, budget);
    }

    int methodBytes() {
        return methodBytes;
    }

    void add(String name, MethodTypeDesc type, Code code) {
        methods.add(new Method(name, type, code));
    }

    /** Where in the state the constant lies. */
    int constant(BitVector value) {
        return table(List.of(value));
    }

    /** Where in the state the values lie, one after the other. */
    int table(List<BitVector> values) {
        return tables.computeIfAbsent(values, list -> {
            int offset = constantsBegin + constants.size();
            for (BitVector value : list) {
                for (int i = 0; i < BitVector.limbCount(value.width()); i++) {
                    constants.add(value.limb(i));
                }
            }
            return offset;
        });
    }

    /** Pushes a number. */
    void push(Code code, long value) {
        if (!code.constant(value)) {
            code.state();
            code.constant(unpooled.computeIfAbsent(value, v -> {
                constants.add(v);
                return constantsBegin + constants.size() - 1;
            }));
            code.op(Code.Op.LALOAD);
        }
    }

    /** At least so many scratch words are needed. */
    void reserveScratch(int size) {
        scratchSize = Math.max(scratchSize, size);
    }

    /** Where the state of the top occurrence begins, once all methods are there. */
    int topBase() {
        return constantsBegin + constants.size() + scratchSize;
    }

    /** What the words before {@link #topBase()} hold at first. */
    void initialize(long[] state) {
        state[Program.FAILURE] = Program.NO_FAILURE;
        for (int i = 0; i < constants.size(); i++) {
            state[constantsBegin + i] = constants.get(i);
        }
    }

    /** @param phases the methods of the top module's phases */
    Program build(List<Phase> phases) {
        try {
            byte[] bytes = bytes(phases);
            MethodHandles.Lookup made = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return (Program) made.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the generated class cannot be loaded", e);
        }
    }

    private byte[] bytes(List<Phase> phases) {
        int scratchBegin = constantsBegin + constants.size();
        return ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS, ClassFile.DebugElementsOption.DROP_DEBUG)
                .build(SELF, type -> {
                    type.withVersion(VERSION, 0);
                    type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
                    type.withSuperclass(PROGRAM);
                    type.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0, code -> code.aload(0)
                            .invokespecial(PROGRAM, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .return_());
                    for (Method method : methods) {
                        type.withMethodBody(
                                method.name(),
                                method.type(),
                                ClassFile.ACC_STATIC,
                                code -> method.code().replay(code, SELF, scratchBegin));
                    }
                    type.withMethodBody("run", MethodTypeDesc.ofDescriptor("([JI)V"), 0, code -> {
                        List<SwitchCase> cases = new ArrayList<>();
                        Label none = code.newLabel();
                        for (Phase phase : phases) {
                            cases.add(SwitchCase.of(phase.index(), code.newLabel()));
                        }
                        if (!phases.isEmpty()) {
                            code.iload(2).tableswitch(none, cases);
                        }
                        for (Phase phase : phases) {
                            code.labelBinding(cases.get(phase.index()).target())
                                    .aload(1)
                                    .loadConstant(topBase())
                                    .invokestatic(SELF, phase.method(), MethodTypeDesc.ofDescriptor("([JI)V"))
                                    .return_();
                        }
                        code.labelBinding(none).return_();
                    });
                });
    }
}
