package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.core.StreamGuard;
import dev.chatstream.agent.shapes.Openings;
import dev.chatstream.agent.shapes.Shapes;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The agent's hold on the JVM: every class that loads from now on is looked at, and the guarded methods are woven.
 *
 * <p>The class loader of this class is taken for the agent's own: its classes are never woven, it must show its class files
 * as resources, {@code java/lang/ChatStreamDispatcher.class} among them, and it should have the platform loader as parent.
 */
public final class Weaving implements AutoCloseable {

    /**
     * What is as configured.
     *
     * @param strict prove at once that weaving works; a guarded method with a mistake in its annotation fails when it is
     *     called
     * @param completesOnStop whether, where the annotation does not say, the consumer of a returned stream sees a Stop as a
     *     normal end
     * @param rules what is guarded without an annotation; null: nothing
     */
    public record Options(
            boolean strict,
            boolean completesOnStop,
            @Nullable Rules rules) {

        /** Without rules. */
        public Options(boolean strict, boolean completesOnStop) {
            this(strict, completesOnStop, null);
        }
    }

    /** A rule that cannot be used: what it says, where the mistake is, and what would be right. */
    public record WrongRule(String rule, String place, String what) {}

    /** Rules that say of methods what the annotation would say. They are read before weaving begins. */
    public sealed interface Rules permits MethodRules {

        static Rules none() {
            return new MethodRules();
        }

        /**
         * Adds those of a text, with bars between them.
         *
         * @param source of the text, for people
         * @return those that are wrong; all others count
         */
        List<WrongRule> read(String text, String source);

        /** The same for the text of a file: one a line, and lines that begin with {@code #} are comments. */
        List<WrongRule> readLines(String text, String file);

        boolean isEmpty();

        /**
         * Those that guard nothing so far: a line for each, with the reason and with what may have been meant.
         *
         * @param loaded the names of all classes that are loaded
         */
        List<String> idle(List<String> loaded);
    }

    private final Instrumentation instrumentation;
    private final Transformer transformer;
    private final Connection connection;

    private Weaving(Instrumentation instrumentation, Transformer transformer, Connection connection) {
        this.instrumentation = instrumentation;
        this.transformer = transformer;
        this.connection = connection;
    }

    /**
     * Begins to weave. Loads no part of Byte Buddy, unless strict, and does not call the supplier. Never throws:
     * what keeps it from weaving is said in the journal.
     *
     * @param engine gives the engine, always the same; called when a guarded method is first called or the API first asks
     *     something, on a thread of the application's, and then opened
     * @param onFirstGuarded run once, on a thread of its own, when the first method is woven
     * @return empty where something failed, and nothing will be woven. Another copy of the agent that is at work already is
     *     found with the first class that is to be woven, and this one then does nothing
     */
    public static Optional<Weaving> install(
            Instrumentation instrumentation,
            Supplier<StreamGuard> engine,
            Runnable onFirstGuarded,
            Journal journal,
            Options options) {
        Engine guard = new Engine(engine);
        return install(instrumentation, guard, guard, onFirstGuarded, journal, options);
    }

    /** The same, over any engine. */
    static Optional<Weaving> install(
            Instrumentation instrumentation,
            Guard guard,
            Control control,
            Runnable onFirstGuarded,
            Journal journal,
            Options options) {
        try {
            return new Assembly(instrumentation, journal, options).install(guard, control, onFirstGuarded);
        } catch (Throwable failure) {
            journal.tell(
                    Journal.Level.ERROR,
                    "own error",
                    "ChatStream could not be installed: nothing is guarded, and the application runs as without it.",
                    failure);
            return Optional.empty();
        }
    }

    /** Stops weaving; what is woven passes from now on as if it were not. For tests: an agent stays. */
    @Override
    public void close() {
        instrumentation.removeTransformer(transformer);
        connection.end();
    }

    /** Puts the parts together. */
    private static final class Assembly {
        private final Instrumentation instrumentation;
        private final Journal journal;
        private final Options options;
        private final OwnErrors errors;
        private final Realms realms = new Realms();
        private final Openings openings;
        private final Shapes shapes;

        Assembly(Instrumentation instrumentation, Journal journal, Options options) {
            this.instrumentation = instrumentation;
            this.journal = journal;
            this.options = options;
            this.errors = new OwnErrors(journal);
            this.openings = new Openings(instrumentation);
            this.shapes = new Shapes(openings, journal, options.completesOnStop());
        }

        Optional<Weaving> install(Guard guard, Control control, Runnable onFirstGuarded) {
            Connection connection = new Connection(instrumentation, new Supplier<>() {
                @Override
                public Connection.Ends get() { // no lambda: it is called inside class loading
                    Calls calls = new Calls(new Sites(realms), new Properties(openings), shapes, errors, journal);
                    return new Connection.Ends(calls, new Desk(control, errors));
                }
            });
            Later later = new Later(errors);
            MethodRules rules = (MethodRules) options.rules();
            Reweaving reweaving = new Reweaving(instrumentation, realms, rules, later, errors, journal);
            Finder.Consequences consequences = new Consequences(reweaving, later, onFirstGuarded);
            Planner planner = new Planner(shapes, options.strict());
            Finder finder = new Finder(realms, rules, planner, guard, connection, consequences, journal);
            Transformer transformer = new Transformer(finder, reweaving);
            Warmup.run(finder, later);
            if (options.strict() && finder.workshop().loom() == null) {
                connection.end();
                return Optional.empty();
            }
            instrumentation.addTransformer(transformer, true);
            new LoadedBefore(instrumentation, transformer, finder, journal).weave();
            return Optional.of(new Weaving(instrumentation, transformer, connection));
        }
    }

    private static final class Consequences implements Finder.Consequences, Later.Job {
        private final Reweaving reweaving;
        private final Later later;
        private final Runnable onFirstGuarded;
        private final AtomicBoolean guarded = new AtomicBoolean();

        Consequences(Reweaving reweaving, Later later, Runnable onFirstGuarded) {
            this.reweaving = reweaving;
            this.later = later;
            this.onFirstGuarded = onFirstGuarded;
        }

        @Override
        public void guarded() {
            if (guarded.compareAndSet(false, true)) {
                later.add(this);
            }
        }

        @Override
        public void late(ClassLoader loader, String type) {
            reweaving.late(loader, type);
        }

        @Override
        public void wanted(Adoption adoption) {
            reweaving.wanted(adoption);
        }

        @Override
        public State attempt() {
            onFirstGuarded.run();
            return State.DONE;
        }

        @Override
        public void giveUp() {
            // it is done at the first try
        }
    }
}
