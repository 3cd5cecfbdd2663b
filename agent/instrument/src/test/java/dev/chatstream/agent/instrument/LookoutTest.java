package dev.chatstream.agent.instrument;

import dev.chatstream.agent.instrument.FakeEngine.Visit;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Values that are looked at: all by one thread. */
class LookoutTest {

    private final Woven woven = Woven.installed();
    private final Object futures = new Application().create("Futures");

    LookoutTest() throws Exception {}

    @AfterEach
    void close() {
        woven.close();
    }

    private void returned(FutureTask<String> future) throws Exception {
        futures.getClass().getField("next").set(futures, future);
        Application.call(futures, "future", "c");
    }

    @Test
    void oneThatCannotBeLookedAtKeepsNoOtherFromIt() throws Exception {
        returned(new FutureTask<>(() -> "") {
            private boolean asked;

            @Override
            public boolean isDone() {
                if (asked) {
                    throw new NoClassDefFoundError("its loader is closed");
                }
                asked = true; // when it is returned
                return false;
            }
        });
        FutureTask<String> other = new FutureTask<>(() -> "");
        returned(other);
        other.run();
        for (Visit visit : woven.engine.visits) {
            visit.held.get(30, TimeUnit.SECONDS);
        }
    }
}
