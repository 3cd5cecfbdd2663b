package dev.chatstream.agent.core;

import java.time.Duration;
import java.util.Optional;

/** What others see and do of the same locks: an operator, or a pod that keeps no records. */
public interface Outside {

    Optional<String> lock(String chatId);

    Duration lockLeft(String chatId);

    Duration recordLeft(String chatId);

    /** Takes the lock if it is free, as an original Node.js pod does; false: it is not. */
    boolean takeAsPlainPod(String chatId, String streamId, Duration ttl);

    void deleteLock(String chatId);

    void deleteRecord(String chatId);

    boolean marked(String streamId);

    Duration markerLeft(String streamId);

    /** Sets the abort marker of a stream, as an original Node.js pod does. */
    void mark(String streamId);
}
