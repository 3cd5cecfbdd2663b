package dev.chatstream.agent.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Subtasks of a structured scope, which is a preview in the JDKs so far, and looks different in each. */
class StructuredScopeTest {

    private final World world = new World();
    private final World.Pod pod = world.pod();

    @Test
    void subtasksInheritTheStreamAndJoinIt() throws Exception {
        Entry.Entered method = Methods.enter(pod.guard, "c");
        List<GuardedStream> joined = new CopyOnWriteArrayList<>();
        List<Callable<Object>> subtasks = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            subtasks.add(() -> {
                Entry.Entered inner = Methods.enter(pod.guard, "c");
                joined.add(inner.stream());
                inner.leave();
                return inner;
            });
        }
        inScope(subtasks);
        assertThat(joined).hasSize(5).containsOnly(method.stream());
        assertThat(method.stream().holdsLock()).isTrue();
        method.leave();
        assertThat(world.server.lock("c")).isEmpty();
    }

    private static void inScope(List<Callable<Object>> subtasks) throws Exception {
        Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
        Object scope = open(type);
        Method fork = type.getMethod("fork", Callable.class);
        for (Callable<Object> subtask : subtasks) {
            fork.invoke(scope, subtask);
        }
        type.getMethod("join").invoke(scope);
        ((AutoCloseable) scope).close();
    }

    private static Object open(Class<?> type) throws Exception {
        boolean hasFactory = Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().equals("open") && method.getParameterCount() == 0);
        return hasFactory
                ? type.getMethod("open").invoke(null)
                : type.getConstructor().newInstance();
    }
}
