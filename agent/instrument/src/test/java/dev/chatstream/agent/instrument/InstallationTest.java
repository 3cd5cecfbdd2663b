package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.RecordingJournal;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The agent's installation")
class InstallationTest {

    private final Application application = new Application();

    @Test
    void staysAwayWhereAnotherIsAtWorkAndSaysSo() throws Exception {
        try (Woven first = Woven.installed();
                Woven second = Woven.installed()) {
            assertThat(second.said()).as("nothing is woven yet").isEmpty();
            Application.call(application.create("Methods"), "plain", "c");
            assertThat(first.engine.visits).hasSize(1);
            assertThat(second.engine.visits).isEmpty();
            assertThat(second.said()).singleElement().asString().contains("Another ChatStream agent is at work");
        }
    }

    @Test
    void takesTheEngineOnlyOnceACallNeedsIt() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        CompletableFuture<Thread> guarded = new CompletableFuture<>();
        RecordingJournal journal = new RecordingJournal();
        try (Weaving weaving = Weaving.install(
                        Woven.INSTRUMENTATION,
                        () -> {
                            taken.incrementAndGet();
                            throw new IllegalStateException("no engine");
                        },
                        () -> guarded.complete(Thread.currentThread()),
                        journal,
                        new Weaving.Options(false, false))
                .orElseThrow()) {
            assertThat(weaving).isNotNull();
            Object methods = application.create("Methods");
            assertThat(guarded.get(30, TimeUnit.SECONDS)).isNotEqualTo(Thread.currentThread());
            assertThat(taken).hasValue(0);
            assertThat(Application.call(methods, "plain", "c")).isEqualTo("plain c");
            assertThat(taken).hasValue(1);
        }
    }

    @Test
    void thatFailsIsSaidAndHarmsNobody() throws Exception {
        RecordingJournal journal = new RecordingJournal();
        Instrumentation refusing = (Instrumentation) Proxy.newProxyInstance(
                InstallationTest.class.getClassLoader(),
                new Class<?>[] {Instrumentation.class},
                (self, method, args) -> {
                    throw new UnsupportedOperationException("this JVM allows nothing");
                });
        assertThat(Weaving.install(
                        refusing,
                        new FakeEngine(),
                        new FakeEngine(),
                        () -> {},
                        journal,
                        new Weaving.Options(false, false),
                        () -> {}))
                .isEmpty();
        assertThat(journal.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.message()).contains("could not be installed: nothing is guarded"));
        assertThat(Application.call(application.create("Methods"), "plain", "c"))
                .isEqualTo("plain c");
    }

    @Test
    void provesItselfBeforeTheFirstClassIsWoven() {
        RecordingJournal journal = new RecordingJournal();
        AtomicInteger proofs = new AtomicInteger();
        Workshop workshop = new Workshop(
                loom -> {
                    proofs.incrementAndGet();
                    throw new IllegalStateException("the woven method was not called");
                },
                () -> true,
                journal);
        assertThat(workshop.loom()).isNull();
        assertThat(workshop.loom()).isNull();
        assertThat(proofs).hasValue(1);
        assertThat(journal.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.message()).contains("cannot weave in this JVM: nothing is guarded"));
    }

    @Test
    void strictProvesItselfAtOnce() {
        try (Woven strict = Woven.strict()) {
            assertThat(strict.weaving).isPresent();
            assertThat(strict.said()).isEmpty();
        }
    }

    @Test
    void weavesWhatWasLoadedBefore() throws Exception {
        int before = Application.made() - 1;
        Object methods = application.create("Methods");
        Object plain = application.create("Services$Plain");
        Object service = Proxy.newProxyInstance(
                application, new Class<?>[] {application.type("Service")}, (self, method, arguments) -> "proxied");
        try (Woven late = Woven.installedAfter(before)) {
            Application.call(methods, "plain", "c");
            Application.call(plain, "ask", "d");
            application.type("Service").getMethod("ask", String.class).invoke(service, "e");
            assertThat(late.engine.visits)
                    .extracting(visit -> visit.call.chatId())
                    .containsExactly("c", "d", "e");
        }
    }
}
