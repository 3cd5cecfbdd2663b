package dev.chatstream.it.beside;

import dev.chatstream.ChatId;
import dev.chatstream.ChatStream;
import dev.chatstream.ChatStreams;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Guarded in several classes; counts what goes on in their bodies. */
final class MeddledChats {

    static final List<String> TYPES = List.of(
            "dev.chatstream.it.beside.MeddledChats$First",
            "dev.chatstream.it.beside.MeddledChats$Second",
            "dev.chatstream.it.beside.MeddledChats$Third",
            "dev.chatstream.it.beside.MeddledChats$Fourth");

    static final AtomicInteger UNGUARDED = new AtomicInteger();
    static final AtomicInteger TOGETHER = new AtomicInteger();
    private static final AtomicInteger SHARED = new AtomicInteger();

    private MeddledChats() {}

    private static String body(String chat) {
        if (ChatStreams.current().filter(now -> now.chatId().equals(chat)).isEmpty()) {
            UNGUARDED.incrementAndGet();
        }
        if (chat.equals("shared")) {
            if (SHARED.incrementAndGet() > 1) {
                TOGETHER.incrementAndGet();
            }
            SHARED.decrementAndGet();
        }
        return chat;
    }

    /** One call of each. */
    static void callAll(String chat) {
        First.ask(chat);
        new Second().ask(chat, 1L, 2.0);
        new Third().ask(chat);
        new Fourth().ask(chat);
    }

    static final class First {
        private First() {}

        @ChatStream
        static String ask(@ChatId String chat) {
            return body(chat);
        }
    }

    static class Second {
        @ChatStream
        double ask(@ChatId String chat, long more, double most) {
            return body(chat).length() + more * most;
        }

        String other(String text) {
            return text + " is not guarded " + text.length();
        }
    }

    interface Asked {
        @ChatStream
        String ask(@ChatId String chat);
    }

    static class Third implements Asked {
        @Override
        public String ask(String chat) {
            try {
                return body(chat);
            } catch (IllegalStateException never) {
                return "never";
            }
        }
    }

    static class Fourth extends Third {
        @Override
        public String ask(String chat) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 3; i++) {
                text.append(i);
            }
            return body(chat) + text;
        }
    }
}
