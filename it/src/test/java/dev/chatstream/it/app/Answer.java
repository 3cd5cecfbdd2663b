package dev.chatstream.it.app;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatStreams;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One answer, which runs until the test lets it end, or it is interrupted. */
final class Answer {

    private final String name;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean fails;
    private volatile @Nullable ActiveStream stream;

    Answer(String name) {
        this.name = name;
    }

    public String getName() {
        return name;
    }

    /** The body of a guarded method. */
    String run() {
        begin();
        return goOn();
    }

    /** Until the test ends it, or an interrupt comes. */
    String goOn() {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            return "stopped";
        }
        if (fails) {
            throw new IllegalArgumentException("as the test wants");
        }
        return "answered";
    }

    /** As code that ignores every Stop. */
    String runDeafly() {
        begin();
        while (true) {
            try {
                end.await();
                return "answered";
            } catch (InterruptedException ignoredByThisCode) {
                ChatApp.say("ignored", name, "an interrupt");
            }
        }
    }

    /** As code that never blocks where an interrupt could be seen, and leaves with the flag that the abort set. */
    String runBusily() {
        begin();
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        return "saw the flag";
    }

    /** Says that the body runs. */
    void begin() {
        ActiveStream now = ChatStreams.current().orElse(null);
        stream = now;
        if (now != null) {
            now.onAbort(reason -> ChatApp.say("aborted", name, reason));
        }
        ChatApp.say("entered", name, state());
    }

    void end() {
        end.countDown();
    }

    void fail() {
        fails = true;
        end();
    }

    void wantsToKnow() {
        ActiveStream now = stream;
        try {
            if (now != null) {
                now.throwIfAborted();
            }
            ChatApp.say("known", name, "not aborted");
        } catch (ChatAbortedException aborted) {
            ChatApp.say("known", name, aborted.reason());
        }
    }

    String state() {
        ActiveStream now = stream;
        return now == null
                ? "unguarded"
                : now.streamId() + " holds " + now.holdsLock() + " fence " + now.fence() + " chat [" + now.chatId()
                        + "] aborted " + now.abortReason().map(Enum::name).orElse("no");
    }
}
