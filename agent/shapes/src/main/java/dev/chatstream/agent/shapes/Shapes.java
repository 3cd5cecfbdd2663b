package dev.chatstream.agent.shapes;

import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.Journal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way in to the shapes: what is to become of a value, and what is followed at all. */
public final class Shapes {

    private final Openings openings;
    private final Journal journal;
    private final boolean completesOnStop;
    private volatile @Nullable Parts made;

    private volatile @Nullable Coroutines coroutines;

    private record Parts(ShapeTable table, Following following) {}

    /**
     * @param completesOnStop whether, where the method does not say, the consumer of a returned stream sees a Stop as a normal
     *     end
     */
    public Shapes(Openings openings, Journal journal, boolean completesOnStop) {
        this.openings = openings;
        this.journal = journal;
        this.completesOnStop = completesOnStop;
    }

    /** To tell what is followed, in a JVM where nothing is. */
    public static Shapes ofDeclaredTypes(Journal journal) {
        return new Shapes(new Openings(null), journal, false);
    }

    /**
     * The shapes are made when they are asked for first, which is inside the loading of the first class with a guarded method:
     * a JVM without one neither loads them nor has their cleaner's thread.
     *
     * <p>Race, two such classes at once: the monitor. Whoever holds it asks no loader but the agent's own.
     */
    private Parts parts() {
        Parts parts = made;
        return parts != null ? parts : make();
    }

    private synchronized Parts make() {
        Parts parts = made;
        if (parts == null) {
            Following following = new Following(journal, completesOnStop, new Held());
            parts = new Parts(new ShapeTable(new StandIns(openings), openings, following), following);
            made = parts;
        }
        return parts;
    }

    private ShapeTable table() {
        return parts().table();
    }

    /**
     * What becomes of a returned value.
     *
     * @param result what the method's caller gets
     * @param methodLeft to be done once the method has left its stream
     * @param fault an error of the agent's own: the value is not followed, and its stream ends with the method
     */
    public record Followed(
            @Nullable Object result,
            Runnable methodLeft,
            @Nullable Throwable fault) {

        private static Followed plain(@Nullable Object result, @Nullable Throwable fault) {
            return new Followed(result, () -> {}, fault);
        }
    }

    /** Follows a value that a method is about to return. Does not block; never throws. */
    public Followed follow(@Nullable Object returned, Passage passage) {
        Outlet outlet = null;
        try {
            Shape shape = returned == null ? null : table().of(returned, passage::declared);
            if (returned == null || shape == null) {
                parts().following().sayIfUnfit(table(), returned, passage);
                return Followed.plain(returned, null);
            }
            outlet = new Outlet(passage, parts().following());
            if (shape.isOver(returned)) {
                outlet.end();
                return new Followed(returned, outlet::methodLeft, null);
            }
            return new Followed(shape.follow(returned, outlet), outlet::methodLeft, null);
        } catch (Throwable fault) {
            if (outlet == null) {
                return Followed.plain(returned, fault);
            }
            outlet.end(); // or the chat would be held for ever
            return new Followed(returned, outlet::methodLeft, fault);
        }
    }

    /**
     * What becomes of the arguments of a call.
     *
     * @param methodLeft to be done once the method has left its stream
     * @param methodThrew to be done where it has thrown: whatever it was given is no part of its stream any more
     * @param fault an error of the agent's own: an argument is not followed
     */
    public record Given(
            Runnable methodLeft,
            Runnable methodThrew,
            @Nullable Throwable fault) {

        public static final Given NOTHING = new Given(() -> {}, () -> {}, null);
    }

    /**
     * Follows callbacks that a method is given, before its body runs: its stream is held open until they have been called for
     * the last time. Does not block; never throws.
     *
     * @param given the arguments; those that something else stands for are exchanged in it
     */
    public Given followArguments(@Nullable Object[] given, Passage passage) {
        return table().arguments().follow(given, passage);
    }

    /**
     * Whether arguments for a parameter are followed; all by internal name.
     *
     * @param ancestors the declared type and those above it
     * @param anyCanStandForIt whether it is an interface
     */
    public boolean followArguments(Set<String> ancestors, boolean anyCanStandForIt) {
        return table().arguments().follow(ancestors, anyCanStandForIt);
    }

    /** How functions that suspend are followed. */
    public Suspending suspending() {
        Coroutines known = coroutines;
        return known != null ? known : makeCoroutines();
    }

    private synchronized Coroutines makeCoroutines() {
        Coroutines known = coroutines;
        if (known == null) {
            known = new Coroutines(openings, table().arguments(), parts().following());
            coroutines = known;
        }
        return known;
    }

    /** Kotlin's functions that suspend: they end when they have returned for the last time. */
    public sealed interface Suspending permits Coroutines {

        /** What a call is, by the continuation that it is given; a token is for {@link #exit}. */
        sealed interface Arrival {
            record First() implements Arrival {}

            /** The function goes on: it was resumed. */
            record Resumed() implements Arrival {}

            /** The function begins now, after its wait. */
            record Begun(Object token) implements Arrival {}

            /** That cannot be told. */
            record Unknown(String why) implements Arrival {}
        }

        /** What becomes of a first call; a token is for {@link #exit}. */
        sealed interface Way {
            record Runs(Object token) implements Way {}

            /** The body is not to run now: it will be called. Its token is a {@code Supplier}, and nothing else's is. */
            record Waits(Object token) implements Way {}

            record Refused(Entry.Refusal refusal) implements Way {}
        }

        Arrival arrival(Class<?> owner, String method, @Nullable Object continuation);

        /**
         * Follows a first call to its end. Where it throws, nothing is held any more, and the arguments are as they were.
         *
         * @param passage of an {@link Entry.Suspended}
         * @param self null: the function is static
         * @param arguments the last of which is exchanged
         */
        Way call(Passage passage, Class<?> owner, String method, @Nullable Object self, @Nullable Object[] arguments)
                throws Throwable;

        /** The body has returned, suspended or not, or thrown; answers what the caller gets. Never throws. */
        @Nullable
        Object exit(Object token, @Nullable Object returned, @Nullable Throwable thrown);
    }

    /**
     * Whether a class is one of the agent's beside the application's: an adapter, or a stand-in, which implements what its
     * object does and is not guarded a second time.
     *
     * @param type internal name
     */
    public static boolean isOwn(ClassLoader loader, String type) {
        return loader instanceof AdapterLoader || StandInFile.isNamedSo(type);
    }

    /** The shapes of what other values hold, of which is not known how it was declared. */
    private final class Held implements Inner {
        @Override
        public @Nullable Shape of(@Nullable Object held) {
            return held == null ? null : table().of(held, () -> Object.class);
        }
    }

    /**
     * Whether values of a declared type are followed; all by internal name.
     *
     * @param ancestors the type and those above it
     * @param anyCanStandForIt whether it is an interface; for a class nothing else can stand but what a shape knows
     */
    public boolean follow(String declared, Set<String> ancestors, boolean anyCanStandForIt) {
        return table().ofDeclared(declared, ancestors, anyCanStandForIt) != null;
    }

    /** The name of the type as which values of a declared type are followed; null: they are not. As {@link #follow}. */
    public @Nullable String followedAs(String declared, Set<String> ancestors, boolean anyCanStandForIt) {
        return table().nameOfDeclared(declared, ancestors, anyCanStandForIt);
    }

    /** Whether values of a declared type are publishers that are followed; as {@link #follow}. */
    public boolean areSubscribed(String declared, Set<String> ancestors, boolean anyCanStandForIt) {
        Shape shape = table().ofDeclared(declared, ancestors, anyCanStandForIt);
        return shape != null && shape.isSubscribed();
    }

    /** Whether values of a declared type only hold another one; as {@link #follow}. */
    public boolean areHolders(String declared, Set<String> ancestors, boolean anyCanStandForIt) {
        Shape shape = table().ofDeclared(declared, ancestors, anyCanStandForIt);
        return shape != null && shape.isHolder();
    }

    /** Whether callers get another object for values of a declared type; as {@link #follow}. */
    public boolean replace(String declared, Set<String> ancestors, boolean anyCanStandForIt) {
        Shape shape = table().ofDeclared(declared, ancestors, anyCanStandForIt);
        return shape != null && shape.replaces();
    }

    /** Whether an interface that wants to be closed is followed, for this method of its: by its descriptor. */
    public static boolean followByMethod(String descriptor) {
        return HandedOut.by(descriptor);
    }
}
