package dev.chatstream;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that streams into a chat: while it runs, no second such method runs for the same chat, in this JVM
 * or in any other that shares the Redis.
 *
 * <p>The lock is taken before the method's body runs and given back when the method returns or throws; for a method
 * that returns a stream or a future, on its last signal. A call for a chat that is busy does what {@link #onBusy()}
 * says. On an event loop, which must not wait, a method that returns a publisher takes the lock when the publisher is
 * subscribed to, and any other method gets one attempt of at most 100 ms, as under {@link OnBusy#REJECT}.
 *
 * <p>The annotation counts for every overriding or implementing method that has none of its own. A call for the same
 * chat from inside an open stream of that chat joins it. Constructors and lambdas cannot be guarded. Without the
 * agent the annotation means nothing.
 *
 * <p><b>Expressions.</b> {@link #chatId()}, {@link #streamId()} and {@link #requestId()} are expressions over the
 * parameters, a subset of what {@code @Cacheable} takes:
 *
 * <ul>
 *   <li>{@code #name} or {@code #p0} for a parameter; names need {@code -parameters} or debug information
 *   <li>then any of {@code .property} (accessor, getter, field or map key), {@code ['key']} and {@code ?.}
 *   <li>literals in single quotes, and {@code +}; no method calls
 * </ul>
 *
 * <p>For example {@code "#request.chatId"}, {@code "#p0?.chat['id']"}, {@code "'room-' + #room"}. A value that is not
 * a String is taken by {@link String#valueOf(Object)}. An expression that cannot work is reported, with its position,
 * in the agent's log when the class is loaded, and the method stays as it was; one that throws at a call counts as
 * null.
 */
// Not @Inherited: for methods it would mean nothing. RUNTIME, though the agent reads class files and CLASS would do:
// the
// application's own tools (ArchUnit rules, tests, aspects) can then see by reflection which methods are guarded.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ChatStream {
    /**
     * The chat: an expression. Empty: the parameter that is annotated {@link ChatId}.
     *
     * <p>Where it gives null, a blank text or more than 4 KiB of UTF-8, the agent's setting {@code on-missing-chat-id}
     * decides: the call runs without a lock (the default), or throws {@link IllegalArgumentException}.
     *
     * @return the expression
     */
    String chatId() default "";

    /**
     * The stream's own id, by which {@link ChatStreams#abort(String)} stops it: an expression. Empty, or where it
     * gives null or a blank text: the agent makes a unique one.
     *
     * <p>An id that the application gives should be unique to the message. A call whose stream id already holds the
     * chat, or waits for it in this JVM, is taken as the same message sent twice: {@link ChatBusyException} at once,
     * whatever {@link #onBusy()} says.
     *
     * @return the expression
     */
    String streamId() default "";

    /**
     * An id for log lines, events and errors only, so that they can be matched to a request: an expression. Empty, or
     * where it gives null or a blank text: none.
     *
     * @return the expression
     */
    String requestId() default "";

    /**
     * What a call does whose chat is busy.
     *
     * @return the policy
     */
    OnBusy onBusy() default OnBusy.DEFAULT;

    /**
     * How long a call waits at most for a busy chat, under {@link OnBusy#WAIT} and {@link OnBusy#SUPERSEDE}: {@code
     * "5s"}, {@code "200ms"}, {@code "PT5S"}; from 0 to 10 minutes. Empty, or where the text is none of these (said
     * once in the agent's log): the agent's setting {@code acquire-timeout}.
     *
     * @return the time
     */
    String acquireTimeout() default "";

    /**
     * What happens to a running stream whose lock is lost to somebody else.
     *
     * @return the policy
     */
    OnLost onLost() default OnLost.DEFAULT;

    /**
     * How the consumer of a returned stream sees a Stop. Methods that return a plain value, a future or nothing are not
     * concerned.
     *
     * @return the policy
     */
    OnStop onStop() default OnStop.DEFAULT;

    /**
     * Whether an abort interrupts the thread that is inside the method, where the method blocks. The interrupt comes
     * at most while the thread is inside, and no interrupt flag is left behind when it leaves.
     *
     * @return {@code false}: an abort never interrupts; the code asks {@link ActiveStream#isAborted()}
     */
    boolean interruptible() default true;
}
