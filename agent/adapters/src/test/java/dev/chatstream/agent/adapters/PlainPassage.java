package dev.chatstream.agent.adapters;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.shapes.Passage;
import org.jspecify.annotations.Nullable;

/** A call of a method that says nothing of itself. */
record PlainPassage(Entry.Entered entered, Class<?> declared) implements Passage {

    /** Streams are seen as they are. */
    private static final Passage.Api AS_IT_IS = new Passage.Api() {
        @Override
        public Class<?> activeStream() {
            return GuardedStream.class;
        }

        @Override
        public Object seen(GuardedStream stream) {
            return stream;
        }

        @Override
        public @Nullable Object current() {
            return GuardedStream.current();
        }

        @Override
        public GuardedStream behind(Object activeStream) {
            return (GuardedStream) activeStream;
        }
    };

    @Override
    public String method() {
        return "Chat#stream";
    }

    @Override
    public boolean holdsReplaced() {
        return false;
    }

    @Override
    public Class<?> parameter(int number) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OnStop onStop() {
        return OnStop.DEFAULT;
    }

    @Override
    public boolean interruptible() {
        return true;
    }

    @Override
    public Api api() {
        return AS_IT_IS;
    }

    @Override
    public RuntimeException exception(Entry.Refusal refusal) {
        return seen(refusal);
    }

    static RuntimeException seen(Entry.Refusal refusal) {
        return refusal instanceof Entry.Aborted aborted
                ? new Guarding.Aborted(aborted)
                : new Guarding.Busy(refusal.message());
    }
}
