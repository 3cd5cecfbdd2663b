package dev.chatstream.agent.core;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A member of a stream that is no method. The stream has been joined for it already; true: closed. */
final class Membership extends AtomicBoolean implements Entry.Member {
    private static final long serialVersionUID = 1;

    /** The member whose last signal the calling thread is inside of: the innermost. */
    private static final ThreadLocal<@Nullable Membership> LAST = new ThreadLocal<>();

    private final transient Entrance entrance;
    private final transient OpenStream stream;
    private final transient @Nullable Call joined;
    private transient @Nullable Membership outerLast;
    private transient @Nullable BooleanSupplier isOver;

    /** @param joined the call that it is of, where that joined the stream; null: the stream's own */
    Membership(Entrance entrance, OpenStream stream, @Nullable Call joined) {
        this.entrance = entrance;
        this.stream = stream;
        this.joined = joined;
    }

    /** One more; where the stream has ended already, it keeps nothing open. */
    static Membership join(Entrance entrance, OpenStream stream, @Nullable Call joined) {
        Membership member = new Membership(entrance, stream, joined);
        if (!stream.join()) {
            member.set(true);
        }
        return member;
    }

    @Override
    public Subscriptions subscriptions() {
        return new Succession(entrance, join(entrance, stream, joined), joined);
    }

    @Override
    public OpenStream stream() {
        return stream;
    }

    @Override
    public void whenAborted(Consumer<AbortReason> action) {
        stream.whenAborted(action);
    }

    @Override
    public void consumerGone() {
        stream.abort(AbortReason.CONSUMER_GONE, "its consumer is gone");
    }

    @Override
    public <T extends @Nullable Object> T run(Callable<T> body, boolean interruptible) throws Exception {
        Scope scope = Scope.enter(stream);
        InterruptGate.Pass pass = stream.passes().enter(scope.gate(), interruptible);
        try {
            return body.call();
        } finally {
            stream.passes().leave(pass);
            scope.leave();
        }
    }

    @Override
    public void runLast(Runnable lastSignal, BooleanSupplier over) {
        Membership before = LAST.get();
        outerLast = before;
        isOver = over;
        LAST.set(this);
        try {
            lastSignal.run();
        } finally {
            outerLast = null;
            isOver = null;
            if (before == null) {
                LAST.remove();
            } else {
                LAST.set(before);
            }
        }
    }

    /** A call for that chat begins on the calling thread. */
    static void closeLastOf(String chatId) {
        for (Membership member = LAST.get(); member != null; member = member.outerLast) {
            BooleanSupplier over = member.isOver;
            if (over != null && over.getAsBoolean() && member.stream.chatId().equals(chatId)) {
                member.close();
            }
        }
    }

    @Override
    public void close() {
        if (compareAndSet(false, true)) {
            var unused = stream.depart();
        }
    }
}
