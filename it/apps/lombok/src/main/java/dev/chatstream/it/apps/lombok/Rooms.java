package dev.chatstream.it.apps.lombok;

import dev.chatstream.ChatStream;
import dev.chatstream.it.apps.Trial;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import lombok.Locked;
import lombok.NonNull;
import lombok.SneakyThrows;
import lombok.Synchronized;

/** The guarded methods, each with code of Lombok's around its body. */
class Rooms {

    private final ReadWriteLock reading = new ReentrantReadWriteLock();

    @ChatStream(chatId = "#request.chatId")
    String data(Requests.Plain request) {
        return Trial.hold(request.getChatId());
    }

    @ChatStream(chatId = "#request.inner.chatId")
    String built(Requests.Built request) {
        return Trial.hold(request.getChatId());
    }

    @ChatStream(chatId = "#request.chatId")
    String fluent(Requests.Fluent request) {
        return Trial.hold(request.chatId());
    }

    @SneakyThrows
    @ChatStream(chatId = "#chat")
    public String sneaky(@NonNull String chat) {
        if (chat.isEmpty()) {
            throw new java.io.IOException("nobody declares it");
        }
        return Trial.hold(chat);
    }

    @Synchronized
    @ChatStream(chatId = "#chat")
    String alone(String chat) {
        return Trial.hold(chat);
    }

    @Locked.Read("reading")
    @ChatStream(chatId = "#chat")
    String locked(String chat) {
        return Trial.hold(chat);
    }
}
