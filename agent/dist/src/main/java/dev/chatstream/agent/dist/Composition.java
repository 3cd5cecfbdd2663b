package dev.chatstream.agent.dist;

import dev.chatstream.agent.core.Journal.Level;
import dev.chatstream.agent.core.LeaseStore;
import dev.chatstream.agent.core.StreamGuard;
import dev.chatstream.agent.dist.Remarks.Remark;
import dev.chatstream.agent.instrument.Weaving;
import dev.chatstream.agent.redis.RedisStore;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts together: settings, journal, engine, weaving.
 *
 * <p>It runs in premain, so nothing here connects, waits, or loads what is needed only once a method is guarded.
 */
final class Composition {

    private static final int WRONG_SETTINGS = 1;

    private final PrintStream stderr;

    Composition(PrintStream stderr) {
        this.stderr = stderr;
    }

    void start(@Nullable String argument, Instrumentation instrumentation) {
        SettingsReader.Outcome read = SettingsReader.read(argument, System.getProperties(), System.getenv());
        AgentSettings settings = read.settings();
        StderrJournal journal = new StderrJournal(stderr, settings.logLevel(), new SystemTicker());
        tell(read.remarks(), settings, journal);
        if (!settings.isWoven()) {
            journal.tell(Level.INFO, "off", "enabled=false: nothing is guarded.", null);
            return;
        }
        LazyGuard guard = new LazyGuard(new Engine(settings, instrumentation, journal), journal);
        Weaving.Report report = settings.reportFile().isPresent() ? Weaving.Report.empty() : null;
        Optional<Weaving> weaving = Weaving.install(instrumentation, guard, guard, journal, settings.weaving(report));
        if (weaving.isPresent()) {
            watch(settings, report, instrumentation, journal);
        }
    }

    /** Before the engine takes its place at the end of the JVM, which is therefore behind this one. */
    private static void watch(
            AgentSettings settings,
            Weaving.@Nullable Report report,
            Instrumentation instrumentation,
            StderrJournal journal) {
        Weaving.Rules rules = settings.rules();
        boolean anyRules = rules != null && !rules.isEmpty();
        if (anyRules || report != null) {
            Watches.start(
                    anyRules ? rules : null,
                    report,
                    settings,
                    new LoadedNames(instrumentation),
                    instrumentation,
                    journal);
        }
    }

    /** All but the agent's own. */
    private record LoadedNames(Instrumentation instrumentation) implements Supplier<List<String>> {
        @Override
        @SuppressWarnings("ReferenceEquality") // loaders may define an equality of their own
        public List<String> get() {
            ClassLoader own = Composition.class.getClassLoader();
            List<String> names = new ArrayList<>();
            Class<?>[] classes = instrumentation.getAllLoadedClasses();
            for (Class<?> loaded : classes == null ? new Class<?>[0] : classes) { // null: the JVM is about to end
                if (loaded.getClassLoader() != own && !loaded.isArray() && !loaded.isHidden()) {
                    names.add(loaded.getName());
                }
            }
            return names;
        }
    }

    /** What runs once a method is guarded. */
    private record Engine(AgentSettings settings, Instrumentation instrumentation, StderrJournal journal)
            implements LazyGuard.Parts {

        @Override
        public StreamGuard make() {
            String line = "ChatStream " + AgentMain.version() + " guards this JVM: " + settings.summary();
            journal.tell(Level.INFO, "start", line, null);
            StreamGuard guard = StreamGuard.start(settings.guard(), store(), journal);
            settings.modeFile()
                    .ifPresent(file -> new ModeWatch(file, guard::switchTo, new SystemTicker(), journal).start());
            return guard;
        }

        /** Null: there is no redis-uri, and streams exclude each other within this JVM. */
        private @Nullable LeaseStore store() {
            Optional<RedisStore.Settings> redis = settings.redis();
            return redis.isPresent() ? RedisStore.create(redis.get(), journal) : null;
        }

        @Override
        public LastHook.Placed atExit(Runnable shutdown) {
            return LastHook.place(instrumentation, new Farewell(shutdown, journal::close));
        }
    }

    /** Says what is wrong with the settings, and ends the JVM where it is to be strict about that. */
    private static void tell(Remarks remarks, AgentSettings settings, StderrJournal journal) {
        boolean stops = settings.isStrict() && remarks.mistakes() > 0;
        int number = 0;
        for (Remark remark : remarks.all()) {
            number++; // each is of a kind of its own, so that none is left out
            boolean why = stops && remark.kind() == Remarks.Kind.MISTAKE;
            String line =
                    why || remark.consequence().isEmpty() ? remark.line() : remark.line() + " " + remark.consequence();
            journal.tell(why ? Level.ERROR : Level.WARN, "setting " + number, line, null);
        }
        if (stops) {
            String line = "strict=true: the JVM stops before the application starts; mistakes in the settings: "
                    + remarks.mistakes() + ".";
            journal.tell(Level.ERROR, "strict", line, null);
            // an exception from premain would end the JVM too, but with a stack trace of the JVM's own
            System.exit(WRONG_SETTINGS);
        }
    }
}
