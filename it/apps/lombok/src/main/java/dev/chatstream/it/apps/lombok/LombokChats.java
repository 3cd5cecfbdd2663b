package dev.chatstream.it.apps.lombok;

import dev.chatstream.ChatStream;
import dev.chatstream.it.apps.Trial;
import lombok.RequiredArgsConstructor;
import lombok.experimental.Delegate;

/** Tries each method once. */
public final class LombokChats {

    private LombokChats() {}

    /** What is annotated, and delegated to. */
    interface Talk {
        @ChatStream(chatId = "#p0")
        String talk(String chat);
    }

    static final class Talking implements Talk {
        @Override
        public String talk(String chat) {
            return Trial.hold(chat);
        }
    }

    @RequiredArgsConstructor
    static final class Front implements Talk {
        @Delegate
        private final Talk behind;

        @Delegate
        private final Rooms rooms = new Rooms();
    }

    public static void main(String[] arguments) throws Exception {
        Rooms rooms = new Rooms();
        Front front = new Front(new Talking());
        Trial.of("data", chat -> rooms.data(new Requests.Plain(chat)));
        Trial.of("built", chat -> rooms.built(built(chat)));
        Trial.of("fluent", chat -> rooms.fluent(new Requests.Fluent(chat)));
        Trial.of("sneaky", rooms::sneaky);
        Trial.of("synchronized", rooms::alone);
        Trial.of("locked", rooms::locked);
        Trial.of("delegated", front::sneaky);
        Trial.of("delegated-interface", front::talk);
        Trial.say("thrown", thrown(rooms));
    }

    private static Requests.Built built(String chat) {
        return Requests.Built.builder()
                .chatId(chat)
                .inner(new Requests.Plain(chat))
                .build();
    }

    private static String thrown(Rooms rooms) {
        try {
            return rooms.sneaky("");
        } catch (Throwable thrown) {
            return thrown.toString();
        }
    }
}
