package dev.chatstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.dynamic.loading.ClassReloadingStrategy;
import net.bytebuddy.matcher.ElementMatchers;
import org.jspecify.annotations.Nullable;

/**
 * Plays the agent: weaves {@link Bridge} as the agent does, by inlined advice and without new members, and answers from a
 * table that the test fills. What is not in the table is answered with null, as by an agent that does not know the operation.
 */
final class FakeAgent implements AutoCloseable {
    /** What the API asked. */
    record Asked(
            String operation,
            @Nullable Object target,
            @Nullable Object argument) {}

    private static final ClassReloadingStrategy RELOADING =
            ClassReloadingStrategy.of(ByteBuddyAgent.install()); // once: the classes under test must not be loaded anew

    private static volatile @Nullable FakeAgent installed;

    final List<Asked> asked = new ArrayList<>();
    private final Map<String, Function<@Nullable Object, @Nullable Object>> answers = new HashMap<>();

    static FakeAgent install() {
        FakeAgent agent = new FakeAgent();
        installed = agent;
        new ByteBuddy()
                .redefine(Bridge.class)
                .visit(Advice.to(Weave.class).on(ElementMatchers.named("call")))
                .make()
                .load(Bridge.class.getClassLoader(), RELOADING);
        return agent;
    }

    FakeAgent answers(String operation, @Nullable Object answer) {
        return answersBy(operation, argument -> answer);
    }

    FakeAgent answersBy(String operation, Function<@Nullable Object, @Nullable Object> answer) {
        answers.put(operation, answer);
        return this;
    }

    @Override
    public void close() {
        installed = null;
        try {
            RELOADING.reset(Bridge.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Called by the woven method. */
    static @Nullable Object answer(String operation, @Nullable Object target, @Nullable Object argument) {
        FakeAgent agent = installed;
        if (agent == null) {
            return null;
        }
        agent.asked.add(new Asked(operation, target, argument));
        return agent.answers.getOrDefault(operation, ignored -> null).apply(argument);
    }

    private static final class Weave {
        @Advice.OnMethodExit
        @SuppressWarnings({"unused", "UnusedVariable"}) // inlined into Bridge.call
        static void exit(
                @Advice.Argument(0) String operation,
                @Advice.Argument(1) Object target,
                @Advice.Argument(2) Object argument,
                @Advice.Return(readOnly = false) Object answer) {
            answer = FakeAgent.answer(operation, target, argument);
        }
    }
}
