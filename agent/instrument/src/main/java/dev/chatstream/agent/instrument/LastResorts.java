package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * The methods of web frameworks to which an exception comes that nobody in the application handles: the one of each JAX-RS
 * runtime that looks for its mapper, and those that write it to the log; and those of them that have passed before anything
 * was guarded: they are woven when the first method is, from outside. A framework in an application that guards nothing
 * stays as it is.
 */
final class LastResorts implements Later.Job {

    // look for a mapper
    private static final String RESTEASY_REACTIVE = "org/jboss/resteasy/reactive/server/core/RuntimeExceptionMapper";
    private static final String RESTEASY = "org/jboss/resteasy/core/ExceptionHandler";
    private static final String JERSEY = "org/glassfish/jersey/internal/ExceptionMapperFactory";
    private static final String CXF = "org/apache/cxf/jaxrs/provider/ServerProviderFactory";

    // write to the log
    private static final String TOMCAT = "org/apache/catalina/core/StandardWrapperValve";
    private static final String TOMCAT_ASYNC = "org/apache/catalina/core/ApplicationDispatcher";
    private static final String JETTY_EE11 = "org/eclipse/jetty/ee11/servlet/ServletChannel";
    private static final String JETTY_EE10 = "org/eclipse/jetty/ee10/servlet/ServletChannel";
    private static final String JETTY_EE9 = "org/eclipse/jetty/ee9/nested/HttpChannel";
    private static final String JETTY_EE8 = "org/eclipse/jetty/ee8/nested/HttpChannel";
    private static final String UNDERTOW = "io/undertow/servlet/api/LoggingExceptionHandler";
    private static final String SPRING_MVC =
            "org/springframework/web/servlet/mvc/annotation/ResponseStatusExceptionResolver";
    private static final String SPRING_WEBFLUX = "org/springframework/web/server/adapter/HttpWebHandlerAdapter";
    private static final String BOOT_WEBFLUX =
            "org/springframework/boot/webflux/autoconfigure/error/AbstractErrorWebExceptionHandler";
    private static final String BOOT_3_WEBFLUX =
            "org/springframework/boot/autoconfigure/web/reactive/error/AbstractErrorWebExceptionHandler";
    /** The tilde keeps it from being relocated, as the agent's own Reactor is. */
    private static final String REACTOR_NETTY = "~reactor/netty/http/server/HttpServerOperations".substring(1);

    private static final String RESTEASY_REACTIVE_STREAM =
            "org/jboss/resteasy/reactive/server/handlers/PublisherResponseHandler$AbstractMultiSubscriber";

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

    LastResorts(Instrumentation instrumentation, Journal journal) {
        this.instrumentation = instrumentation;
        this.journal = journal;
    }

    /** Whether a class has such a method. */
    static boolean isOne(String type) {
        return looksForMappers(type) || writesLines(type);
    }

    private static boolean looksForMappers(String type) {
        return switch (type) {
            case RESTEASY_REACTIVE, RESTEASY, JERSEY, CXF -> true;
            default -> false;
        };
    }

    private static boolean writesLines(String type) {
        return switch (type) {
            case TOMCAT,
                    TOMCAT_ASYNC,
                    JETTY_EE11,
                    JETTY_EE10,
                    JETTY_EE9,
                    JETTY_EE8,
                    UNDERTOW,
                    SPRING_MVC,
                    SPRING_WEBFLUX,
                    BOOT_WEBFLUX,
                    BOOT_3_WEBFLUX,
                    RESTEASY_REACTIVE_STREAM -> true;
            default -> type.equals(REACTOR_NETTY);
        };
    }

    /** Its method, by name and descriptor, as it was and is: only one of them is there. */
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
            case TOMCAT ->
                List.of("invoke(Lorg/apache/catalina/connector/Request;Lorg/apache/catalina/connector/Response;)V");
            case TOMCAT_ASYNC ->
                since2020("invoke(Ljakarta/servlet/ServletRequest;Ljakarta/servlet/ServletResponse;"
                        + "Lorg/apache/catalina/core/ApplicationDispatcher$State;)V");
            case JETTY_EE11, JETTY_EE10, JETTY_EE9, JETTY_EE8 -> List.of("handleException(Ljava/lang/Throwable;)V");
            case UNDERTOW ->
                since2020("handleThrowable(Lio/undertow/server/HttpServerExchange;Ljakarta/servlet/ServletRequest;"
                        + "Ljakarta/servlet/ServletResponse;Ljava/lang/Throwable;)Z");
            case SPRING_MVC ->
                since2020("doResolveException(Ljakarta/servlet/http/HttpServletRequest;"
                        + "Ljakarta/servlet/http/HttpServletResponse;Ljava/lang/Object;Ljava/lang/Exception;)"
                        + "Lorg/springframework/web/servlet/ModelAndView;");
            case SPRING_WEBFLUX ->
                List.of(
                        "handleUnresolvedError(Lorg/springframework/web/server/ServerWebExchange;"
                                + "Lorg/springframework/http/server/reactive/observation/ServerRequestObservationContext;"
                                + "Ljava/lang/Throwable;)Lreactor/core/publisher/Mono;",
                        "handleUnresolvedError(Lorg/springframework/web/server/ServerWebExchange;"
                                + "Ljava/lang/Throwable;)Lreactor/core/publisher/Mono;"); // before 6.1
            case BOOT_WEBFLUX, BOOT_3_WEBFLUX ->
                List.of("logError(Lorg/springframework/web/reactive/function/server/ServerRequest;"
                        + "Lorg/springframework/web/reactive/function/server/ServerResponse;Ljava/lang/Throwable;)V");
            case RESTEASY_REACTIVE_STREAM ->
                List.of("handleException("
                        + "Lorg/jboss/resteasy/reactive/server/core/ResteasyReactiveRequestContext;"
                        + "Ljava/lang/Throwable;)V");
            default -> List.of("onOutboundError(Ljava/lang/Throwable;)V"); // Reactor Netty
        };
    }

    /** The same with the packages' former name. */
    private static List<String> since2020(String method) {
        return List.of(method, method.replace("Ljakarta/", "Ljavax/"));
    }

    /** Its class with that method woven; null: there is none, which has been said. */
    static byte @Nullable [] woven(Loom loom, String type, byte[] file, Journal journal) {
        byte[] woven = woven(loom, type, file);
        if (woven == null) {
            tellUnwoven(journal, type, "it has none of the methods known");
        }
        return woven;
    }

    private static byte @Nullable [] woven(Loom loom, String type, byte[] file) {
        if (looksForMappers(type)) {
            return loom.weaveMapperLookup(type, file);
        }
        // to give a response that has begun a status is in vain, whatever has aborted it: Spring only complains of that
        return AbortLines.leftOut(file, methods(type), type.equals(SPRING_MVC) ? Aborts.ANY : Aborts.WANTED);
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

    /** Something is guarded. All at once: the JVM stands still for each, some 20 ms where ten thousand classes are loaded. */
    @Override
    public State attempt() {
        List<Class<?>> loaded = new ArrayList<>();
        for (Iterator<Passed> each = passed.iterator(); each.hasNext(); ) {
            Passed next = each.next();
            ClassLoader loader = next.loader.get();
            Class<?> found = loader == null ? null : Retries.find(instrumentation, loader, next.type);
            if (found != null) {
                loaded.add(found);
            }
            if (found != null || loader == null) {
                each.remove();
            }
        }
        if (!loaded.isEmpty() && !weave(loaded.toArray(new Class<?>[0]))) {
            for (Class<?> each : loaded) {
                weave(each); // by itself, to tell which
            }
        }
        return passed.isEmpty() ? State.DONE : State.NOT_YET; // a load that goes on
    }

    @Override
    public void giveUp() {
        passed.clear();
    }

    private boolean weave(Class<?>... loaded) {
        try {
            instrumentation.retransformClasses(loaded);
            return true;
        } catch (UnmodifiableClassException | RuntimeException | LinkageError refused) {
            if (loaded.length == 1) {
                tellUnwoven(journal, loaded[0].getName().replace('.', '/'), refused.toString());
            }
            return loaded.length == 1;
        }
    }

    private static void tellUnwoven(Journal journal, String type, String why) {
        journal.tell(
                Journal.Level.INFO,
                "last resort " + type,
                type.replace('/', '.') + " stays as it is (" + why + "): "
                        + (looksForMappers(type)
                                ? "for 409 and 503 register an ExceptionMapper for ChatBusyException, one for"
                                        + " ChatLockUnavailableException and one for ChatAbortedException."
                                : "it may write an error to the log after a Stop."),
                null);
    }
}
