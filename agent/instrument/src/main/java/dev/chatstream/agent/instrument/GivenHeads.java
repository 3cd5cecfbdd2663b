package dev.chatstream.agent.instrument;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of all class files that are given, on as many threads as there are processors, and tells which classes
 * have to be parsed: those that say something, and those below them. Keeps no file.
 */
final class GivenHeads {

    /** So many files a thread takes at once. */
    private static final int PORTION = 64;

    private static final String OBJECT = "java/lang/Object";

    private record Head(boolean says, List<String> supertypes) {}

    private final List<String> types;
    private final Map<String, GivenFile> files;
    private final @Nullable MethodRules rules;
    private final @Nullable Head[] heads;
    private final AtomicInteger next = new AtomicInteger();

    private GivenHeads(Map<String, GivenFile> files, @Nullable MethodRules rules) {
        this.types = new ArrayList<>(files.keySet());
        this.files = files;
        this.rules = rules;
        this.heads = new Head[types.size()];
    }

    static GivenHeads read(Map<String, GivenFile> files, @Nullable MethodRules rules) throws InterruptedException {
        GivenHeads heads = new GivenHeads(files, rules);
        heads.readAll();
        return heads;
    }

    private void readAll() throws InterruptedException {
        int threads = Math.max(1, Math.min(Runtime.getRuntime().availableProcessors(), types.size() / PORTION));
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            readers.add(
                    Thread.ofPlatform().name("chatstream-check-" + i).daemon().start(this::readSome));
        }
        for (Thread reader : readers) {
            reader.join(); // it ends with the files
        }
    }

    private void readSome() {
        Inflater inflater = new Inflater(true);
        for (int from = next.getAndAdd(PORTION); from < heads.length; from = next.getAndAdd(PORTION)) {
            for (int i = from; i < Math.min(heads.length, from + PORTION); i++) {
                heads[i] = head(types.get(i), inflater);
            }
        }
        inflater.end();
    }

    private @Nullable Head head(String type, Inflater inflater) {
        GivenFile file = files.get(type);
        ClassHead head = null;
        try {
            head = file == null ? null : ClassHead.of(file.bytes(inflater));
        } catch (IOException unreadable) {
            // as a class file that cannot be parsed
        }
        if (head == null) {
            return null;
        }
        boolean says = head.mentionsAnnotation() || (rules != null && rules.naming(type) != null);
        return new Head(says, supertypes(head));
    }

    private static List<String> supertypes(ClassHead head) {
        List<String> supertypes = new ArrayList<>(head.interfaceCount() + 1);
        String superName = head.superName();
        if (superName != null && !superName.equals(OBJECT)) {
            supertypes.add(superName);
        }
        for (int i = 0; i < head.interfaceCount(); i++) {
            supertypes.add(head.interfaceName(i));
        }
        return supertypes;
    }

    /** The classes whose files are none that can be read, by internal name: the JVM is going to say so, or nobody loads them. */
    List<String> unreadable() {
        List<String> unreadable = new ArrayList<>();
        for (int i = 0; i < heads.length; i++) {
            if (heads[i] == null) {
                unreadable.add(types.get(i));
            }
        }
        return unreadable;
    }

    /** The classes that may hold guarded methods, by internal name: those that say something first. */
    Set<String> worthALook() {
        Map<String, List<String>> below = new HashMap<>();
        Deque<String> open = new ArrayDeque<>();
        for (int i = 0; i < heads.length; i++) {
            Head head = heads[i];
            if (head != null) {
                for (String supertype : head.supertypes()) {
                    below.computeIfAbsent(supertype, none -> new ArrayList<>(1)).add(types.get(i));
                }
                if (head.says()) {
                    open.add(types.get(i));
                }
            }
        }
        Set<String> found = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            String type = open.remove();
            if (found.add(type)) {
                open.addAll(below.getOrDefault(type, List.of()));
            }
        }
        return found;
    }
}
