package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tasks that carry their stream along, onto whatever thread. */
class WrapTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();

    private @Nullable GuardedStream current() {
        return pod.guard.current();
    }

    @Test
    void aWrappedTaskRunsInsideTheStreamOnAnyThreadAndOnlyWhileItRuns() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        List<@Nullable GuardedStream> seen = new ArrayList<>();
        Runnable wrapped = method.stream().wrap(() -> seen.add(current()));
        try (Actor pool = Actor.onPlatformThread()) {
            pool.run(wrapped::run);
            pool.run(wrapped::run);
            assertThat(seen).containsExactly(method.stream(), method.stream());
            assertThat(pool.get(this::current)).isNull();
            assertThat(pool.get(Scope::here)).isNull();
        }
        method.leave();
    }

    @Test
    void aWrappedExecutorCarriesItToEachTask() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        List<@Nullable GuardedStream> seen = new ArrayList<>();
        Executor direct = Runnable::run;
        Executor wrapped = method.stream().wrap(direct);
        method.leave();
        Entry.Entered other = Methods.enter(pod.guard, "d");
        Executor wrappedOther = other.stream().wrap(direct);
        other.stream().detach();
        other.leave();
        wrapped.execute(() -> seen.add(current()));
        wrappedOther.execute(() -> seen.add(current()));
        assertThat(seen).as("one has ended, the other is open").containsExactly(null, other.stream());
    }

    @Test
    void aWrappedTaskThatThrowsLeavesNothingBehind() {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        Runnable wrapped = method.stream().wrap(() -> {
            throw new IllegalStateException("the task's own");
        });
        method.leave();
        assertThat(catchThrowable(wrapped::run)).hasMessage("the task's own");
        assertThat(Scope.here()).isNull();
    }

    @Test
    void aWrappedTaskOfAnInnerStreamGoesBackToTheOuterOne() {
        Entry.Entered outer = Methods.enter(pod.guard, "c");
        Entry.Entered inner = Methods.enter(pod.guard, "d");
        Runnable wrapped = inner.stream().wrap(() -> assertThat(current()).isSameAs(inner.stream()));
        inner.stream().detach();
        inner.leave();
        wrapped.run();
        assertThat(current()).isSameAs(outer.stream());
        outer.leave();
    }
}
