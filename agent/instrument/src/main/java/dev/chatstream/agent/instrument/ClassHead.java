package dev.chatstream.agent.instrument;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a class file says of itself in its constant pool and its first lines; read in one pass of some microseconds,
 * since every class of the application comes by here. Nothing is parsed that is not asked for.
 */
final class ClassHead {

    private static final byte[] ANNOTATION = Api.ANNOTATION.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DISPATCHER = Api.DISPATCHER.getBytes(StandardCharsets.US_ASCII);

    private static final int MAGIC = 0xCAFEBABE;
    private static final int FIRST_CONSTANT = 10;
    private static final int ACC_FINAL = 0x0010;
    private static final int ACC_INTERFACE = 0x0200;

    private final byte[] file;
    private final int[] constants;
    private final int self;
    private boolean mentionsAnnotation;
    private boolean mentionsDispatcher;
    private final @Nullable WantedNames wanted;
    private boolean mentionsWanted;

    private ClassHead(byte[] file, int length, @Nullable WantedNames wanted) {
        this.file = file;
        this.wanted = wanted;
        this.constants = new int[u2(8)];
        this.self = walk();
        if (self + 8 + 2 * interfaceCount() > length) {
            throw new IndexOutOfBoundsException("it is refused now, not by a later question");
        }
    }

    /** Null where the bytes are no class file that this can read; then nothing is known of them. */
    static @Nullable ClassHead of(byte[] file) {
        return of(file, null);
    }

    /** @param wanted names to look for besides; null: none */
    static @Nullable ClassHead of(byte[] file, @Nullable WantedNames wanted) {
        return of(file, file.length, wanted);
    }

    /** @param length how much of it is there: null too where that is less than it takes */
    static @Nullable ClassHead of(byte[] file, int length, @Nullable WantedNames wanted) {
        try {
            return length > FIRST_CONSTANT && magic(file) == MAGIC ? new ClassHead(file, length, wanted) : null;
        } catch (IndexOutOfBoundsException truncated) {
            return null;
        }
    }

    /** Whether the annotation's descriptor is among the constants: only then can a method here carry it. */
    boolean mentionsAnnotation() {
        return mentionsAnnotation;
    }

    /** Whether one of the wanted names is among the constants: it may have a method of that name. */
    boolean mentionsWanted() {
        return mentionsWanted;
    }

    /** Whether this class was woven already, and comes back by another agent's redefinition. */
    boolean isWoven() {
        return mentionsDispatcher;
    }

    boolean isFinal() {
        return (u2(self) & ACC_FINAL) != 0;
    }

    boolean isInterface() {
        return (u2(self) & ACC_INTERFACE) != 0;
    }

    /** Null for Object and for modules. */
    @Nullable
    String superName() {
        int index = u2(self + 4);
        return index == 0 ? null : className(index);
    }

    int interfaceCount() {
        return u2(self + 6);
    }

    String interfaceName(int number) {
        return className(u2(self + 8 + 2 * number));
    }

    /** Notes where each constant stands; answers where the class's own description begins. */
    private int walk() {
        int at = FIRST_CONSTANT;
        for (int i = 1; i < constants.length; i++) {
            constants[i] = at;
            switch (file[at]) {
                case 1 -> at = text(at);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5;
                case 5, 6 -> {
                    at += 9;
                    i++; // longs and doubles take two places
                }
                case 7, 8, 16, 19, 20 -> at += 3;
                case 15 -> at += 4;
                default -> throw new IndexOutOfBoundsException("no such constant");
            }
        }
        return at;
    }

    private int text(int at) {
        int length = u2(at + 1);
        if (length == ANNOTATION.length) {
            mentionsAnnotation |= is(ANNOTATION, at + 3);
        }
        if (length == DISPATCHER.length) {
            mentionsDispatcher |= is(DISPATCHER, at + 3);
        }
        if (wanted != null && !mentionsWanted) {
            mentionsWanted = wanted.has(file, at + 3, length);
        }
        return at + 3 + length;
    }

    private boolean is(byte[] wanted, int at) {
        // from the end: what comes by here begins alike
        for (int i = wanted.length - 1; i >= 0; i--) {
            if (file[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    private String className(int index) {
        int at = constants[u2(constants[index] + 1)];
        return new String(file, at + 3, u2(at + 1), StandardCharsets.UTF_8);
    }

    private int u2(int at) {
        return (file[at] & 0xFF) << 8 | (file[at + 1] & 0xFF);
    }

    private static int magic(byte[] file) {
        return file[0] << 24 | (file[1] & 0xFF) << 16 | (file[2] & 0xFF) << 8 | (file[3] & 0xFF);
    }
}
