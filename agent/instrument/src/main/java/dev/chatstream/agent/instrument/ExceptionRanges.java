package dev.chatstream.agent.instrument;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import org.jspecify.annotations.Nullable;

/**
 * The table of exceptions of a woven body: the body's own ranges as they were, without what is woven in between, and at the
 * end, since the first that fits counts, one over the whole of it.
 */
final class ExceptionRanges {

    private record Range(
            Label start, Label end, Label handler, @Nullable String type) {}

    /** @param returned behind the return that what is woven stands before */
    private record Woven(Label start, Label end, Label returned) {}

    private final Label beginning = new Label();
    private final List<Range> own = new ArrayList<>();
    private final List<Woven> woven = new ArrayList<>();

    /** Of the body. */
    Label beginning() {
        return beginning;
    }

    void add(Label start, Label end, Label handler, @Nullable String type) {
        own.add(new Range(start, end, handler, type));
    }

    /** In the order of the code. The return stays in the body's ranges; ours ends before it. */
    void leaveOut(Label start, Label end, Label returned) {
        woven.add(new Woven(start, end, returned));
    }

    /** Once the whole code is written, and with it the place of each label is known. */
    void write(MethodVisitor code, Label handler) {
        for (Range range : own) {
            Label from = range.start;
            for (Woven part : woven) {
                if (isBefore(from, part.end) && isBefore(part.start, range.end)) {
                    write(code, from, part.start, range.handler, range.type);
                    from = part.end;
                }
            }
            write(code, from, range.end, range.handler, range.type);
        }
        Label from = beginning;
        for (Woven part : woven) {
            write(code, from, part.start, handler, null);
            from = part.returned;
        }
        write(code, from, handler, handler, null);
    }

    /** The JVM refuses a range without an instruction. */
    private static void write(MethodVisitor code, Label from, Label to, Label handler, @Nullable String type) {
        if (isBefore(from, to)) {
            code.visitTryCatchBlock(from, to, handler, type);
        }
    }

    private static boolean isBefore(Label one, Label other) {
        return one.getOffset() < other.getOffset();
    }
}
