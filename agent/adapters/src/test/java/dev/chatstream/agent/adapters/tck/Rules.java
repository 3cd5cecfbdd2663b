package dev.chatstream.agent.adapters.tck;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.testng.SkipException;
import org.testng.annotations.AfterClass;
import org.testng.annotations.BeforeClass;
import org.testng.annotations.BeforeMethod;
import org.testng.annotations.Test;

/** The rules of a part of the TCK, which is written for TestNG, as tests of JUnit: each on an object of its own. */
final class Rules {

    private Rules() {}

    static <V extends AutoCloseable> Stream<DynamicTest> of(Class<V> part, Supplier<? extends V> made) {
        return Stream.of(part.getMethods())
                .filter(method -> method.isAnnotationPresent(Test.class) && !method.isBridge())
                .sorted(Comparator.comparing(Method::getName))
                .map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> check(rule, made)));
    }

    private static void check(Method rule, Supplier<? extends AutoCloseable> made) throws Throwable {
        try (AutoCloseable verification = made.get()) {
            all(BeforeClass.class, verification);
            all(BeforeMethod.class, verification);
            invoke(rule, verification);
            all(AfterClass.class, verification);
        }
    }

    private static void all(Class<? extends Annotation> kind, Object verification) throws Throwable {
        for (Method method : verification.getClass().getMethods()) {
            if (method.isAnnotationPresent(kind)) {
                invoke(method, verification);
            }
        }
    }

    private static void invoke(Method method, Object verification) throws Throwable {
        try {
            method.setAccessible(true);
            method.invoke(verification);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof SkipException skipped) {
                Assumptions.abort(skipped.getMessage());
            }
            throw thrown.getCause();
        }
    }
}
