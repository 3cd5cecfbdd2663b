package dev.chatstream.agent.core;

import java.time.Duration;

/**
 * What the engine is told at start. Ranges and relations of the values are the business of whoever reads them; here they
 * are taken as valid.
 *
 * @param lockTtl how long a lock lives after its last renewal
 * @param heartbeat how long after one renewal the next is due
 * @param abortPoll the tick: abort markers are looked up, and what failed is tried again, once in each
 * @param commandTimeout how long the store takes for an answer at most; at most a third of the TTL
 * @param acquireTimeout how long a call waits for a busy chat at most, where its own rule does not say
 * @param maxWaiters how many calls wait for one chat in this JVM
 * @param abortGrace how long an aborted stream keeps its lock at most
 * @param maxHold how long a stream may run; zero: for ever
 * @param subscribeTimeout how long a stream waits for somebody to subscribe to what its method has returned
 * @param statsInterval how often a line tells what has happened, where anything has; zero: never
 * @param mode at start; {@link StreamGuard#switchTo} changes it
 */
public record GuardSettings(
        Duration lockTtl,
        Duration heartbeat,
        Duration abortPoll,
        Duration commandTimeout,
        Duration acquireTimeout,
        int maxWaiters,
        Duration abortGrace,
        Duration maxHold,
        Duration subscribeTimeout,
        Duration statsInterval,
        OnBusy onBusy,
        OnLost onLost,
        OnRedisDown onRedisDown,
        OnMissingChatId onMissingChatId,
        Mode mode) {

    /** How long a chat's record outlives its lock: the same on every pod, so not a setting. */
    public static final Duration KEEP = Duration.ofHours(1);

    /** What a call does that finds its chat busy. */
    public enum OnBusy {
        WAIT,
        REJECT,
        SUPERSEDE
    }

    /** What becomes of a stream whose lock is lost. */
    public enum OnLost {
        ABORT,
        CONTINUE
    }

    /** What becomes of calls and leases while Redis cannot be reached. */
    public enum OnRedisDown {
        DEGRADE,
        REJECT
    }

    /** What becomes of a call without a usable chat id. */
    public enum OnMissingChatId {
        PASS,
        REJECT
    }

    /** Whether anything is enforced at all. */
    public enum Mode {
        ENFORCE,
        /** Free locks are taken and kept; nothing waits, is refused, or is aborted but by Stop and shutdown. */
        OBSERVE,
        /** Calls pass untouched. What is open when it is switched on goes on as under observe. */
        OFF
    }
}
