package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Many threads load classes at once")
class ConcurrencyTest {

    private static final int THREADS = 100;
    private static final int LOADERS = 7;

    /** The first classes of all come together: the loom is made and proved while others wait for it. */
    @Test
    void inSeveralLoadersWithoutLockingUpAndEachCallIsGuarded() throws Exception {
        List<Application> applications = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        try (Woven woven = Woven.installed();
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < LOADERS; i++) {
                applications.add(i % 2 == 0 ? new Application() : new Sequential());
            }
            List<Future<Object>> answers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Application application = applications.get(i % LOADERS);
                answers.add(threads.submit(load(application, start, i)));
            }
            start.countDown();
            for (Future<Object> answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS)).asString().isNotEmpty();
            }
            assertThat(woven.engine.visits).hasSize(THREADS);
            assertThat(woven.said()).noneMatch(line -> line.contains("own"));
        }
    }

    private static Callable<Object> load(Application application, CountDownLatch start, int number) {
        return () -> {
            start.await();
            return switch (number % 4) {
                case 0 -> Application.call(application.create("Methods"), "plain", "c");
                case 1 -> Application.call(application.create("Services$Plain"), "ask", "c");
                case 2 -> Application.call(application.create("Interface$Implementation"), "asDefault", "c");
                default -> Application.call(application.create("Bridged"), "apply", "c");
            };
        };
    }

    /** A loader of the old kind: loads and shows resources under one lock. */
    private static final class Sequential extends Application {
        @Override
        protected synchronized Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return super.loadClass(name, resolve);
        }

        @Override
        public synchronized java.io.InputStream getResourceAsStream(String name) {
            return super.getResourceAsStream(name);
        }
    }
}
