package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The one method of each JAX-RS runtime that looks for an exception's mapper, and those of them that have passed before
 * anything was guarded: they are woven when the first method is, from outside. A runtime in an application that guards
 * nothing stays as it is.
 */
final class MapperLookups implements Later.Job {

    private static final String RESTEASY_REACTIVE = "org/jboss/resteasy/reactive/server/core/RuntimeExceptionMapper";
    private static final String RESTEASY = "org/jboss/resteasy/core/ExceptionHandler";
    private static final String JERSEY = "org/glassfish/jersey/internal/ExceptionMapperFactory";
    private static final String CXF = "org/apache/cxf/jaxrs/provider/ServerProviderFactory";

    /** A class that has passed; its loader may go. */
    private static final class Passed {
        private final WeakReference<ClassLoader> loader;
        private final String type;

        Passed(ClassLoader loader, String type) {
            this.loader = new WeakReference<>(loader);
            this.type = type;
        }
    }

    private final Queue<Passed> passed = new ConcurrentLinkedQueue<>();
    private final Instrumentation instrumentation;
    private final Journal journal;

    MapperLookups(Instrumentation instrumentation, Journal journal) {
        this.instrumentation = instrumentation;
        this.journal = journal;
    }

    /** Whether this is one of the classes that look for mappers. */
    static boolean isOne(String type) {
        return switch (type) {
            case RESTEASY_REACTIVE, RESTEASY, JERSEY, CXF -> true;
            default -> false;
        };
    }

    /** Its method that does, by name and descriptor, as it was and is: only one of them is there. */
    static List<String> methods(String type) {
        return switch (type) {
            case RESTEASY_REACTIVE ->
                List.of("getExceptionMapper(Ljava/lang/Class;"
                        + "Lorg/jboss/resteasy/reactive/server/core/ResteasyReactiveRequestContext;"
                        + "Ljava/lang/Throwable;)Ljava/util/Map$Entry;");
            case RESTEASY ->
                since2020("executeExceptionMapper(Ljava/lang/Throwable;"
                        + "Lorg/jboss/resteasy/tracing/RESTEasyTracingLogger;)Ljakarta/ws/rs/core/Response;");
            case JERSEY -> since2020("find(Ljava/lang/Class;Ljava/lang/Throwable;)Ljakarta/ws/rs/ext/ExceptionMapper;");
            case CXF ->
                since2020("createExceptionMapper(Ljava/lang/Class;Lorg/apache/cxf/message/Message;)"
                        + "Ljakarta/ws/rs/ext/ExceptionMapper;");
            default -> List.of();
        };
    }

    /** The same with the packages' former name. */
    private static List<String> since2020(String method) {
        return List.of(method, method.replace("Ljakarta/", "Ljavax/"));
    }

    /** Race: it is noted before the loom is asked for, and {@link #attempt} comes after that was made: one of both weaves it. */
    void passed(ClassLoader loader, String type) {
        for (Iterator<Passed> each = passed.iterator(); each.hasNext(); ) {
            if (each.next().loader.get() == null) {
                each.remove();
            }
        }
        passed.add(new Passed(loader, type));
    }

    boolean any() {
        return !passed.isEmpty();
    }

    /** Something is guarded. */
    @Override
    public State attempt() {
        for (Iterator<Passed> each = passed.iterator(); each.hasNext(); ) {
            Passed next = each.next();
            ClassLoader loader = next.loader.get();
            Class<?> found = loader == null ? null : Retries.find(instrumentation, loader, next.type);
            if (found != null) {
                weave(found);
            }
            if (found != null || loader == null) {
                each.remove();
            }
        }
        return passed.isEmpty() ? State.DONE : State.NOT_YET; // a load that goes on
    }

    @Override
    public void giveUp() {
        passed.clear();
    }

    private void weave(Class<?> found) {
        try {
            instrumentation.retransformClasses(found);
        } catch (UnmodifiableClassException | RuntimeException | LinkageError refused) {
            tellUnwoven(journal, found.getName(), refused.toString());
        }
    }

    static void tellUnwoven(Journal journal, String type, String why) {
        journal.tell(
                Journal.Level.INFO,
                "mappers " + type,
                type.replace('/', '.') + " stays as it is (" + why
                        + "): for 409 and 503 register an ExceptionMapper for"
                        + " ChatBusyException and one for ChatLockUnavailableException.",
                null);
    }
}
