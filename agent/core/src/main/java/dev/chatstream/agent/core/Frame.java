package dev.chatstream.agent.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A guarded method that runs on the thread which made this: one member of its stream. */
final class Frame implements Entry.Entered {

    private final OpenStream stream;
    private final boolean opener;
    private final long patience;
    private final Scope scope;
    private final InterruptGate.Pass pass;

    /**
     * @param opener whether this method opened the stream; otherwise it joined
     * @param patience nanoseconds that the return of the last member waits for the release at most
     */
    Frame(OpenStream stream, boolean opener, boolean interruptible, long patience) {
        this.stream = stream;
        this.opener = opener;
        this.patience = patience;
        this.scope = Scope.enter(stream);
        this.pass = stream.passes().enter(scope.gate(), interruptible);
    }

    @Override
    public GuardedStream stream() {
        return stream;
    }

    /** Where the stream was ended from elsewhere, the member keeps nothing open. */
    @Override
    public Entry.Member member() {
        Membership member = new Membership(stream);
        if (!stream.join()) {
            member.set(true);
        }
        return member;
    }

    @Override
    public void leave() {
        await(depart());
    }

    @Override
    public void fail() {
        if (opener) {
            stream.detachments().abandon(); // nothing that it detached goes on
        }
        await(depart());
    }

    /** Leaves without waiting for the store's answer. */
    CompletableFuture<?> depart() {
        stream.passes().leave(pass);
        scope.leave();
        return stream.depart();
    }

    /** So that whoever sees the method return finds the chat free; an interrupt ends the wait and is kept. */
    private void await(CompletableFuture<?> released) {
        if (released.isDone()) {
            return;
        }
        try {
            released.get(patience, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException late) {
            // the release is repeated by the heartbeat; the method has waited for as long as was promised
        }
    }
}
