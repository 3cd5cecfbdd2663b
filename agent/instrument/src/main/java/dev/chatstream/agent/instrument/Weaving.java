package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.core.StreamGuard;
import java.lang.instrument.Instrumentation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param report where it is kept what becomes of each method; null: nowhere
     */
    public record Options(
            boolean strict,
            boolean completesOnStop,
            @Nullable Rules rules,
            @Nullable Report report) {

        /** Without rules and report. */
        public Options(boolean strict, boolean completesOnStop) {
            this(strict, completesOnStop, null, null);
        }
    }

    /** What becomes of a method. */
    public enum Verdict {
        NOT_GUARDED,
        GUARDED
    }

    /**
     * What is known of a method that is guarded, or should be; texts for people.
     *
     * @param method with its class, and for whose objects if not for all; of a class that cannot be woven its name alone
     * @param source who says that it is to be guarded: an annotation or a rule, and where that stands
     * @param shape until when its stream is held, by what it declares; empty where it is not guarded
     * @param names what is said of it, by element: the chat id's expression first
     * @param remarks what to know about it, though it is guarded
     * @param why it is not guarded; empty where it is
     */
    public record Finding(
            Verdict verdict,
            String method,
            String source,
            String shape,
            Map<String, String> names,
            List<String> remarks,
            String why) {}

    /** What has become of each method so far. */
    public sealed interface Report permits Findings {

        static Report empty() {
            return new Findings();
        }

        /** A copy: those that are not guarded first, by their names. */
        List<Finding> findings();
    }

    /**
     * What an application's class files tell.
     *
     * @param mistakes besides those of the findings: rules that guard nothing, what cannot be read
     * @param remarks besides those of the findings
     * @param classes how many there are
     */
    public record Checked(List<Finding> findings, List<String> mistakes, List<String> remarks, int classes) {}

    /** Tells what would be guarded, from class files alone: nothing is loaded or run. */
    public static Checked check(List<Path> classPath, Rules rules) throws InterruptedException {
        return Checker.check(classPath, (MethodRules) rules);
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
    private final Later later;

    Weaving(Instrumentation instrumentation, Transformer transformer, Connection connection, Later later) {
        this.instrumentation = instrumentation;
        this.transformer = transformer;
        this.connection = connection;
        this.later = later;
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
        LoadedBefore.HeadStart headStart = new LoadedBefore.FiveSeconds();
        return install(instrumentation, guard, guard, onFirstGuarded, journal, options, headStart);
    }

    /** The same, over any engine. */
    static Optional<Weaving> install(
            Instrumentation instrumentation,
            Guard guard,
            Control control,
            Runnable onFirstGuarded,
            Journal journal,
            Options options,
            LoadedBefore.HeadStart headStart) {
        try {
            return new Assembly(instrumentation, journal, options, headStart).install(guard, control, onFirstGuarded);
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
        try {
            later.end();
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
