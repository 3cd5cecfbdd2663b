package dev.chatstream.agent.adapters.tck;

import dev.chatstream.agent.adapters.EventLoop;
import dev.chatstream.agent.adapters.Guarding;
import dev.chatstream.agent.core.Fate;
import dev.chatstream.agent.core.HeldOperation;
import dev.chatstream.agent.core.InMemoryStore.Operation;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** When a guarded method takes its chat. */
enum Way {
    /** When it is called. */
    ON_ENTRY {
        @Override
        Object call(Guarding chat, Class<?> declared, Supplier<Object> method) {
            return chat.call(declared, method);
        }
    },

    /** When what it returns is subscribed to: the consumer is greeted, and may ask for elements, before the source is there. */
    ON_SUBSCRIPTION {
        @Override
        Object call(Guarding chat, Class<?> declared, Supplier<Object> method) {
            chat.store.faults(sent -> {
                if (sent.operation() != Operation.ACQUIRE) {
                    return Fate.APPLY;
                }
                answerLate(chat.store.held());
                return Fate.HOLD;
            });
            return EventLoop.call(() -> chat.call(declared, method));
        }
    };

    private static final long LATE_MILLIS = 5;

    /** The operation is put there once its fate is known, which may be later than this looks for it. */
    private static void answerLate(Queue<HeldOperation> held) {
        CompletableFuture.delayedExecutor(LATE_MILLIS, TimeUnit.MILLISECONDS).execute(() -> {
            HeldOperation next = held.poll();
            if (next == null) {
                answerLate(held);
            } else {
                next.answer();
            }
        });
    }

    abstract Object call(Guarding chat, Class<?> declared, Supplier<Object> method);
}
