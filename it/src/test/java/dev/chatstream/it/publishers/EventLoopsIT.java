package dev.chatstream.it.publishers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import dev.chatstream.it.harness.Stage;
import dev.chatstream.it.harness.Told;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vert.x's event loops and workers, and Reactor's own threads. */
class EventLoopsIT extends PublisherCells {

    @RegisterExtension
    static final Stage stage = pods(plan -> plan.with("acquire-timeout", "1m"));

    @Override
    protected Stage stage() {
        return stage;
    }

    /** Not by the type that it declares: a future, an {@code Object} and a {@code T} get one attempt there. */
    @ParameterizedTest
    @EnumSource(
            mode = EXCLUDE,
            names = {"FUTURE", "OBJECT", "GENERIC"})
    void onAnEventLoopTheBodyRunsAtTheCallAndTheLockIsTakenOnSubscription(Kind kind) {
        waitsOnSubscription(kind, "loop");
    }

    @ParameterizedTest
    @EnumSource(names = {"FLUX", "MONO"})
    void onAThreadOfReactorsTheBodyRunsAtTheCallAndTheLockIsTakenOnSubscription(Kind kind) {
        waitsOnSubscription(kind, "parallel");
    }

    private void waitsOnSubscription(Kind kind, String place) {
        String chat = kind.method() + "-" + place;
        Told first = read(Kind.FLUX, chat);
        String call = chat + "-second";
        ask(call, chat, kind.method() + "@" + place, "read");
        assertThat(pod().entered(call).holdsLock()).as("its lock, in the body").isFalse();
        assertThat(stage.holderOf(chat)).isEqualTo(first.streamId());
        assertThat(pod().output().containing("started " + call)).isEmpty();

        tellWholeAnswer(Kind.FLUX, chat);
        assertThat(startedWithTheLock(call).streamId()).isNotEqualTo(first.streamId());
        tellWholeAnswer(kind, call);
        isTold(call, "done");
        isFree(chat);
    }

    @ParameterizedTest
    @CsvSource({
        "rejecting, loop",
        "rejectingMulti, loop",
        "rejectingUni, loop",
        "rejecting, parallel",
        "rejectingMulti, parallel",
        "rejectingUni, parallel"
    })
    void onAnEventLoopABusyChatIsAnErrorSignal(String method, String place) {
        String chat = method + "-" + place;
        Told first = read(Kind.FLUX, chat);
        String call = chat + "-refused";
        ask(call, chat, method + "@" + place, "read");
        pod().entered(call);
        assertThat(signal(call)).startsWith("dev.chatstream.ChatBusyException");
        assertThat(pod().busy(call)).isEqualTo(first.streamId());
        tellWholeAnswer(Kind.FLUX, chat);
        isFree(chat);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rejecting", "rejectingMulti", "rejectingUni"})
    void onAWorkerABusyChatIsAnExceptionAndTheBodyDoesNotRun(String method) {
        String chat = method + "-worker";
        Told first = read(Kind.FLUX, chat);
        String call = chat + "-refused";
        ask(call, chat, method + "@worker", "read");
        assertThat(pod().busy(call)).isEqualTo(first.streamId());
        assertThat(pod().output().containing("entered " + call)).isEmpty();
        assertThat(pod().output().containing("signal " + call)).isEmpty();
        tellWholeAnswer(Kind.FLUX, chat);
        isFree(chat);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLUX", "MULTI", "UNI"})
    void aWorkerHasTheLockBeforeTheBodyRuns(Kind kind) {
        String call = kind.method() + "-worker";
        ask(call, call, kind.method() + "@worker", "read");
        assertThat(pod().entered(call).holdsLock()).isTrue();
        startedWithTheLock(call);
        tellWholeAnswer(kind, call);
        isTold(call, "done");
        isFree(call);
    }
}
