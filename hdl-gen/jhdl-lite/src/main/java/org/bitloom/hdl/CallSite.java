package org.bitloom.hdl;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.LocalVariableInfo;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bitloom.hdl.ir.SourceLocation;
import org.jspecify.annotations.Nullable;

/**
 * Where in the user's Java code an operation was called, and what becomes of its result there: the instruction after the
 * call stores it in a variable, whose name the class file knows, returns it, or throws it away.
 *
 * @param fate     what the calling code does with the result
 * @param variable name of the local variable or field it is stored in, for {@link Fate#STORED}
 */
record CallSite(StackWalker.StackFrame frame, Fate fate, @Nullable String variable) {
    enum Fate {
        /** Stored in a variable that has a name. */
        STORED,
        /** Stored in a local variable, but the class was compiled without names of local variables. */
        STORED_NAMELESS,
        RETURNED,
        DROPPED,
        /** An operand of something larger. */
        USED
    }

    private record Key(Class<?> type, String method, String descriptor, int index) {}

    private record After(Fate fate, @Nullable String variable) {}

    private static final After USED = new After(Fate.USED, null);
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final String CORE = CallSite.class.getPackageName();
    /** Elaboration may run on several threads at once; each keeps its own tables, they are small. */
    private static final ThreadLocal<Map<Key, After>> SITES = ThreadLocal.withInitial(HashMap::new);

    private static final ThreadLocal<Map<Class<?>, Map<String, Map<Integer, After>>>> CLASSES =
            ThreadLocal.withInitial(HashMap::new);

    /** The innermost call from outside this package; a result that is returned is followed to the caller. */
    static CallSite find() {
        return find(Object.class);
    }

    /** The same, outside the constructors of a component too: where somebody wrote {@code new}. */
    static CallSite find(Class<?> constructed) {
        return WALKER.walk(frames -> {
            var rest = frames.iterator();
            CallSite site = null;
            while (rest.hasNext()) {
                StackWalker.StackFrame frame = rest.next();
                if (isCore(frame.getDeclaringClass()) || constructs(frame, constructed)) {
                    if (site == null) {
                        continue;
                    }
                    break;
                }
                After after = after(frame);
                site = new CallSite(frame, after.fate, after.variable);
                if (after.fate != Fate.RETURNED) {
                    break;
                }
            }
            if (site == null) {
                throw new IllegalStateException("called from nowhere");
            }
            return site;
        });
    }

    private static boolean constructs(StackWalker.StackFrame frame, Class<?> constructed) {
        return frame.getMethodName().equals("<init>") && frame.getDeclaringClass().isAssignableFrom(constructed);
    }

    SourceLocation location() {
        String file = frame.getFileName();
        SourceText.remember(frame.getDeclaringClass());
        return new SourceLocation(frame.getClassName(), file == null ? frame.getClassName() : file, frame.getLineNumber());
    }

    /** Classes of this package, but not its tests, which are user code. */
    private static boolean isCore(Class<?> type) {
        return type.getPackageName().equals(CORE) && type.getProtectionDomain() == CallSite.class.getProtectionDomain();
    }

    private static After after(StackWalker.StackFrame frame) {
        Key key = new Key(
                frame.getDeclaringClass(), frame.getMethodName(), frame.getDescriptor(), frame.getByteCodeIndex());
        return SITES.get().computeIfAbsent(key, k -> {
            Map<String, Map<Integer, After>> methods = CLASSES.get().computeIfAbsent(k.type, CallSite::scan);
            return methods.getOrDefault(k.method + k.descriptor, Map.of()).getOrDefault(k.index, USED);
        });
    }

    /** For each method of a class, for each call by its byte-code index: what happens to the result. */
    private static Map<String, Map<Integer, After>> scan(Class<?> type) {
        Map<String, Map<Integer, After>> methods = new HashMap<>();
        try (InputStream in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            if (in == null) {
                return methods;
            }
            for (MethodModel method : ClassFile.of().parse(in.readAllBytes()).methods()) {
                method.findAttribute(Attributes.code())
                        .ifPresent(code -> methods.put(
                                method.methodName().stringValue() + method.methodType().stringValue(), scan(code)));
            }
        } catch (IOException e) {
            return methods;
        }
        return methods;
    }

    private static Map<Integer, After> scan(CodeAttribute code) {
        Map<Integer, After> calls = new HashMap<>();
        List<LocalVariableInfo> variables = code.findAttributes(Attributes.localVariableTable()).stream()
                .flatMap(table -> table.localVariables().stream())
                .map(LocalVariableInfo.class::cast)
                .toList();
        int index = 0;
        int call = -1;
        for (CodeElement element : (CodeModel) code) {
            if (!(element instanceof Instruction instruction)) {
                continue;
            }
            int end = index + instruction.sizeInBytes();
            if (instruction instanceof InvokeInstruction invoke) {
                call = invoke.type().stringValue().endsWith(")V") ? -1 : index;
            } else if (call >= 0 && !(instruction instanceof TypeCheckInstruction)) {
                After after = after(instruction, end, variables);
                if (after.fate != Fate.USED) {
                    calls.put(call, after);
                }
                call = -1;
            }
            index = end;
        }
        return calls;
    }

    private static After after(Instruction instruction, int end, List<LocalVariableInfo> variables) {
        return switch (instruction) {
            case StoreInstruction store -> {
                for (LocalVariableInfo variable : variables) {
                    if (variable.slot() == store.slot()
                            && variable.startPc() <= end
                            && end < variable.startPc() + variable.length()) {
                        yield new After(Fate.STORED, variable.name().stringValue());
                    }
                }
                // A variable that is never read has no range at all; without a table there are no names.
                yield variables.isEmpty() ? new After(Fate.STORED_NAMELESS, null) : USED;
            }
            case FieldInstruction field when field.opcode() == Opcode.PUTFIELD ->
                new After(Fate.STORED, field.name().stringValue());
            case ReturnInstruction _ -> new After(Fate.RETURNED, null);
            case StackInstruction stack when stack.opcode() == Opcode.POP -> new After(Fate.DROPPED, null);
            default -> USED;
        };
    }
}
