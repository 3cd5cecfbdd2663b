package dev.chatstream.agent.instrument;

import org.jspecify.annotations.Nullable;

/** What class files call the parts of the API. The agent never links to them: applications bring copies of their own. */
final class Api {

    static final String ANNOTATION = "Ldev/chatstream/ChatStream;";
    static final String CHAT_ID = "Ldev/chatstream/ChatId;";

    /** Its presence tells whether a class loader sees the API at all. */
    static final String ANNOTATION_FILE = "dev/chatstream/ChatStream.class";

    static final String BRIDGE = "dev/chatstream/Bridge";
    static final String BRIDGE_METHOD =
            "call(Ljava/lang/String;Ljava/lang/Object;Ljava/lang/Object;)Ljava/lang/Object;";

    static final String DISPATCHER = "java/lang/ChatStreamDispatcher";

    static final int CONFLICT = 409;
    static final int UNAVAILABLE = 503;

    private Api() {}

    /** What an exception of the API's means to {@link SpringStatus}; null: the type is none. */
    static @Nullable String springStatusOf(String type) {
        return switch (type) {
            case "dev/chatstream/ChatBusyException", "dev/chatstream/ChatAbortedException" -> "CONFLICT";
            case "dev/chatstream/ChatLockUnavailableException" -> "SERVICE_UNAVAILABLE";
            default -> null;
        };
    }

    /** The same over HTTP; 0: the type is none. */
    static int statusOf(String className) {
        return switch (className) {
            case "dev.chatstream.ChatBusyException", "dev.chatstream.ChatAbortedException" -> CONFLICT;
            case "dev.chatstream.ChatLockUnavailableException" -> UNAVAILABLE;
            default -> 0;
        };
    }
}
