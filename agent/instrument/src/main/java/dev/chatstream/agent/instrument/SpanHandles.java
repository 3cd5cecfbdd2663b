package dev.chatstream.agent.instrument;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** One copy of OpenTelemetry's API, as much of it as is needed: by name, since each copy has names of its own. */
final class SpanHandles {

    private final MethodHandle current;
    private final MethodHandle isRecording;
    private final MethodHandle addEvent;
    private final MethodHandle builder;
    private final MethodHandle putText;
    private final MethodHandle putNumber;
    private final MethodHandle build;

    /**
     * @param prefix of the API's packages
     * @param loader null: the JVM's
     */
    SpanHandles(String prefix, @Nullable ClassLoader loader) throws ReflectiveOperationException {
        Class<?> span = Class.forName(prefix + "trace.Span", false, loader);
        Class<?> attributes = Class.forName(prefix + "common.Attributes", false, loader);
        Class<?> making = Class.forName(prefix + "common.AttributesBuilder", false, loader);
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        current = generic(lookup.findStatic(span, "current", MethodType.methodType(span)));
        isRecording = generic(lookup.findVirtual(span, "isRecording", MethodType.methodType(boolean.class)));
        addEvent = generic(lookup.findVirtual(span, "addEvent", MethodType.methodType(span, String.class, attributes)));
        builder = generic(lookup.findStatic(attributes, "builder", MethodType.methodType(making)));
        putText = generic(lookup.findVirtual(making, "put", MethodType.methodType(making, String.class, String.class)));
        putNumber =
                generic(lookup.findVirtual(making, "put", MethodType.methodType(making, String.class, double.class)));
        build = generic(lookup.findVirtual(making, "build", MethodType.methodType(attributes)));
    }

    /** With objects for whatever is the copy's own. */
    private static MethodHandle generic(MethodHandle handle) {
        MethodType type = handle.type();
        for (int i = 0; i < type.parameterCount(); i++) {
            if (!type.parameterType(i).isPrimitive() && type.parameterType(i) != String.class) {
                type = type.changeParameterType(i, Object.class);
            }
        }
        return handle.asType(type.returnType().isPrimitive() ? type : type.changeReturnType(Object.class));
    }

    /** The span that is current on the calling thread; one that does not record where there is none. */
    Object current() throws Throwable {
        return (Object) current.invokeExact();
    }

    boolean isRecording(Object span) throws Throwable {
        return (boolean) isRecording.invokeExact(span);
    }

    /** Attributes without any yet. */
    Object attributes() throws Throwable {
        return (Object) builder.invokeExact();
    }

    void put(Object attributes, String name, String value) throws Throwable {
        Object unused = (Object) putText.invokeExact(attributes, name, value);
    }

    void put(Object attributes, String name, double value) throws Throwable {
        Object unused = (Object) putNumber.invokeExact(attributes, name, value);
    }

    void addEvent(Object span, String name, Object attributes) throws Throwable {
        Object unused = (Object) addEvent.invokeExact(span, name, (Object) build.invokeExact(attributes));
    }
}
