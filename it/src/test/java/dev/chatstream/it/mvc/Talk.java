package dev.chatstream.it.mvc;

import dev.chatstream.AbortReason;
import dev.chatstream.ActiveStream;
import dev.chatstream.ChatStreams;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/** One answer: the test says each word of it. */
final class Talk {

    private static final String END = "END";
    private static final String FAIL = "FAIL";
    private static final String FLOOD = "FLOOD";

    /** Where the words of an answer go. */
    interface Sink {
        void say(String word) throws IOException;
    }

    private final String name;
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
    private final Executor feeder =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private final CountDownLatch callback;
    private volatile CountDownLatch answered = new CountDownLatch(0);
    private volatile @Nullable ResponseBodyEmitter emitter;
    private volatile @Nullable DeferredResult<String> deferred;

    /** @param callbackWaits whether what it does on an abort takes until the test ends it */
    Talk(String name, boolean callbackWaits) {
        this.name = name;
        this.callback = new CountDownLatch(callbackWaits ? 1 : 0);
        MvcApp.TALKS.put(name, this);
    }

    /** Says that the guarded method runs. */
    void begin() {
        ActiveStream stream = ChatStreams.current().orElse(null);
        if (stream != null) {
            stream.onAbort(told(name, callback));
        }
        MvcApp.say("entered", name, state(stream));
    }

    /** Does not hold the answer: what the stream holds is never found forgotten. */
    private static Consumer<AbortReason> told(String name, CountDownLatch callback) {
        return reason -> {
            MvcApp.say("aborted", name, reason);
            await(callback);
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException nobodyDoes) {
            Thread.currentThread().interrupt();
        }
    }

    /** A body that is interrupted fails only once the request has its answer: what Spring takes is whichever of both comes first. */
    void failsAfterTheAnswer() {
        answered = new CountDownLatch(1);
    }

    void answered() {
        answered.countDown();
    }

    void callbackEnds() {
        callback.countDown();
    }

    static String state(@Nullable ActiveStream stream) {
        return stream == null
                ? "unguarded"
                : stream.streamId() + " holds " + stream.holdsLock() + " fence " + stream.fence() + " chat ["
                        + stream.chatId() + "] aborted "
                        + stream.abortReason().map(Enum::name).orElse("no");
    }

    <E extends ResponseBodyEmitter> E through(E made) {
        emitter = made;
        return made;
    }

    DeferredResult<String> through(DeferredResult<String> made) {
        deferred = made;
        return made;
    }

    /** The application's own callbacks. */
    void listen(ResponseBodyEmitter to) {
        to.onCompletion(() -> MvcApp.say("own", name, "completion"));
        to.onTimeout(() -> MvcApp.say("own", name, "timeout"));
        to.onError(error -> MvcApp.say("own", name, "error " + error));
    }

    void listen(DeferredResult<String> to) {
        to.onCompletion(() -> MvcApp.say("own", name, "completion"));
        to.onTimeout(() -> MvcApp.say("own", name, "timeout"));
        to.onError(error -> MvcApp.say("own", name, "error " + error));
    }

    void word(String word) {
        ResponseBodyEmitter through = emitter;
        if (through == null) {
            words.add(word);
        } else {
            feeder.execute(() -> send(through, word));
        }
    }

    private boolean send(ResponseBodyEmitter through, String word) {
        try {
            through.send(word + "\n");
            return true;
        } catch (IOException | IllegalStateException refused) {
            MvcApp.say("unsent", name, refused);
            return false;
        }
    }

    /** Until the client's absence is noticed, which takes a few packets. */
    void flood() {
        ResponseBodyEmitter through = emitter;
        if (through == null) {
            words.add(FLOOD);
        } else {
            feeder.execute(() -> {
                boolean goesOn = true;
                while (goesOn) {
                    goesOn = send(through, "more");
                }
            });
        }
    }

    void end() {
        ResponseBodyEmitter through = emitter;
        DeferredResult<String> result = deferred;
        if (through != null) {
            feeder.execute(through::complete);
        } else if (result != null) {
            MvcApp.say("set", name, result.setResult("whole"));
        } else {
            words.add(END);
        }
    }

    void fail() {
        ResponseBodyEmitter through = emitter;
        DeferredResult<String> result = deferred;
        IllegalStateException own = new IllegalStateException("own");
        if (through != null) {
            feeder.execute(() -> through.completeWithError(own));
        } else if (result != null) {
            MvcApp.say("set", name, result.setErrorResult(own));
        } else {
            words.add(FAIL);
        }
    }

    /** A body that goes on until the test ends it, or it is interrupted. */
    void run(Sink sink) throws IOException {
        MvcApp.say("running", name, state(ChatStreams.current().orElse(null)));
        try {
            while (true) {
                String word = words.take();
                switch (word) {
                    case END -> {
                        MvcApp.say("ran", name, "to its end");
                        return;
                    }
                    case FAIL -> throw new IllegalStateException("own");
                    case FLOOD -> flood(sink);
                    default -> sink.say(word);
                }
            }
        } catch (InterruptedException interrupt) {
            MvcApp.say("ran", name, "interrupted");
            await(answered);
            throw new IllegalStateException("interrupted", interrupt);
        }
    }

    private void flood(Sink sink) throws IOException {
        try {
            while (true) {
                sink.say("more");
            }
        } catch (IOException gone) {
            MvcApp.say("ran", name, gone);
            throw gone;
        }
    }
}
