package dev.chatstream.agent.instrument;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one annotation, or of one rule that stands for it, as texts. What is not written has the annotation's
 * default; what this agent does not know, from a newer API, is noted and otherwise ignored.
 */
final class Elements {

    static final String DEFAULT = "DEFAULT";

    private String chatId = "";
    private String streamId = "";
    private String requestId = "";
    private String acquireTimeout = "";
    private String onBusy = DEFAULT;
    private String onLost = DEFAULT;
    private String onStop = DEFAULT;
    private boolean interruptible = true;
    private final List<String> unknown = new ArrayList<>(0);
    private @Nullable MethodRule rule;

    /** The rule that says so; null: an annotation does. */
    @Nullable
    MethodRule rule() {
        return rule;
    }

    void saidBy(MethodRule says) {
        rule = says;
    }

    String chatId() {
        return chatId;
    }

    String streamId() {
        return streamId;
    }

    String requestId() {
        return requestId;
    }

    String acquireTimeout() {
        return acquireTimeout;
    }

    String onBusy() {
        return onBusy;
    }

    String onLost() {
        return onLost;
    }

    String onStop() {
        return onStop;
    }

    boolean isInterruptible() {
        return interruptible;
    }

    /** All that are written but the chat id, as they are written. */
    Map<String, String> others() {
        Map<String, String> others = new LinkedHashMap<>();
        put(others, "streamId", streamId, "");
        put(others, "requestId", requestId, "");
        put(others, "onBusy", onBusy, DEFAULT);
        put(others, "acquireTimeout", acquireTimeout, "");
        put(others, "onLost", onLost, DEFAULT);
        put(others, "onStop", onStop, DEFAULT);
        put(others, "interruptible", String.valueOf(interruptible), "true");
        return others;
    }

    private static void put(Map<String, String> others, String name, String value, String standard) {
        if (!value.equals(standard)) {
            others.put(name, value);
        }
    }

    /** Names of elements that this agent does not know. */
    List<String> unknown() {
        return unknown;
    }

    /** Reads the elements while a class file is parsed. */
    AnnotationVisitor reader() {
        return new AnnotationVisitor(OpenedClassReader.ASM_API) {
            @Override
            public void visit(String name, Object value) {
                if (value instanceof String text) {
                    text(name, text);
                } else if (name.equals("interruptible") && value instanceof Boolean flag) {
                    interruptible = flag;
                } else {
                    unknown.add(name);
                }
            }

            @Override
            public void visitEnum(String name, String descriptor, String value) {
                choice(name, value);
            }

            @Override
            public AnnotationVisitor visitAnnotation(String name, String descriptor) {
                unknown.add(name);
                return new AnnotationVisitor(OpenedClassReader.ASM_API) {};
            }

            @Override
            public AnnotationVisitor visitArray(String name) {
                unknown.add(name);
                return new AnnotationVisitor(OpenedClassReader.ASM_API) {};
            }
        };
    }

    void interruptible(boolean value) {
        interruptible = value;
    }

    void text(String name, String value) {
        switch (name) {
            case "chatId" -> chatId = value;
            case "streamId" -> streamId = value;
            case "requestId" -> requestId = value;
            case "acquireTimeout" -> acquireTimeout = value;
            default -> unknown.add(name);
        }
    }

    void choice(String name, String value) {
        switch (name) {
            case "onBusy" -> onBusy = value;
            case "onLost" -> onLost = value;
            case "onStop" -> onStop = value;
            default -> unknown.add(name);
        }
    }
}
