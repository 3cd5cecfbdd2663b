package dev.chatstream.agent.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The places of all chats that have anybody in this JVM, and the handing over of a place to the next one. */
final class Places {

    private final Map<String, Chat> chats = new ConcurrentHashMap<>();
    private final int maxWaiters;

    Places(int maxWaiters) {
        this.maxWaiters = maxWaiters;
    }

    private Chat chat(String chatId) {
        return chats.computeIfAbsent(chatId, id -> {
            Chat[] self = new Chat[1];
            self[0] = new Chat(maxWaiters, () -> chats.remove(id, self[0]));
            return self[0];
        });
    }

    Chat.Placed enter(Admission admission) {
        while (true) { // each turn finds a chat that was retired meanwhile, and then a new one
            Chat.Placed placed = chat(admission.stream().chatId()).enter(admission);
            if (!(placed instanceof Chat.Placed.Retired)) {
                return placed;
            }
        }
    }

    boolean opened(Admission admission) {
        Chat chat = chats.get(admission.stream().chatId());
        return chat != null && chat.opened(admission);
    }

    @Nullable
    OpenStream overrule(Admission admission) {
        Chat chat = chats.get(admission.stream().chatId());
        return chat == null ? null : chat.overrule(admission);
    }

    /** Whether the call went back to the queue, behind the superseder that has its place now. */
    boolean stepBack(Admission admission) {
        Chat chat = chats.get(admission.stream().chatId());
        Chat.Next next = chat == null ? null : chat.stepBack(admission);
        if (chat == null || next == null) {
            return false;
        }
        handOver(chat, next);
        return true;
    }

    /** Whether the stream had the place in its chat; whoever waits for it goes on. */
    boolean leave(OpenStream stream) {
        Chat chat = stream.chatId().isEmpty() ? null : chats.get(stream.chatId());
        if (chat == null) {
            return false;
        }
        return switch (chat.leave(stream)) {
            case Chat.Left.Nothing nothing -> false;
            case Chat.Left.Vacated vacated -> {
                if (vacated.next() != null) {
                    handOver(chat, vacated.next());
                }
                yield true;
            }
        };
    }

    private static void handOver(Chat chat, Chat.Next next) {
        chat.handOvers().run(() -> next.admission().granted(next.afterPause()));
    }

    /** The stream that is open in this chat in this JVM. */
    @Nullable
    OpenStream holderOf(String chatId) {
        Chat chat = chats.get(chatId);
        return chat == null ? null : chat.open();
    }
}
