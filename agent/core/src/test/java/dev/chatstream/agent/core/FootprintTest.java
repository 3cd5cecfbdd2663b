package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an open stream costs the heap, without the application's own strings: an aim of half a kilobyte, give or take. */
class FootprintTest {

    private static final int STREAMS = 50_000;

    /** Generous, for the noise of a heap that others use too; a list or a lock more for each stream exceeds it. */
    private static final long MOST = 720;

    private final StreamGuard guard = new StreamGuard(World.DEFAULTS, new WinningStore(), new Mute(), System::nanoTime);

    private static final class Mute implements Journal {
        @Override
        public boolean tells(Level level) {
            return false;
        }

        @Override
        public void tell(Level level, String kind, String message, @Nullable Throwable cause) {}
    }

    @Test
    void anOpenStreamCostsAboutHalfAKilobyte() throws InterruptedException {
        guard.open();
        List<String> chats = new ArrayList<>(STREAMS);
        for (int i = 0; i < STREAMS; i++) {
            chats.add("chat " + i);
        }
        open("the first").depart();
        long before = used();
        chats.forEach(this::open);
        long each = (used() - before) / STREAMS;
        assertThat(each).isBetween(100L, MOST);
        guard.engine().registry().forEach(OpenStream::depart);
        assertThat(guard.engine().registry().isEmpty()).isTrue();
        assertThat(guard.engine().places().find(chats.getFirst())).isNull();
        assertThat((used() - before) / STREAMS).as("nothing of them is left").isLessThan(50);
    }

    private OpenStream open(String chatId) {
        return ((Decision.Outcome.In) Methods.admit(guard, Methods.call(chatId), chatId)
                        .decision()
                        .outcome()
                        .join())
                .stream();
    }

    private static long used() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(20);
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
