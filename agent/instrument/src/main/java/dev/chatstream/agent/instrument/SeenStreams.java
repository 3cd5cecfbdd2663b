package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.GuardedStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Streams as the copy of the API shows them that a woven class sees: what its {@code ChatStreams.current()} gives inside one. */
final class SeenStreams extends ClassValue<Optional<SeenStreams.OfApi>> {

    /** One copy of the API. */
    record OfApi(Class<?> type, MethodHandle current) {}

    /** Null: the application has no API. */
    static Map.@Nullable Entry<Class<?>, Object> of(Optional<OfApi> api, GuardedStream stream) {
        if (api.isEmpty()) {
            return null;
        }
        @Nullable Object[] seen = {null};
        stream.wrap(() -> seen[0] = current(api.get())).run();
        return seen[0] == null ? null : Map.entry(api.get().type(), seen[0]);
    }

    private static @Nullable Object current(OfApi api) {
        try {
            return ((Optional<?>) api.current().invoke()).orElse(null);
        } catch (Throwable unseen) {
            return null;
        }
    }

    @Override
    protected Optional<OfApi> computeValue(Class<?> woven) {
        ClassLoader loader = woven.getClassLoader();
        try {
            Class<?> type = Class.forName("dev.chatstream.ActiveStream", false, loader);
            Class<?> streams = Class.forName("dev.chatstream.ChatStreams", true, loader);
            MethodHandle current =
                    MethodHandles.publicLookup().findStatic(streams, "current", MethodType.methodType(Optional.class));
            return Optional.of(new OfApi(type, current));
        } catch (ReflectiveOperationException | LinkageError none) {
            return Optional.empty();
        }
    }
}
