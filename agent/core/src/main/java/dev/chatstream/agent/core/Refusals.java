package dev.chatstream.agent.core;

import static dev.chatstream.agent.core.Ids.shown;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import dev.chatstream.agent.core.LeaseStore.Failure;
import org.jspecify.annotations.Nullable;

/** What a call hears that is not let in. */
final class Refusals {

    private Refusals() {}

    static Entry.Refusal busy(OpenStream stream, String why, @Nullable String owner) {
        String held = owner == null ? "" : ", held by stream " + shown(owner);
        return new Entry.Busy(
                "chat " + shown(stream.chatId()) + " is busy: " + why + held + request(stream), stream.chatId(), owner);
    }

    static Entry.Refusal unavailable(OpenStream stream, Failure failure) {
        return new Entry.Unavailable(
                "the lock of chat " + shown(stream.chatId()) + " cannot be taken, Redis cannot be reached: "
                        + failure.message() + request(stream),
                stream.chatId());
    }

    static Entry.Refusal aborted(OpenStream stream, AbortReason reason) {
        return new Entry.Aborted(
                "stream " + shown(stream.streamId()) + " was aborted before it began: " + reason + request(stream),
                stream.streamId(),
                reason);
    }

    static Entry.Refusal wasAborted(OpenStream stream, AbortReason reason) {
        return new Entry.Aborted(
                "stream " + shown(stream.streamId()) + " was aborted: " + reason + request(stream),
                stream.streamId(),
                reason);
    }

    static Entry.Refusal joinedAborted(OpenStream outer, AbortReason reason) {
        return new Entry.Aborted(
                "stream " + shown(outer.streamId()) + ", which this call runs in, is aborted: " + reason,
                outer.streamId(),
                reason);
    }

    private static String request(OpenStream stream) {
        String request = stream.identity().call().requestId();
        return request == null ? "" : " (request " + shown(request) + ")";
    }
}
