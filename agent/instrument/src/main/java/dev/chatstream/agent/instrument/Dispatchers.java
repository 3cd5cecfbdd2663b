package dev.chatstream.agent.instrument;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Defines {@code java.lang.ChatStreamDispatcher} into {@code java.base} and connects it with this agent. The boot class
 * path is not appended to: that would cost the JVM most of its shared archive.
 */
final class Dispatchers {

    private static final String NAME = "java.lang.ChatStreamDispatcher";

    private static final MethodType ENTER =
            MethodType.methodType(Object.class, Class.class, String.class, Object.class, Object[].class);
    private static final MethodType EXIT =
            MethodType.methodType(Object.class, Object.class, Object.class, Throwable.class);
    private static final MethodType BRIDGE =
            MethodType.methodType(Object.class, String.class, Object.class, Object.class);

    /** What became of the wish to connect. */
    sealed interface Outcome {
        record Connected(Dispatchers dispatcher) implements Outcome {}

        /** Another copy of the agent is at work in this JVM. */
        record Taken() implements Outcome {}
    }

    private final VarHandle enter;
    private final VarHandle exit;
    private final VarHandle bridge;

    private Dispatchers(Class<?> dispatcher) throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(dispatcher, MethodHandles.lookup());
        this.enter = lookup.findStaticVarHandle(dispatcher, "enter", MethodHandle.class);
        this.exit = lookup.findStaticVarHandle(dispatcher, "exit", MethodHandle.class);
        this.bridge = lookup.findStaticVarHandle(dispatcher, "bridge", MethodHandle.class);
    }

    /** Race: two copies may come at once; the one that sets {@code bridge} has it. {@code enter} is set last, see there. */
    static Outcome connect(Instrumentation instrumentation, Calls calls, Desk desk)
            throws ReflectiveOperationException, IOException {
        openJavaLang(instrumentation);
        Class<?> known = find();
        Dispatchers dispatcher = new Dispatchers(known == null ? define() : known);
        MethodHandles.Lookup own = MethodHandles.lookup();
        MethodHandle answering = own.findVirtual(Desk.class, "answer", BRIDGE).bindTo(desk);
        if (!dispatcher.bridge.compareAndSet((MethodHandle) null, answering)) {
            return new Outcome.Taken();
        }
        dispatcher.exit.setVolatile(own.findVirtual(Calls.class, "exit", EXIT).bindTo(calls));
        dispatcher.enter.setVolatile(
                own.findVirtual(Calls.class, "enter", ENTER).bindTo(calls));
        return new Outcome.Connected(dispatcher);
    }

    /** Woven methods pass from now on as if nothing were woven, but for calls under way. */
    void disconnect() {
        enter.setVolatile((MethodHandle) null);
        bridge.setVolatile((MethodHandle) null);
    }

    private static void openJavaLang(Instrumentation instrumentation) {
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of("java.lang", Set.of(Dispatchers.class.getModule())),
                Set.of(),
                Map.of());
    }

    private static @Nullable Class<?> find() {
        try {
            return Class.forName(NAME, false, null);
        } catch (ClassNotFoundException first) {
            return null;
        }
    }

    private static Class<?> define() throws IllegalAccessException, IOException {
        return MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
                .defineClass(bytes());
    }

    private static byte[] bytes() throws IOException {
        String file = Api.DISPATCHER + ".class";
        try (InputStream in = Dispatchers.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("the agent jar lacks " + file);
            }
            return in.readAllBytes();
        }
    }
}
