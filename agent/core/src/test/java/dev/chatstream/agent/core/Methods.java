package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

/** Calls of guarded methods on the calling thread, as woven ones make them. */
final class Methods {

    static final Call.Rule RULE = new Call.Rule("Chat#stream", null, null, null, true);
    static final Call.Rule UNINTERRUPTIBLE = new Call.Rule("Chat#save", null, null, null, false);

    private Methods() {}

    static Call call(@Nullable String chatId) {
        return call(RULE, chatId);
    }

    static Call call(Call.Rule rule, @Nullable String chatId) {
        return new Call(rule, chatId, null, null);
    }

    /** The way in that does not block. */
    static Admission admit(StreamGuard guard, Call call, String chatId) {
        return guard.entrance().admit(guard.engine().streamFor(call, chatId));
    }

    static Entry.Entered enter(StreamGuard guard, @Nullable String chatId) {
        return enter(guard, call(chatId));
    }

    static Entry.Entered enter(StreamGuard guard, Call call) {
        return in(guard.enter(call));
    }

    static Entry.Entered in(Entry entry) {
        assertThat(entry).isInstanceOf(Entry.Entered.class);
        return (Entry.Entered) entry;
    }
}
