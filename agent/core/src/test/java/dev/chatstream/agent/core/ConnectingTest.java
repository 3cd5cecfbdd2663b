package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.Journal.Level;
import dev.chatstream.agent.core.LeaseStore.Failure;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A store that begins to connect and says nothing for long, as one does whose server drops every packet. */
class ConnectingTest {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
    private final RecordingJournal journal = new RecordingJournal();
    private final LeaseStore store = (LeaseStore) Proxy.newProxyInstance(
            LeaseStore.class.getClassLoader(),
            new Class<?>[] {LeaseStore.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "laneOfChat", "laneOfStream" -> "";
                case "open" -> null;
                case "ping", "marked" ->
                    CompletableFuture.completedFuture(new Failure(Failure.Kind.NOT_SENT, "not connected yet"));
                default -> throw new IllegalStateException(method + " though there is no connection");
            });
    private final StreamGuard guard = new StreamGuard(World.DEFAULTS, store, journal, clock::get);

    private void pass(Duration time) {
        long end = clock.get() + time.toNanos();
        while (end - clock.get() > 0) {
            clock.addAndGet(Duration.ofMillis(500).toNanos());
            guard.engine().pacemaker().runDue();
        }
    }

    @Test
    void aCallWaitsFromWhenTheStoreBeganToConnectAndNotFromWhenItEntered() {
        guard.open();
        pass(Duration.ofMillis(1500));
        Call call = new Call(new Call.Rule("Chat#stream", null, null, null, true), "", null, null);
        Admission admission = Methods.admit(guard, call, "c");
        assertThat(admission.decision().outcome()).isNotDone();
        pass(Duration.ofMillis(500));
        assertThat(admission.decision().outcome()).isDone();
    }

    @Test
    void thatItIsDegradedIsSaidEachMinuteThoughNobodyCalls() {
        guard.open();
        pass(Duration.ofMinutes(5));
        assertThat(journal.ofKind("redis-down"))
                .hasSize(5)
                .allSatisfy(line -> assertThat(line.level()).isEqualTo(Level.ERROR));
    }
}
