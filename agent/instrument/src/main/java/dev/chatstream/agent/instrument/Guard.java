package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Call;
import dev.chatstream.agent.core.Entry;

/** What a woven method asks before its body runs. */
interface Guard {

    /** As {@link dev.chatstream.agent.core.StreamGuard#enter}. */
    Entry enter(Call call);

    /** As {@link dev.chatstream.agent.core.StreamGuard#enterSuspended}. */
    default Entry enterSuspended(Call call) {
        throw new UnsupportedOperationException("nothing suspends here");
    }

    /** Whether calls are to pass untouched: nothing of theirs is looked at. */
    default boolean isOff() {
        return false;
    }
}
