package dev.chatstream.it.chaos;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import dev.chatstream.OnBusy;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** The guarded methods, a policy each, and what their bodies do: look at their lock until their time is over. */
final class Answers {

    private static final int BETWEEN_LOOKS_MILLIS = 10;

    private final Notebook notebook;

    Answers(Notebook notebook) {
        this.notebook = notebook;
    }

    /** One call: what it is to do, and the stream that it became. */
    static final class Asked {
        final long call;
        final Duration length;
        final boolean deaf;
        volatile ActiveStream stream;

        Asked(long call, Duration length, boolean deaf) {
            this.call = call;
            this.length = length;
            this.deaf = deaf;
        }

        boolean claimsLock() {
            ActiveStream known = stream;
            return known != null && known.holdsLock();
        }
    }

    @ChatStream(chatId = "#chatId", streamId = "#streamId", onBusy = OnBusy.WAIT)
    String waits(Asked asked, String chatId, String streamId) {
        return run(asked);
    }

    @ChatStream(chatId = "#chatId", streamId = "#streamId", onBusy = OnBusy.REJECT)
    String rejects(Asked asked, String chatId, String streamId) {
        return run(asked);
    }

    @ChatStream(chatId = "#chatId", streamId = "#streamId", onBusy = OnBusy.SUPERSEDE, acquireTimeout = "600ms")
    String supersedes(Asked asked, String chatId, String streamId) {
        return run(asked);
    }

    private String run(Asked asked) {
        ActiveStream stream = ChatStreams.current().orElse(null);
        if (stream == null) {
            return "unguarded";
        }
        asked.stream = stream;
        long end = System.nanoTime() + asked.length.toNanos();
        look(asked, stream);
        while (System.nanoTime() - end < 0 && (asked.deaf || !stream.isAborted())) {
            pause(asked);
            look(asked, stream);
        }
        return "left:" + stream.abortReason().map(Enum::name).orElse("done");
    }

    /** A stream that leaves at a Stop leaves by its flag: the interrupt only wakes it. */
    private static void pause(Asked asked) {
        try {
            Thread.sleep(1 + ThreadLocalRandom.current().nextInt(2 * BETWEEN_LOOKS_MILLIS));
        } catch (InterruptedException told) {
            if (asked.deaf) {
                return;
            }
            Thread.yield();
        }
    }

    private void look(Asked asked, ActiveStream stream) {
        long before = System.nanoTime();
        long remaining = stream.leaseRemaining().toNanos();
        boolean holds = stream.holdsLock();
        long after = System.nanoTime();
        notebook.sees(asked.call, before, after, holds ? remaining : 0, stream.fence());
    }
}
