package dev.chatstream.demo.tour;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** The method that answers returns a stream, as such services do: it is over before the first word. */
final class OutlivesMethod implements Scene {
    private static final Duration MOMENT = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WORDS = 16;

    @Override
    public String title() {
        return "An answer that outlives its method (a Flux)";
    }

    @Override
    public String promise() {
        return "the lock is held to the last word, not to the method's return";
    }

    @Override
    public Finding without(Stage stage) {
        String chat = stage.chat("flux-plain");
        Answer answer = stage.send(stage.plain1(), chat, "Count to " + WORDS);
        Duration method = stage.awaitReturn(stage.plain1(), chat);
        Duration whole = answer.until(answer.end());
        stage.narrator()
                .say("The last word came " + Say.seconds(whole)
                        + " after the message. A lock that is taken around the method, by an aspect or in a "
                        + "try/finally, would have been given back before the first.");
        return Scene.finding(
                method.compareTo(whole) < 0,
                "the method returned after " + method.toMillis() + " ms, the last word came after " + Say.seconds(whole)
                        + ": a lock around the method guards none of it");
    }

    @Override
    public Finding with(Stage stage) throws IOException {
        String chat = stage.chat("flux");
        int mark = stage.agent1().log().mark();
        Answer answer = stage.send(stage.agent1(), chat, "Count to " + WORDS);
        Duration method = stage.awaitReturn(stage.agent1(), chat);
        String streamId = answer.streamId();
        stage.showLock(chat);
        CompletableFuture<Long> free = CompletableFuture.supplyAsync(
                () -> stage.lock(chat).awaitEnd(streamId, PATIENCE), Thread::startVirtualThread);
        answer.awaitWords(WORDS);
        Duration whole = answer.until(answer.end());
        Duration held = answer.until(free.join());
        stage.showLock(chat);
        stage.showLog(stage.agent1(), mark, streamId);
        return Scene.finding(
                answer.words().size() == WORDS && held.minus(whole).abs().compareTo(MOMENT) <= 0,
                "the method returned after " + method.toMillis() + " ms, the lock stayed for " + Say.seconds(held)
                        + ", to the last word");
    }
}
