package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.GuardSettings.OnMissingChatId;
import dev.chatstream.agent.core.GuardedStream.AbortReason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A call whose chat id is null, blank, or over 4 KiB of UTF-8. */
class MissingChatIdTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();

    static @Nullable String[] unusable() {
        return new @Nullable String[] {
            null,
            "",
            " \t\n",
            "x".repeat(4097),
            "ä".repeat(2049), // 2 bytes each
            "語".repeat(1366), // 3 bytes each
            "😀".repeat(1025), // 4 bytes each, in 2 chars
            "x".repeat(1_000_000)
        };
    }

    static String[] usable() {
        return new String[] {
            "x".repeat(4096), "ä".repeat(2048), "語".repeat(1365), "😀".repeat(1024), "\0", "a b\nc", " x ", "{}"
        };
    }

    @ParameterizedTest
    @MethodSource("unusable")
    void itRunsWithoutALock(@Nullable String chatId) {
        Entry.Entered method = Methods.enter(pod.guard, chatId);
        assertThat(method.stream().chatId()).isEmpty();
        assertThat(method.stream().holdsLock()).isFalse();
        assertThat(method.stream().leaseRemaining()).isEqualTo(Duration.ZERO);
        assertThat(method.stream().fence()).isZero();
        world.advanceSeconds(100);
        assertThat(pod.guard.current()).isSameAs(method.stream());
        method.leave();
        assertThat(pod.store.count(InMemoryStore.Operation.ACQUIRE)).isZero();
        assertThat(pod.store.count(InMemoryStore.Operation.RENEW)).isZero();
        assertThat(pod.guard.engine().registry().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("usable")
    void whateverIsNotBlankAndFitsIsAChat(String chatId) {
        Entry.Entered method = Methods.enter(pod.guard, chatId);
        assertThat(method.stream().chatId()).isEqualTo(chatId);
        assertThat(world.server.lock(chatId)).isPresent();
        method.leave();
        assertThat(world.server.lock(chatId)).isEmpty();
    }

    @Test
    void suchCallsDoNotExcludeEachOtherAndDoNotJoin() {
        Entry.Entered one = Methods.enter(pod.guard, "");
        Entry.Entered two = Methods.enter(pod.guard, "");
        assertThat(two.stream()).isNotSameAs(one.stream());
        two.leave();
        one.leave();
    }

    @Test
    void aWarningSaysSoOnceForEachMethod() {
        Methods.enter(pod.guard, (String) null).leave();
        Methods.enter(pod.guard, " ").leave();
        Methods.enter(pod.guard, Methods.call(Methods.UNINTERRUPTIBLE, "x".repeat(5000)))
                .leave();
        assertThat(pod.journal.ofKind("missing-chat-id"))
                .extracting(RecordingJournal.Line::level, RecordingJournal.Line::message)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                Journal.Level.WARN,
                                "Chat#stream was called with no chat id: such calls run without a lock"
                                        + " (on-missing-chat-id=pass)"),
                        org.assertj.core.groups.Tuple.tuple(
                                Journal.Level.WARN,
                                "Chat#save was called with a chat id of more than 4096 bytes: such calls run without"
                                        + " a lock (on-missing-chat-id=pass)"));
    }

    @Test
    void aStopStillWorksHere() {
        try (Actor actor = Actor.onVirtualThread()) {
            Entry.Entered method = actor.get(() -> Methods.enter(pod.guard, new Call(Methods.RULE, null, "s", null)));
            pod.guard.abort("s").join();
            assertThat(method.stream().abortReason()).contains(AbortReason.STOPPED);
            assertThat(actor.get(Thread::interrupted)).isTrue();
            actor.run(method::leave);
        }
    }

    @Test
    void aStopStillWorksFromAnotherPod() {
        World.Pod other = world.pod();
        Entry.Entered method = Methods.enter(
                pod.guard, new Call(new Call.Rule("Chat#stream", null, null, null, false), null, "s", null));
        other.guard.abort("s").join();
        world.advanceSeconds(1);
        assertThat(method.stream().abortReason()).contains(AbortReason.STOPPED);
        assertThat(world.server.marked("s")).isFalse();
        method.leave();
    }

    @Test
    void aStopStillWorksWithoutAnyStore() {
        World.Pod alone = world.podAlone();
        Entry.Entered method = Methods.enter(alone.guard, new Call(Methods.UNINTERRUPTIBLE, "", "s", null));
        alone.guard.abort("s").join();
        assertThat(method.stream().abortReason()).contains(AbortReason.STOPPED);
        method.leave();
    }

    @Test
    void rejectRefusesItWithTheMethodAndTheReason() {
        World.Pod strict = world.pod(Tuned.with(s -> s.onMissingChatId = OnMissingChatId.REJECT));
        assertThat(strict.guard.enter(Methods.call(" ")))
                .isEqualTo(new Entry.MissingChatId("Chat#stream was called with a blank chat id"));
        assertThat(strict.guard.enter(Methods.call(null)))
                .isEqualTo(new Entry.MissingChatId("Chat#stream was called with no chat id"));
        assertThat(strict.guard.engine().registry().isEmpty()).isTrue();
        assertThat(strict.journal.lines()).isEmpty();
        assertThat(Scope.here()).isNull();
    }

    @Test
    void whileOnlyObservingNothingIsRejected() {
        World.Pod observing = world.pod(Tuned.with(s -> {
            s.onMissingChatId = OnMissingChatId.REJECT;
            s.mode = Mode.OBSERVE;
        }));
        Methods.enter(observing.guard, (String) null).leave();
        assertThat(observing.journal.ofKind("missing-chat-id")).hasSize(1);
    }
}
