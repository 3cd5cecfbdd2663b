package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.Journal;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a stream open for a value that goes on after its method. Never holds the value: what the stream holds is
 * reachable while it is open, and a value that everybody else has forgotten must be found unreachable.
 *
 * <p>Race: the value's end, its being forgotten and whatever else ends it meet in {@code ended}; the first closes.
 */
public final class Outlet {

    private static final String RETURNED = "returned a value";

    /** For people, after the method's name. */
    private final String what;

    private final Entry.Member member;
    private final Passage passage;
    private final Following following;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Cleaner.@Nullable Cleanable forgotten;
    /** Which value may be forgotten: one for each, and never the value itself. */
    private volatile Object watch = new Object();

    /** What still has to come before the member is closed: the method's leaving, and the value's end. */
    private final AtomicInteger awaited;

    /** Of a value that a method is about to return. */
    Outlet(Passage passage, Following following) {
        this(passage, following, passage.entered().member(), RETURNED, 2);
    }

    /** Of a callback that a method is given. */
    static Outlet ofGiven(Passage passage, Following following) {
        return new Outlet(passage, following, passage.entered().member(), "was given a callback", 2);
    }

    /** Of a subscription, which has a stream after the method has left. */
    Outlet(Passage passage, Following following, Entry.Member member) {
        this(passage, following, member, RETURNED, 1);
    }

    Outlet(Passage passage, Following following, Entry.Member member, String what, int awaited) {
        this.what = what;
        this.passage = passage;
        this.following = following;
        this.member = member;
        this.awaited = new AtomicInteger(awaited);
    }

    /** The value is a publisher: it runs when it is subscribed to, and has a stream then. */
    public Publication publication() {
        Publication publication = new Publication(passage, following, member);
        end();
        return publication;
    }

    /** The value is code of the method's: it runs when others call it, and has a stream then. */
    Body body() {
        return new Body(publication(), passage.interruptible());
    }

    /** The same, for code that is at hand. */
    public <T extends @Nullable Object> Callable<T> running(Callable<T> code) {
        Body body = body();
        return () -> body.run(code);
    }

    /**
     * The method has left. Only now may its value end the stream, so that it is never the method's return which waits for
     * the release.
     *
     * <p>Race, a value that is over while its method leaves: whichever of the two comes last lets go.
     */
    void methodLeft() {
        release();
    }

    private void release() {
        if (awaited.decrementAndGet() == 0) {
            member.close();
        }
    }

    /** The value is over. Calling it again does nothing; never blocks. */
    public void end() {
        if (ended.compareAndSet(false, true)) {
            letGo();
        }
    }

    /**
     * The value is over, since whoever read it has left or has had enough of waiting: what feeds it cannot see that by itself,
     * is told, and is not waited for. Calling it after the end does nothing; never blocks.
     */
    public void endSinceConsumerIsGone() {
        if (ended.compareAndSet(false, true)) {
            member.consumerGone(); // before letting go: callbacks keep the lock
            letGo();
        }
    }

    private void letGo() {
        release();
        Cleaner.Cleanable registered = forgotten;
        if (registered != null) {
            registered.clean();
        }
    }

    /** An error of the agent's own: what the value holds is not followed. */
    void failed(Throwable fault) {
        following.ownFault("what the value of " + passage.method() + " holds is not followed", fault);
    }

    /** Whether the value, by its method's signature, holds what is to be exchanged. */
    boolean holdsReplaced() {
        return passage.holdsReplaced();
    }

    /** Whether an object of this type can be returned in place of the method's own. */
    public boolean fits(Class<?> type) {
        return passage.declared().isAssignableFrom(type);
    }

    /**
     * The value is over, and this came of it. Where that goes on so does the stream, if it can be followed from the side:
     * it has been handed out already.
     */
    void endWith(@Nullable Object result, Inner inner) {
        Shape shape = inner.of(result);
        if (result == null || shape == null || shape.isOver(result)) {
            end();
        } else if (shape.replaces()) {
            sayOnce(result);
            end();
        } else {
            watch = new Object(); // from now on it is the result that may be forgotten
            Object unused = shape.follow(result, this);
        }
    }

    /**
     * The value is over, and this came of it, which is about to be handed out. Where that goes on, so does the stream.
     *
     * @return what is to be handed out instead; null: the result itself, and the stream ends with the value
     */
    @Nullable
    Object goesOn(@Nullable Object result) {
        Shape shape = following.inner().of(result);
        if (result == null || shape == null || shape.isOver(result)) {
            return null;
        }
        watch = new Object(); // from now on it is the result that may be forgotten
        return shape.follow(result, this);
    }

    private void sayOnce(Object result) {
        following.sayOnce(
                passage.method() + " inside",
                passage.method() + " returned a future of "
                        + result.getClass().getName()
                        + ", which goes on and is not followed inside of a future yet: its chat is free when"
                        + " the future is done. To keep it, call ChatStreams.current().get().detach() inside, and"
                        + " close that at the end.");
    }

    /** Whether the consumer is to see a Stop as a normal end; other aborts never are one. */
    public boolean completesOnStop() {
        return following.completesOnStop(passage);
    }

    /**
     * For a value that tells nobody how it is.
     *
     * @param settled asked again and again until it answers true; must not hold the value, and not block
     */
    public <T> void lookAt(T value, Predicate<? super T> settled) {
        following.lookout().add(value, settled, this);
    }

    /**
     * What to do to the value on an abort, if it is not over by then, with the exception that its consumer is to see.
     *
     * @param act must not capture the value, which is handed to it while somebody else still has it
     */
    public <T> void onAbort(T value, BiConsumer<? super T, ? super RuntimeException> act) {
        onAbortFor(value, (there, reason) -> act.accept(there, exception(reason)));
    }

    /** The same, for whoever makes a difference between the reasons. */
    public <T> void onAbortFor(T value, BiConsumer<? super T, AbortReason> act) {
        WeakReference<T> held = new WeakReference<>(value);
        member.whenAborted(reason -> {
            T there = held.get();
            if (there != null && !ended.get()) {
                act.accept(there, reason);
            }
        });
    }

    /** Ends the stream, with a WARN, once nobody can reach the value any more. */
    public void endIfForgotten(Object value) {
        Object mine = watch;
        Cleaner.Cleanable registered = following.cleaner().register(value, () -> endForgotten(mine));
        forgotten = registered;
        if (ended.get()) {
            registered.clean(); // race: the value ended before end() could see it
        }
    }

    private void endForgotten(Object watched) {
        if (watched.equals(watch)) {
            endForgotten();
        }
    }

    void endForgotten() {
        if (ended.compareAndSet(false, true)) {
            following
                    .journal()
                    .tell(
                            Journal.Level.WARN,
                            "forgotten",
                            passage.method() + " " + what + " that everybody forgot before its end: it no longer"
                                    + " holds its chat.",
                            null);
            release();
        }
    }

    /** What the consumer of the value is to see of an abort. */
    public RuntimeException exception(AbortReason reason) {
        String message = "The stream of " + passage.method() + " was aborted: " + reason;
        return passage.exception(new Entry.Aborted(message, member.stream().streamId(), reason));
    }
}
