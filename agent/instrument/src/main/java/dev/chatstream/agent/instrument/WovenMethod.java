package dev.chatstream.agent.instrument;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A method whose body is woven, and the instructions that put onto the stack what is known of it and of its call.
 *
 * @param owner its class, by its internal name
 * @param version of the class file
 * @param locals the slots that its body takes for local variables: those behind are free
 */
record WovenMethod(String owner, int version, int access, String name, String descriptor, int locals) {

    /** What {@link #pushArguments} needs of the stack. */
    static final int ARGUMENTS_STACK = 5;

    private static final String VALUE_OF = "valueOf";

    String key() {
        return name + descriptor;
    }

    boolean hasFrames() {
        return version >= Opcodes.V1_6;
    }

    Type returned() {
        return Type.getReturnType(descriptor);
    }

    /** Class files before Java 5 have no class constants. */
    void pushOwner(MethodVisitor code) {
        if (version >= Opcodes.V1_5) {
            code.visitLdcInsn(Type.getObjectType(owner));
        } else {
            code.visitLdcInsn(owner.replace('/', '.'));
            call(code, "java/lang/Class", "forName", "(Ljava/lang/String;)Ljava/lang/Class;");
        }
    }

    void pushSelf(MethodVisitor code) {
        if (isStatic()) {
            code.visitInsn(Opcodes.ACONST_NULL);
        } else {
            code.visitVarInsn(Opcodes.ALOAD, 0);
        }
    }

    /** All arguments as a new array of objects. */
    void pushArguments(MethodVisitor code) {
        Type[] types = Type.getArgumentTypes(descriptor);
        push(code, types.length);
        code.visitTypeInsn(Opcodes.ANEWARRAY, "java/lang/Object");
        int slot = firstArgument();
        for (int i = 0; i < types.length; i++) {
            code.visitInsn(Opcodes.DUP);
            push(code, i);
            code.visitVarInsn(types[i].getOpcode(Opcodes.ILOAD), slot);
            box(code, types[i]);
            code.visitInsn(Opcodes.AASTORE);
            slot += types[i].getSize();
        }
    }

    /** Sets the arguments that are objects to what is in an array. */
    void setArguments(MethodVisitor code, int array) {
        Type[] types = Type.getArgumentTypes(descriptor);
        int slot = firstArgument();
        for (int i = 0; i < types.length; i++) {
            if (types[i].getSort() >= Type.ARRAY) {
                code.visitVarInsn(Opcodes.ALOAD, array);
                push(code, i);
                code.visitInsn(Opcodes.AALOAD);
                cast(code, types[i]);
                code.visitVarInsn(Opcodes.ASTORE, slot);
            }
            slot += types[i].getSize();
        }
    }

    /** The types of its receiver and its parameters, as a frame has them. */
    List<Object> frame() {
        List<Object> types = new ArrayList<>();
        if (!isStatic()) {
            types.add(owner);
        }
        for (Type type : Type.getArgumentTypes(descriptor)) {
            types.add(inFrame(type));
        }
        return types;
    }

    private static Object inFrame(Type type) {
        return switch (type.getSort()) {
            case Type.BOOLEAN, Type.CHAR, Type.BYTE, Type.SHORT, Type.INT -> Opcodes.INTEGER;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.LONG -> Opcodes.LONG;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            default -> type.getInternalName();
        };
    }

    /** From an object to that type. */
    static void cast(MethodVisitor code, Type type) {
        if (!type.getInternalName().equals("java/lang/Object")) {
            code.visitTypeInsn(Opcodes.CHECKCAST, type.getInternalName());
        }
    }

    static void call(MethodVisitor code, String owner, String name, String descriptor) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
    }

    private boolean isStatic() {
        return (access & Opcodes.ACC_STATIC) != 0;
    }

    private int firstArgument() {
        return isStatic() ? 0 : 1;
    }

    private static void push(MethodVisitor code, int number) {
        if (number <= 5) {
            code.visitInsn(Opcodes.ICONST_0 + number);
        } else {
            code.visitIntInsn(number <= Byte.MAX_VALUE ? Opcodes.BIPUSH : Opcodes.SIPUSH, number);
        }
    }

    private static void box(MethodVisitor code, Type type) {
        String box = switch (type.getSort()) {
            case Type.BOOLEAN -> "java/lang/Boolean";
            case Type.CHAR -> "java/lang/Character";
            case Type.BYTE -> "java/lang/Byte";
            case Type.SHORT -> "java/lang/Short";
            case Type.INT -> "java/lang/Integer";
            case Type.FLOAT -> "java/lang/Float";
            case Type.LONG -> "java/lang/Long";
            case Type.DOUBLE -> "java/lang/Double";
            default -> "";
        };
        if (!box.isEmpty()) {
            call(code, box, VALUE_OF, "(" + type.getDescriptor() + ")L" + box + ";");
        }
    }
}
