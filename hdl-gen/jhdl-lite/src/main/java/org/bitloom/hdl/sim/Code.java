package org.bitloom.hdl.sim;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The instructions of one method, recorded before they go to the class file, so that their size is known while they are
 * chosen: HotSpot compiles no method of more than 8,000 bytes. Local 0 is the state, local 1 the base of the instance.
 */
final class Code {
    enum Op {
        LADD, LSUB, LMUL, LNEG, LAND, LOR, LXOR, LSHL, LSHR, LUSHR, LCMP, L2I, I2L, IADD, ISUB, IMUL, LALOAD, LASTORE, DUP2,
        RETURN, LLOAD, LSTORE, ILOAD, ISTORE, ALOAD, ICONST, LCONST, SCRATCH, PARTS, IFEQ, IFNE, GOTO, LABEL, INVOKE, SWITCH
    }

    /** A static method; {@code owner} is null for one of the class that is being made. */
    record Callee(@Nullable ClassDesc owner, String name, MethodTypeDesc type) {}

    private static final int PARTS_BYTES = 10;
    private static final Op[] OPS = Op.values();

    private final ConstantBudget budget;
    private int[] instructions = new int[512];
    private int count;
    private int size;
    private int labels;
    private int locals;
    private final List<Long> longs = new ArrayList<>();
    private final List<Callee> callees = new ArrayList<>();
    private final List<int[]> switches = new ArrayList<>();

    /** @param locals how many locals the parameters take */
    Code(int locals, ConstantBudget budget) {
        this.locals = locals;
        this.budget = budget;
    }

    /** An upper bound of the method's length in bytes. */
    int size() {
        return size;
    }

    int newLong() {
        locals += 2;
        return locals - 2;
    }

    int newInt() {
        return locals++;
    }

    void op(Op op) {
        add(op, 0, 1);
    }

    void state() {
        add(Op.ALOAD, 0, 1);
    }

    void base() {
        add(Op.ILOAD, 1, 1);
    }

    void load(int local) {
        add(Op.LLOAD, local, accessSize(local));
    }

    void store(int local) {
        add(Op.LSTORE, local, accessSize(local));
    }

    void loadInt(int local) {
        add(Op.ILOAD, local, accessSize(local));
    }

    void storeInt(int local) {
        add(Op.ISTORE, local, accessSize(local));
    }

    void constant(int value) {
        if (value == (short) value) {
            add(Op.ICONST, value, value >= -1 && value <= 5 ? 1 : value == (byte) value ? 2 : 3);
        } else if (value < 0 || value >= 1 << 30 || budget.admits(value)) {
            add(Op.ICONST, value, 3);
        } else {
            add(Op.PARTS, value, PARTS_BYTES);
        }
    }

    /** Whether the constant was pushed; else there is no room for it in the constant pool. */
    boolean constant(long value) {
        if (value == 0 || value == 1) {
            add(Op.LCONST, recorded(value), 1);
        } else if (value == (short) value) {
            constant((int) value);
            op(Op.I2L);
        } else if (budget.admits(value)) {
            add(Op.LCONST, recorded(value), 3);
        } else {
            return false;
        }
        return true;
    }

    /** The index in the state of a scratch word. */
    void scratch(int offset) {
        add(Op.SCRATCH, offset, PARTS_BYTES);
    }

    int newLabel() {
        return labels++;
    }

    void label(int label) {
        add(Op.LABEL, label, 0);
    }

    void jump(Op op, int label) {
        add(op, label, 3);
    }

    void invoke(Callee callee) {
        callees.add(callee);
        add(Op.INVOKE, callees.size() - 1, 3);
    }

    /** Jumps to {@code targets[value]} for an int on the stack, to the last one for values beyond. */
    void tableSwitch(int[] targets) {
        switches.add(targets);
        add(Op.SWITCH, switches.size() - 1, 16 + 4 * targets.length);
    }

    /** @param scratchBegin where in the state the scratch words begin */
    void replay(CodeBuilder out, ClassDesc self, int scratchBegin) {
        Label[] bound = new Label[labels];
        Arrays.setAll(bound, i -> out.newLabel());
        for (int i = 0; i < count; i += 2) {
            int arg = instructions[i + 1];
            switch (OPS[instructions[i]]) {
                case LADD -> out.ladd();
                case LSUB -> out.lsub();
                case LMUL -> out.lmul();
                case LNEG -> out.lneg();
                case LAND -> out.land();
                case LOR -> out.lor();
                case LXOR -> out.lxor();
                case LSHL -> out.lshl();
                case LSHR -> out.lshr();
                case LUSHR -> out.lushr();
                case LCMP -> out.lcmp();
                case L2I -> out.l2i();
                case I2L -> out.i2l();
                case IADD -> out.iadd();
                case ISUB -> out.isub();
                case IMUL -> out.imul();
                case LALOAD -> out.laload();
                case LASTORE -> out.lastore();
                case DUP2 -> out.dup2();
                case RETURN -> out.return_();
                case LLOAD -> out.lload(arg);
                case LSTORE -> out.lstore(arg);
                case ILOAD -> out.iload(arg);
                case ISTORE -> out.istore(arg);
                case ALOAD -> out.aload(arg);
                case ICONST -> out.loadConstant(arg);
                case SCRATCH -> pushParts(out, scratchBegin + arg);
                case PARTS -> pushParts(out, arg);
                case LCONST -> out.loadConstant((long) longs.get(arg));
                case IFEQ -> out.ifeq(bound[arg]);
                case IFNE -> out.ifne(bound[arg]);
                case GOTO -> out.goto_(bound[arg]);
                case LABEL -> out.labelBinding(bound[arg]);
                case INVOKE -> {
                    Callee callee = callees.get(arg);
                    out.invokestatic(callee.owner() == null ? self : callee.owner(), callee.name(), callee.type());
                }
                case SWITCH -> {
                    int[] targets = switches.get(arg);
                    List<SwitchCase> cases = new ArrayList<>();
                    for (int value = 0; value < targets.length; value++) {
                        cases.add(SwitchCase.of(value, bound[targets[value]]));
                    }
                    out.tableswitch(0, targets.length - 1, bound[targets[targets.length - 1]], cases);
                }
            }
        }
    }

    /** Pushes a number below 2^30 without a constant of the pool. */
    private static void pushParts(CodeBuilder out, int value) {
        if (value == (short) value) {
            out.loadConstant(value);
        } else {
            out.sipush(value >> 15).bipush(15).ishl().sipush(value & 0x7fff).ior();
        }
    }

    private int recorded(long value) {
        longs.add(value);
        return longs.size() - 1;
    }

    private void add(Op op, int argument, int bytes) {
        if (count == instructions.length) {
            instructions = Arrays.copyOf(instructions, 2 * count);
        }
        instructions[count++] = op.ordinal();
        instructions[count++] = argument;
        size += bytes;
    }

    private static int accessSize(int local) {
        return local < 4 ? 1 : local < 256 ? 2 : 4;
    }
}
