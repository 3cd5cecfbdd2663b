package dev.chatstream.agent.shapes;

import org.jspecify.annotations.Nullable;

/** What another value holds, as a shape around it asks. */
interface Inner {

    /** The shape of it; null: it is not followed, or there is none. */
    @Nullable
    Shape of(@Nullable Object held);
}
