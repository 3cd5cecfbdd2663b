package dev.chatstream.it.apps.lombok;

import lombok.Builder;
import lombok.Data;
import lombok.Getter;
import lombok.RequiredArgsConstructor;
import lombok.Value;
import lombok.experimental.Accessors;

/** What requests look like where Lombok writes their getters. */
final class Requests {

    private Requests() {}

    @Data
    static class Plain {
        private final String chatId;
        private String text = "";
    }

    @Value
    @Builder
    static class Built {
        String chatId;
        Plain inner;
    }

    /** A getter that is called as its field. */
    @Getter
    @Accessors(fluent = true)
    @RequiredArgsConstructor
    static final class Fluent {
        private final String chatId;
    }
}
