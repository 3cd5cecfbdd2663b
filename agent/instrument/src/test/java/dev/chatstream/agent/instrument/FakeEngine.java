package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Call;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.StreamGuard;
import dev.chatstream.agent.core.Subscriptions;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers calls as it is told, and keeps what it was asked. */
final class FakeEngine implements Guard, Control {

    /** A call that was let in, and what became of it. */
    static final class Visit implements Entry.Entered {
        final Call call;
        final List<String> events = new CopyOnWriteArrayList<>();
        private final FakeStream stream = new FakeStream();
        private final List<Consumer<AbortReason>> whenAborted = new CopyOnWriteArrayList<>();
        final CompletableFuture<Void> held = new CompletableFuture<>();

        private final Function<Call, Entry> enter;

        @Nullable
        FakeSubscriptions subscriptions;

        Visit(Call call, Function<Call, Entry> enter) {
            this.call = call;
            this.enter = enter;
        }

        /** Aborts it, on the calling thread. */
        void abort(AbortReason reason) {
            whenAborted.forEach(action -> action.accept(reason));
        }

        @Override
        public FakeStream stream() {
            return stream;
        }

        @Override
        public Entry.Member member() {
            events.add("hold");
            return new Entry.Member() {
                @Override
                public FakeStream stream() {
                    return stream;
                }

                @Override
                public Subscriptions subscriptions() {
                    subscriptions = new FakeSubscriptions(member(), () -> enter.apply(call));
                    return subscriptions;
                }

                @Override
                public void whenAborted(Consumer<AbortReason> action) {
                    whenAborted.add(action);
                }

                @Override
                public void consumerGone() {
                    events.add("consumer gone");
                }

                @Override
                public void runLast(Runnable lastSignal, BooleanSupplier over) {
                    lastSignal.run();
                }

                @Override
                public <T extends @Nullable Object> T run(Callable<T> body, boolean interruptible) throws Exception {
                    return body.call();
                }

                @Override
                public void close() {
                    events.add("released");
                    held.complete(null);
                }
            };
        }

        @Override
        public void leave() {
            events.add("leave");
        }

        @Override
        public void fail() {
            events.add("fail");
        }
    }

    final List<Visit> visits = new CopyOnWriteArrayList<>();
    private Function<Call, Entry> answer = this::letIn;

    @Nullable
    GuardedStream current;

    /** What is thrown where something of the agent's own fails; null: nothing does. */
    @Nullable
    RuntimeException broken;

    /** From now on calls are answered so. */
    void answers(Function<Call, Entry> answer) {
        this.answer = answer;
    }

    void letsIn() {
        this.answer = this::letIn;
    }

    /** The one call there was. */
    Visit only() {
        if (visits.size() != 1) {
            throw new AssertionError("one call was expected, and these came: " + calls());
        }
        return visits.get(0);
    }

    List<String> calls() {
        return visits.stream()
                .map(visit -> visit.call.rule().method() + " " + visit.call.chatId())
                .toList();
    }

    private Entry letIn(Call call) {
        Visit visit = new Visit(call, this::enter);
        visits.add(visit);
        return visit;
    }

    @Override
    public Entry enter(Call call) {
        return answer.apply(call);
    }

    @Override
    public @Nullable GuardedStream current() {
        return current;
    }

    @Override
    public CompletableFuture<@Nullable Void> abort(String streamId) {
        failIfBroken();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Optional<String>> abortChat(String chatId) {
        failIfBroken();
        return CompletableFuture.completedFuture(Optional.of("stream of " + chatId));
    }

    @Override
    public CompletableFuture<Optional<String>> owner(String chatId) {
        failIfBroken();
        return CompletableFuture.failedFuture(new IOException("Redis cannot be asked for " + chatId));
    }

    @Override
    public CompletableFuture<StreamGuard.Owners> owners(Collection<String> chatIds) {
        failIfBroken();
        return CompletableFuture.completedFuture(new StreamGuard.Owners(true, Map.of("a", "s")));
    }

    private void failIfBroken() {
        if (broken != null) {
            throw broken;
        }
    }
}
