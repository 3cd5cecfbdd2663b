package dev.chatstream.agent.adapters.tck;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Rules that a test cannot decide, and those of kinds that do not promise them, are skipped by the TCK itself. */
@Execution(ExecutionMode.CONCURRENT)
@DisplayName("The Reactive Streams TCK passes for")
class TckTest {

    @TestFactory
    Stream<DynamicContainer> publishers() {
        return each(GuardedVerification.class, GuardedVerification::new);
    }

    /** One as good as any: all kinds share what matters here. */
    @TestFactory
    Stream<DynamicTest> theSubscriberThatAGuardIsToItsSource() {
        return Rules.of(GuardVerification.class, GuardVerification::new);
    }

    private interface Made<V> {
        V of(Wrapped wrapped, Way way);
    }

    private static <V extends AutoCloseable> Stream<DynamicContainer> each(Class<V> part, Made<V> made) {
        return Stream.of(Wrapped.values())
                .flatMap(wrapped -> Stream.of(Way.values())
                        .map(way -> DynamicContainer.dynamicContainer(
                                wrapped + " with its lock " + way, Rules.of(part, () -> made.of(wrapped, way)))));
    }
}
