package dev.chatstream.it.apps;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** One call of the test's, and what its consumer has been told. */
public final class Call {

    private final String name;
    private final String chatId;
    private final String prompt;
    private final AtomicInteger heard = new AtomicInteger();
    private final CompletableFuture<Optional<Throwable>> end = new CompletableFuture<>();
    private volatile Runnable cancel = () -> {};
    private volatile boolean cancelled;

    Call(String name, String chatId, String prompt) {
        this.name = name;
        this.chatId = chatId;
        this.prompt = prompt;
    }

    public String getName() {
        return name;
    }

    public String getChatId() {
        return chatId;
    }

    /** The user's message, by which the model knows the call. */
    public String getPrompt() {
        return prompt;
    }

    /** The consumer gets a token; the test is told of the first. */
    public void hear(String token) {
        if (!token.isEmpty() && heard.incrementAndGet() == 1) {
            Desk.say("heard", name, token);
        }
    }

    /** Another consumer of what the call returned. */
    public Call again() {
        return new Call(name + "-again", chatId, prompt);
    }

    /** How the consumer lets go of what it reads. */
    public void cancelledBy(Runnable by) {
        cancel = by;
        if (cancelled) { // race, whoever cancels has come before this: either sees the other
            by.run();
        }
    }

    /** The consumer wants no more, and so there is no signal. */
    public void cancel() {
        cancelled = true;
        cancel.run();
        end.complete(Optional.empty());
    }

    /** How many tokens the consumer got. */
    public int heard() {
        return heard.get();
    }

    /** A consumer that is called back is told that it was all. */
    public void done() {
        Desk.say("signal", name, "done");
        end.complete(Optional.empty());
    }

    /** A consumer that is called back is told of a failure. */
    public void failed(Throwable failure) {
        Desk.say("signal", name, Desk.told(failure));
        end.complete(Optional.of(failure));
    }

    /** Until a consumer that is called back has been told the end. */
    public String awaitEnd() throws Exception {
        Optional<Throwable> failure = end.get();
        if (failure.isEmpty()) {
            return heard() + " tokens";
        }
        throw failure.get() instanceof Exception own ? own : new IllegalStateException(failure.get());
    }
}
