package dev.chatstream.agent.shapes;

import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The class file of a stand-in, as if it were written so, for each method of its interfaces:
 *
 * <pre>
 *   public R name(A a, B b) {
 *       return (R) handler.apply(7, new Object[] {a, b});
 *   }
 * </pre>
 *
 * <p>It names nothing but its interfaces and types of the JDK's, so that it can stand in any loader.
 */
final class StandInFile {

    private static final String NAME = "ChatStreamStandIn_";
    private static final String FUNCTION = "java/util/function/BiFunction";
    private static final String HANDLER = "L" + FUNCTION + ";";
    private static final String OBJECT = "java/lang/Object";

    private final ClassWriter file = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    private final List<Class<?>> interfaces;
    private final String name;

    StandInFile(String packageName, List<Class<?>> interfaces) {
        this.interfaces = interfaces;
        String prefix = packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/";
        List<String> names = interfaces.stream().map(Class::getName).sorted().toList();
        this.name = prefix
                + NAME
                + UUID.nameUUIDFromBytes(names.toString().getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }

    /** The same for the same interfaces. */
    String className() {
        return name.replace('/', '.');
    }

    byte[] of(List<Method> methods) {
        begin();
        for (int i = 0; i < methods.size(); i++) {
            method(i, methods.get(i));
        }
        return file.toByteArray();
    }

    /** Whether a class, by internal name, is a stand-in: it implements what its object does, and is not guarded a second time. */
    static boolean isNamedSo(String type) {
        return type.startsWith(NAME, type.lastIndexOf('/') + 1);
    }

    /** What tells a method apart in a class. */
    static String key(Method method) {
        return method.getName() + Type.getMethodDescriptor(method);
    }

    private void begin() {
        file.visit(
                Opcodes.V17,
                Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
                name,
                null,
                OBJECT,
                interfaces.stream().map(Type::getInternalName).toArray(String[]::new));
        file.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL, "handler", HANDLER, null, null)
                .visitEnd();
        MethodVisitor code = file.visitMethod(0, "<init>", "(" + HANDLER + ")V", null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitMethodInsn(Opcodes.INVOKESPECIAL, OBJECT, "<init>", "()V", false);
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitVarInsn(Opcodes.ALOAD, 1);
        code.visitFieldInsn(Opcodes.PUTFIELD, name, "handler", HANDLER);
        code.visitInsn(Opcodes.RETURN);
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private void method(int index, Method method) {
        String descriptor = Type.getMethodDescriptor(method);
        MethodVisitor code = file.visitMethod(Opcodes.ACC_PUBLIC, method.getName(), descriptor, null, null);
        code.visitCode();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        code.visitFieldInsn(Opcodes.GETFIELD, name, "handler", HANDLER);
        code.visitLdcInsn(index);
        code.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
        arguments(code, Type.getArgumentTypes(descriptor));
        code.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, FUNCTION, "apply", "(L" + OBJECT + ";L" + OBJECT + ";)L" + OBJECT + ";", true);
        giveBack(code, Type.getReturnType(descriptor));
        code.visitMaxs(0, 0);
        code.visitEnd();
    }

    private static void arguments(MethodVisitor code, Type[] types) {
        code.visitLdcInsn(types.length);
        code.visitTypeInsn(Opcodes.ANEWARRAY, OBJECT);
        int variable = 1;
        for (int i = 0; i < types.length; i++) {
            code.visitInsn(Opcodes.DUP);
            code.visitLdcInsn(i);
            code.visitVarInsn(types[i].getOpcode(Opcodes.ILOAD), variable);
            if (isPrimitive(types[i])) {
                String boxed = boxed(types[i]);
                code.visitMethodInsn(
                        Opcodes.INVOKESTATIC,
                        boxed,
                        "valueOf",
                        "(" + types[i].getDescriptor() + ")L" + boxed + ";",
                        false);
            }
            code.visitInsn(Opcodes.AASTORE);
            variable += types[i].getSize();
        }
    }

    private static void giveBack(MethodVisitor code, Type type) {
        if (type.getSort() == Type.VOID) {
            code.visitInsn(Opcodes.POP);
            code.visitInsn(Opcodes.RETURN);
            return;
        }
        if (isPrimitive(type)) {
            code.visitTypeInsn(Opcodes.CHECKCAST, boxed(type));
            code.visitMethodInsn(
                    Opcodes.INVOKEVIRTUAL,
                    boxed(type),
                    type.getClassName() + "Value",
                    "()" + type.getDescriptor(),
                    false);
        } else {
            code.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
        }
        code.visitInsn(type.getOpcode(Opcodes.IRETURN));
    }

    private static boolean isPrimitive(Type type) {
        return type.getSort() < Type.ARRAY;
    }

    private static String boxed(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.CHAR -> "java/lang/Character";
            case Type.BYTE -> "java/lang/Byte";
            case Type.SHORT -> "java/lang/Short";
            case Type.INT -> "java/lang/Integer";
            case Type.FLOAT -> "java/lang/Float";
            case Type.LONG -> "java/lang/Long";
            case Type.DOUBLE -> "java/lang/Double";
            default -> throw new IllegalArgumentException(type.toString());
        };
    }
}
