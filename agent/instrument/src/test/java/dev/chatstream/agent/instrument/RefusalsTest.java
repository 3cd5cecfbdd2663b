package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chatstream.AbortReason;
import dev.chatstream.ChatAbortedException;
import dev.chatstream.ChatBusyException;
import dev.chatstream.ChatLockUnavailableException;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.GuardedStream;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A call that is refused throws")
class RefusalsTest {

    private final Woven woven = Woven.installed();
    private final Application application = new Application();

    @AfterEach
    void close() {
        woven.close();
    }

    @Test
    void chatBusyExceptionOfTheApplicationsApi() {
        woven.engine.answers(call -> new Entry.Busy("busy", "c", "s"));
        ChatBusyException thrown = catchThrowableOfType(ChatBusyException.class, this::call);
        assertThat(thrown).hasMessage("busy");
        assertThat(thrown.chatId()).isEqualTo("c");
        assertThat(thrown.ownerStreamId()).contains("s");
        woven.engine.answers(call -> new Entry.Busy("busy", "c", null));
        assertThat(catchThrowableOfType(ChatBusyException.class, this::call).ownerStreamId())
                .isEmpty();
    }

    @Test
    void chatLockUnavailableException() {
        woven.engine.answers(call -> new Entry.Unavailable("Redis is away", "c"));
        ChatLockUnavailableException thrown = catchThrowableOfType(ChatLockUnavailableException.class, this::call);
        assertThat(thrown).hasMessage("Redis is away");
        assertThat(thrown.chatId()).contains("c");
    }

    @Test
    void chatAbortedException() {
        woven.engine.answers(call -> new Entry.Aborted("stopped", "s", GuardedStream.AbortReason.SHUTDOWN));
        ChatAbortedException thrown = catchThrowableOfType(ChatAbortedException.class, this::call);
        assertThat(thrown).hasMessage("stopped");
        assertThat(thrown.streamId()).isEqualTo("s");
        assertThat(thrown.reason()).isEqualTo(AbortReason.SHUTDOWN);
    }

    @Test
    void illegalArgumentExceptionWithoutAChatId() {
        woven.engine.answers(call -> new Entry.MissingChatId("no chat id"));
        assertThatThrownBy(this::call)
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("no chat id");
    }

    @Test
    void theJdksTypesWhereTheApplicationDoesNotSeeTheApi() throws Exception {
        Application without = new Application(ClassLoader.getPlatformClassLoader(), true);
        without.give("app.Bare", Files.asking("app/Bare", "#p0"));
        var ask = without.loadClass("app.Bare").getMethod("ask", Object.class);
        woven.engine.answers(call -> new Entry.Busy("busy", "c", "s"));
        assertThatThrownBy(() -> ask.invoke(null, "c"))
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("busy");
        woven.engine.answers(call -> new Entry.Unavailable("Redis is away", "c"));
        assertThatThrownBy(() -> ask.invoke(null, "c"))
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage("Redis is away");
        woven.engine.answers(call -> new Entry.Aborted("stopped", "s", GuardedStream.AbortReason.STOPPED));
        assertThatThrownBy(() -> ask.invoke(null, "c"))
                .cause()
                .isExactlyInstanceOf(CancellationException.class)
                .hasMessage("stopped");
    }

    @Test
    void andTheBodyDoesNotRun() throws Exception {
        Object methods = application.create("Methods");
        woven.engine.answers(call -> new Entry.Busy("busy", "c", "s"));
        assertThatThrownBy(() -> Application.call(methods, "throwing", "c")).isInstanceOf(ChatBusyException.class);
        assertThat(woven.engine.visits).isEmpty();
    }

    private void call() throws Exception {
        Application.call(application.create("Methods"), "plain", "c");
    }
}
