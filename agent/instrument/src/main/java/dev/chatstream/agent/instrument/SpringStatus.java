package dev.chatstream.agent.instrument;

import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Has Spring Web answer 409 and 503 where nobody in the application handles the API's exceptions, and write no error to the
 * log: these exceptions bear Spring's {@code @ResponseStatus}, put on when a copy of the API loads. The API itself knows no
 * Spring, and an annotation whose type is not there is not seen by anybody.
 */
final class SpringStatus {

    private static final String ANNOTATION = "Lorg/springframework/web/bind/annotation/ResponseStatus;";
    private static final String STATUS = "Lorg/springframework/http/HttpStatus;";

    private SpringStatus() {}

    /** The class file with that status. */
    static byte[] on(byte[] file, String status) {
        ClassReader reader = new ClassReader(file);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Adding(writer, status), 0);
        return writer.toByteArray();
    }

    private static final class Adding extends ClassVisitor {
        private final String status;

        Adding(ClassWriter writer, String status) {
            super(Opcodes.ASM9, writer);
            this.status = status;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            super.visit(version, access, name, signature, superName, interfaces);
            AnnotationVisitor annotation = super.visitAnnotation(ANNOTATION, true);
            annotation.visitEnum("code", STATUS, status);
            annotation.visitEnd();
        }
    }
}
