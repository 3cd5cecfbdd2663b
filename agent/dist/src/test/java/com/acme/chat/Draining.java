package com.acme.chat;

import dev.chatstream.AbortReason;
import dev.chatstream.ActiveStream;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import java.util.concurrent.CountDownLatch;

/** A chat service with one open stream, whose shutdown hook drains for three seconds. */
public final class Draining {

    private static final CountDownLatch OPEN = new CountDownLatch(1);
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Draining() {}

    /** How it ends: {@code exit}, {@code return} or by a signal from outside. */
    public static void main(String[] arguments) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(Draining::drain));
        Thread.ofPlatform().daemon().start(() -> answer("chat-1"));
        OPEN.await();
        System.out.println("open, owner " + ChatStreams.owner("chat-1").orElse("nobody"));
        switch (arguments[0]) {
            case "exit" -> System.exit(3);
            case "return" -> {}
            default -> NEVER.await();
        }
    }

    @ChatStream(chatId = "#chatId", streamId = "'stream-1'", interruptible = false)
    static void answer(String chatId) {
        ActiveStream stream = ChatStreams.current().orElseThrow();
        stream.onAbort(Draining::aborted);
        try {
            while (!stream.holdsLock()) { // a slow machine may enter before Redis is connected
                Thread.sleep(10);
            }
            OPEN.countDown();
            NEVER.await();
        } catch (InterruptedException interrupted) {
            System.out.println("interrupted");
        }
    }

    private static void aborted(AbortReason reason) {
        System.out.println("aborted " + reason);
    }

    private static void drain() {
        System.out.println("draining");
        try {
            Thread.sleep(3_000);
        } catch (InterruptedException interrupted) {
            System.out.println("draining was interrupted");
        }
        System.out.println("drained, owner " + ChatStreams.owner("chat-1").orElse("nobody"));
    }
}
