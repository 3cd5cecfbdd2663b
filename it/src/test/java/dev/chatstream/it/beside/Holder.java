package dev.chatstream.it.beside;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Holds a chat, on a thread of its own, until it is let go. */
final class Holder {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    private final FutureTask<String> call;

    Holder(Service service, String chat) throws InterruptedException {
        call = new FutureTask<>(() -> service.answer(chat, "holder-of-" + chat, () -> {
            entered.countDown();
            end.await();
            return "held";
        }));
        Thread.ofPlatform().daemon().start(call);
        entered.await();
    }

    /** Lets it go and waits for its end. */
    void end() throws InterruptedException, ExecutionException {
        end.countDown();
        call.get();
    }

    /** Until a call on that thread waits for its chat. */
    static void awaitWaiting(Thread thread) {
        while (!waits(thread)) {
            Thread.onSpinWait();
        }
    }

    /** Within the agent, and not running. */
    private static boolean waits(Thread thread) {
        if (thread.getState() == Thread.State.TIMED_WAITING) {
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (frame.getClassName().equals("java.lang.ChatStreamDispatcher")) {
                    return true;
                }
            }
        }
        return false;
    }
}
