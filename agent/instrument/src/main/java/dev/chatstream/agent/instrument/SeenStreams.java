package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.shapes.Passage;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Streams as the copy of the API shows them that a woven class sees: what its {@code ChatStreams.current()} gives inside one. */
final class SeenStreams extends ClassValue<Optional<SeenStreams.OfApi>> {

    /**
     * One copy of the API. Its streams keep to themselves whose they are; which one is the current one inside of a task that
     * it wraps tells.
     */
    record OfApi(Class<?> activeStream, MethodHandle currentOne, MethodHandle wrap) implements Passage.Api {

        @Override
        public @Nullable Object seen(GuardedStream stream) {
            @Nullable Object[] seen = {null};
            stream.wrap(() -> seen[0] = current()).run();
            return seen[0];
        }

        @Override
        public @Nullable Object current() {
            try {
                return ((Optional<?>) currentOne.invoke()).orElse(null);
            } catch (Throwable unseen) {
                return null;
            }
        }

        /** One that has ended shows whatever the thread runs in otherwise. */
        @Override
        public @Nullable GuardedStream behind(Object seen) {
            @Nullable GuardedStream[] behind = {null};
            Runnable look = () -> behind[0] = seen.equals(current()) ? GuardedStream.current() : null;
            try {
                ((Runnable) wrap.invoke(seen, look)).run();
            } catch (Throwable unseen) {
                return null;
            }
            return behind[0];
        }
    }

    @Override
    protected Optional<OfApi> computeValue(Class<?> woven) {
        ClassLoader loader = woven.getClassLoader();
        try {
            Class<?> type = Class.forName("dev.chatstream.ActiveStream", false, loader);
            Class<?> streams = Class.forName("dev.chatstream.ChatStreams", true, loader);
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            return Optional.of(new OfApi(
                    type,
                    lookup.findStatic(streams, "current", MethodType.methodType(Optional.class)),
                    lookup.findVirtual(type, "wrap", MethodType.methodType(Runnable.class, Runnable.class))));
        } catch (Throwable none) { // the loader is the application's, and may throw anything
            return Optional.empty();
        }
    }
}
