package dev.chatstream.agent.instrument;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** Looks in one class file for the member that reads a property; null: for none, only for its supertypes. */
final class Members extends ClassVisitor {

    private static final int NOT_FOR_PEOPLE = Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;

    final List<String> supertypes = new ArrayList<>();
    int access;

    /** The descriptor of what the member gives; null: there is none. */
    @Nullable
    String found;

    private final @Nullable String property;
    private boolean isRecord;
    private @Nullable String ofField;

    Members(@Nullable String property) {
        super(OpenedClassReader.ASM_API);
        this.property = property;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        this.access = access;
        this.isRecord = "java/lang/Record".equals(superName);
        if (superName != null) {
            supertypes.add(superName);
        }
        if (interfaces != null) {
            supertypes.addAll(List.of(interfaces));
        }
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        if (isForPeople(access)
                && descriptor.startsWith("()")
                && !descriptor.endsWith(")V")
                && reads(name, descriptor)) {
            found = descriptor.substring(2);
        }
        return null;
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
        if (name.equals(property) && (access & Opcodes.ACC_STATIC) == 0) {
            ofField = descriptor; // class files have their fields before their methods
        }
        if (isForPeople(access) && name.equals(property) && found == null) {
            found = descriptor;
        }
        return null;
    }

    private boolean reads(String name, String descriptor) {
        String plain = Getters.plain(name);
        if (property == null || !Getters.of(property).contains(plain)) {
            return false;
        }
        boolean returnsBoolean = descriptor.equals("()Z") || descriptor.equals("()Ljava/lang/Boolean;");
        boolean accessor = isRecord || descriptor.equals("()" + ofField);
        return Getters.reads(property, plain, accessor, returnsBoolean);
    }

    private static boolean isForPeople(int access) {
        return (access & Opcodes.ACC_PUBLIC) != 0 && (access & NOT_FOR_PEOPLE) == 0;
    }
}
