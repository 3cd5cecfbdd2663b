package dev.chatstream.it.apps.webflux;

import dev.chatstream.it.apps.Desk;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.blockhound.BlockHound;
import reactor.core.scheduler.Schedulers;

/** Says where the agent blocks a thread that must not be blocked. Whatever blocks in the application is its own affair. */
final class Blocking {

    private static final AtomicInteger SEEN = new AtomicInteger();

    private Blocking() {}

    static void watch() {
        BlockHound.builder()
                .loadIntegrations()
                .blockingMethodCallback(method -> {
                    SEEN.incrementAndGet();
                    StackTraceElement[] stack = new Throwable().getStackTrace();
                    if (isTheAgents(stack)) {
                        Desk.say("blocked", "-", method + " in " + Arrays.toString(stack));
                    }
                })
                .install();
    }

    /** Nobody but the JDK stands between what blocks and the agent. */
    private static boolean isTheAgents(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            boolean between = name.startsWith("java.")
                    || name.startsWith("jdk.")
                    || name.startsWith("sun.")
                    || name.startsWith("reactor.blockhound.")
                    || name.startsWith(Blocking.class.getName());
            if (!between) {
                return name.startsWith("dev.chatstream.agent.");
            }
        }
        return false;
    }

    /** Whether it sees what blocks. */
    static boolean isSeen() throws ExecutionException, InterruptedException {
        int before = SEEN.get();
        CompletableFuture<String> slept = new CompletableFuture<>();
        var unused = Schedulers.parallel().schedule(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(1);
                slept.complete("");
            } catch (Throwable thrown) {
                slept.completeExceptionally(thrown);
            }
        });
        slept.get();
        return SEEN.get() > before;
    }
}
