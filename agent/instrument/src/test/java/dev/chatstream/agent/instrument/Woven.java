package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal.Level;
import dev.chatstream.agent.core.RecordingJournal;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;

/** The agent, installed into the test's own JVM over a fake engine; closed again after the test. */
final class Woven implements AutoCloseable {

    static final Instrumentation INSTRUMENTATION = ByteBuddyAgent.install();

    private final int first;
    private final Weaving.@Nullable Rules rules;
    private final Weaving.@Nullable Report report;

    final FakeEngine engine = new FakeEngine();
    final RecordingJournal journal = new RecordingJournal();
    final Optional<Weaving> weaving;

    private Woven(Weaving.Options options, int first) {
        this(options, first, () -> {});
    }

    private Woven(Weaving.Options options, int first, LoadedBefore.HeadStart headStart) {
        this.first = first;
        this.rules = options.rules();
        this.report = options.report();
        weaving = Weaving.install(seeing(), engine, engine, () -> {}, journal, options, headStart);
    }

    static Woven installed() {
        return new Woven(new Weaving.Options(false, false), Application.made());
    }

    /** With these rules, all of which are right. */
    static Woven ruled(String rules) {
        return ruled(rules, false, Application.made());
    }

    static Woven ruled(String rules, boolean strict, int first) {
        Weaving.Rules read = Weaving.Rules.none();
        List<Weaving.WrongRule> wrong = read.read(rules, "the test");
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(wrong.toString());
        }
        return new Woven(new Weaving.Options(strict, false, read, Weaving.Report.empty()), first);
    }

    /** As if these applications had been there before the agent. */
    static Woven installedAfter(int first) {
        return new Woven(new Weaving.Options(false, false), first);
    }

    /** The same, where the applications have this head start. */
    static Woven installedAfter(int first, LoadedBefore.HeadStart headStart) {
        return new Woven(new Weaving.Options(false, false), first, headStart);
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

    /** What is said of rules that guard nothing. */
    List<String> idle() {
        List<String> loaded = new ArrayList<>();
        for (Class<?> type : seeing().getAllLoadedClasses()) {
            loaded.add(type.getName());
        }
        return rules == null ? List.of() : rules.idle(loaded);
    }

    /** What is reported, where there are rules. */
    List<Weaving.Finding> findings() {
        return report == null ? List.of() : report.findings();
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
