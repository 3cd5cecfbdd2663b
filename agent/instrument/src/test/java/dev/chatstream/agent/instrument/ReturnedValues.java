package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardedStream.AbortReason;
import org.junit.jupiter.api.AfterEach;

/** What a woven method returns, and what becomes of its stream. */
abstract class ReturnedValues {

    final Woven woven;
    final Application application = new Application();
    final Object methods;

    ReturnedValues(Woven woven) throws Exception {
        this.woven = woven;
        this.methods = application.create("Streams");
    }

    @AfterEach
    void close() {
        woven.close();
    }

    /** What the caller of this method gets where it returns that. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    final <T> T call(String method, Object next) throws Exception {
        methods.getClass().getField("next").set(methods, next);
        return (T) Application.call(methods, method, "c");
    }

    final void isOpen() {
        assertThat(woven.engine.only().events).containsExactly("hold", "leave");
    }

    final void isOver() {
        assertThat(woven.engine.only().events).containsExactly("hold", "leave", "released");
        assertThat(woven.said()).isEmpty();
    }

    final void abort() {
        woven.engine.visits.forEach(visit -> visit.abort(AbortReason.STOPPED));
    }
}
