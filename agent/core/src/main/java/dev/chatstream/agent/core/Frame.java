package dev.chatstream.agent.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A guarded method that runs on the thread which made this: one member of its stream. */
final class Frame implements Entry.Entered {

    /** How a method came into its stream. */
    enum Part {
        OPENER,
        JOINED
    }

    private final Entrance entrance;
    private final OpenStream stream;
    private final Part part;
    private final Call call;
    private final boolean onEventLoop;
    private final Scope scope;
    private final InterruptGate.Pass pass;

    /** @param onEventLoop whether the thread must not block: then it is not interrupted either, which may close its channels */
    Frame(Entrance entrance, OpenStream stream, Part part, Call call, boolean onEventLoop) {
        this.entrance = entrance;
        this.stream = stream;
        this.part = part;
        this.call = call;
        this.onEventLoop = onEventLoop;
        this.scope = Scope.enter(stream);
        this.pass = stream.passes().enter(scope.gate(), call.rule().interruptible() && !onEventLoop);
    }

    @Override
    public GuardedStream stream() {
        return stream;
    }

    @Override
    public Entry.Member member() {
        return Membership.join(entrance, stream, part == Part.JOINED ? call : null);
    }

    @Override
    public void leave() {
        await(depart());
    }

    @Override
    public void fail() {
        if (part == Part.OPENER) {
            stream.detachments().abandon(); // nothing that it detached goes on
        }
        await(depart());
    }

    /** Leaves without waiting for the store's answer. */
    CompletableFuture<?> depart() {
        boolean suspended = BlockingDetection.suspend(onEventLoop);
        try {
            stream.passes().leave(pass);
            scope.leave();
            return stream.depart();
        } finally {
            BlockingDetection.resume(suspended);
        }
    }

    /** So that whoever sees the method return finds the chat free; an interrupt ends the wait and is kept. */
    private void await(CompletableFuture<?> released) {
        if (released.isDone() || onEventLoop) {
            return;
        }
        long patience = entrance.engine().settings().commandTimeout().toNanos();
        try {
            released.get(patience, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException late) {
            // the release is repeated by the heartbeat; the method has waited for as long as was promised
        }
    }
}
