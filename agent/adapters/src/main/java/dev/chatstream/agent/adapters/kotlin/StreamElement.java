package dev.chatstream.agent.adapters.kotlin;

import dev.chatstream.agent.core.GuardedStream;
import dev.chatstream.agent.core.GuardedStream.Carried;
import kotlin.coroutines.AbstractCoroutineContextElement;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.ThreadContextElement;

/** The streams that a coroutine runs in: whichever thread it goes on, and what is started in it. */
final class StreamElement extends AbstractCoroutineContextElement implements ThreadContextElement<Carried> {

    private static final class Named implements CoroutineContext.Key<StreamElement> {}

    private static final Named KEY = new Named();

    private final Carried streams;

    StreamElement(Carried streams) {
        super(KEY);
        this.streams = streams;
    }

    @Override
    public Carried updateThreadContext(CoroutineContext context) {
        return GuardedStream.carryAll(streams);
    }

    @Override
    public void restoreThreadContext(CoroutineContext context, Carried before) {
        Carried unused = GuardedStream.carryAll(before);
    }
}
