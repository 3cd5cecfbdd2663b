package dev.chatstream.agent.core;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The places of all chats that have anybody in this JVM, and the handing over of a place to the next one. */
final class Places {

    private final Map<String, Chat> chats = new ConcurrentHashMap<>();
    private final int maxWaiters;
    private final Consumer<? super Throwable> faults;

    Places(int maxWaiters, Consumer<? super Throwable> faults) {
        this.maxWaiters = maxWaiters;
        this.faults = faults;
    }

    private Chat chat(String chatId) {
        return chats.computeIfAbsent(chatId, id -> new Chat(this, id));
    }

    /** Nobody of this JVM has to do with the chat any more. */
    void retired(String chatId, Chat chat) {
        chats.remove(chatId, chat);
    }

    String tooMany() {
        return "as many calls as max-waiters allows (" + maxWaiters + ") wait for it";
    }

    int maxWaiters() {
        return maxWaiters;
    }

    Trampoline trampoline() {
        return new Trampoline(faults);
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
        Chat chat = find(admission.stream().chatId());
        return chat != null && chat.opened(admission);
    }

    @Nullable
    OpenStream overrule(Admission admission) {
        Chat chat = find(admission.stream().chatId());
        return chat == null ? null : chat.overrule(admission);
    }

    /** Puts the call back into the queue, behind the superseder that has its place now; what lets that one go on, or null. */
    @Nullable
    Runnable stepBack(Admission admission) {
        Chat chat = find(admission.stream().chatId());
        Chat.Next next = chat == null ? null : chat.stepBack(admission);
        return chat == null || next == null ? null : () -> handOver(chat, next);
    }

    /** It has turned out that the chat is another's, here or elsewhere: those that do not want to wait hear it. */
    void taken(String chatId) {
        Chat chat = find(chatId);
        if (chat != null) {
            chat.impatient().forEach(Admission::stillQueued);
        }
    }

    boolean isUndecided(String chatId) {
        Chat chat = find(chatId);
        return chat != null && chat.isUndecided();
    }

    /** The call waits from now on, which may be one more than max-waiters allows. */
    void refuseOneTooMany(Admission admission) {
        Chat chat = find(admission.stream().chatId());
        Admission last = chat == null ? null : chat.oneTooMany(admission);
        if (chat != null && last != null) {
            last.decision().busy(tooMany(), chat.ownerId());
        }
    }

    /** Whether the stream had the place in its chat; whoever waits for it goes on. */
    boolean leave(OpenStream stream) {
        Chat chat = stream.chatId().isEmpty() ? null : find(stream.chatId());
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
        Chat chat = find(chatId);
        return chat == null ? null : chat.open();
    }

    /** The id of whoever holds the chat, as far as it is known without asking the store. */
    @Nullable
    String ownerOf(String chatId) {
        Chat chat = find(chatId);
        return chat == null ? null : chat.ownerId();
    }

    /** Null: nobody of this JVM has to do with the chat. */
    @Nullable
    Chat find(String chatId) {
        return chats.get(chatId);
    }
}
