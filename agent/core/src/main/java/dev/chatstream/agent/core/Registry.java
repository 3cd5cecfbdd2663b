package dev.chatstream.agent.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All streams of this JVM, open or waiting, by stream id and by chat. */
final class Registry {

    /** Several streams may have one id: the application gives it. */
    private final Map<String, List<OpenStream>> byStreamId = new ConcurrentHashMap<>();

    private final Map<String, Chat> chats = new ConcurrentHashMap<>();
    private final int maxWaiters;

    Registry(int maxWaiters) {
        this.maxWaiters = maxWaiters;
    }

    void add(OpenStream stream) {
        byStreamId.merge(stream.streamId(), List.of(stream), Registry::both);
    }

    private static List<OpenStream> both(List<OpenStream> some, List<OpenStream> more) {
        List<OpenStream> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    void remove(OpenStream stream) {
        byStreamId.computeIfPresent(stream.streamId(), (id, streams) -> without(streams, stream));
    }

    private static @Nullable List<OpenStream> without(List<OpenStream> streams, OpenStream gone) {
        List<OpenStream> left =
                streams.stream().filter(stream -> stream != gone).toList();
        return left.isEmpty() ? null : left;
    }

    List<OpenStream> byStreamId(String streamId) {
        return byStreamId.getOrDefault(streamId, List.of());
    }

    boolean isEmpty() {
        return byStreamId.isEmpty();
    }

    void forEach(Consumer<OpenStream> action) {
        for (List<OpenStream> streams : byStreamId.values()) {
            streams.forEach(action);
        }
    }

    Chat chat(String chatId) {
        return chats.computeIfAbsent(chatId, id -> {
            Chat[] self = new Chat[1];
            self[0] = new Chat(maxWaiters, () -> chats.remove(id, self[0]));
            return self[0];
        });
    }

    @Nullable
    Chat chatIfAny(String chatId) {
        return chats.get(chatId);
    }

    /** The stream that is open in this chat in this JVM. */
    @Nullable
    OpenStream holderOf(String chatId) {
        Chat chat = chats.get(chatId);
        return chat == null ? null : chat.open();
    }
}
