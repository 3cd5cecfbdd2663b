package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal.Level;
import dev.chatstream.agent.core.RecordingJournal;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;

/** The agent, installed into the test's own JVM over a fake engine; closed again after the test. */
final class Woven implements AutoCloseable {

    static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();

    private final int first;

    final FakeEngine engine = new FakeEngine();
    final RecordingJournal journal = new RecordingJournal();
    final Optional<Weaving> weaving;

    private Woven(Weaving.Options options, int first) {
        this.first = first;
        weaving = Weaving.install(seeing(), engine, engine, () -> {}, journal, options);
    }

    static Woven installed() {
        return new Woven(new Weaving.Options(false, false), Application.made());
    }

    /** As if these applications had been there before the agent. */
    static Woven installedAfter(int first) {
        return new Woven(new Weaving.Options(false, false), first);
    }

    /** As {@code on-stop=complete}. */
    static Woven completingOnStop() {
        return new Woven(new Weaving.Options(false, true), Application.made());
    }

    static Woven strict() {
        return new Woven(new Weaving.Options(true, false), Application.made());
    }

    /** Classes that earlier tests have left in this JVM are not there. */
    private Instrumentation seeing() {
        return (Instrumentation) Proxy.newProxyInstance(
                Woven.class.getClassLoader(), new Class<?>[] {Instrumentation.class}, (self, method, arguments) -> {
                    Object answer = method.invoke(INSTRUMENTATION, arguments);
                    return answer instanceof Class<?>[] loaded
                                    && method.getName().equals("getAllLoadedClasses")
                            ? Stream.of(loaded).filter(this::isOfThisTest).toArray(Class<?>[]::new)
                            : answer;
                });
    }

    private boolean isOfThisTest(Class<?> loaded) {
        return loaded.getClassLoader() instanceof Application application && application.number >= first;
    }

    /** What was said at WARN and above. */
    List<String> said() {
        return journal.lines().stream()
                .filter(line -> line.level().compareTo(Level.WARN) <= 0)
                .map(line -> line.cause() == null ? line.message() : line.message() + line.cause())
                .toList();
    }

    @Override
    public void close() {
        weaving.ifPresent(Weaving::close);
    }
}
