package dev.chatstream.it.place;

import dev.chatstream.ActiveStream;
import dev.chatstream.ChatStreams;

/** What the application is told by the API, where it has it. */
final class Streams {

    private static final String WITHOUT_API = "without-api";

    private Streams() {}

    static String current() {
        try {
            return ChatStreams.current().map(Streams::told).orElse("unguarded");
        } catch (NoClassDefFoundError notThere) {
            return WITHOUT_API;
        }
    }

    static String abortReason() {
        try {
            return ChatStreams.current()
                    .flatMap(ActiveStream::abortReason)
                    .map(Enum::name)
                    .orElse("by nobody");
        } catch (NoClassDefFoundError notThere) {
            return WITHOUT_API;
        }
    }

    static String isAgentActive() {
        try {
            return Boolean.toString(ChatStreams.isAgentActive());
        } catch (NoClassDefFoundError notThere) {
            return WITHOUT_API;
        }
    }

    private static String told(ActiveStream stream) {
        return stream.streamId() + " holds " + stream.holdsLock() + " fence " + stream.fence() + " chat ["
                + stream.chatId() + "] aborted "
                + stream.abortReason().map(Enum::name).orElse("no");
    }
}
