package dev.chatstream.agent.instrument;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of a rule so far: the one place that knows, for whoever reports it. Written while classes load, on many
 * threads; texts only, and of each kind at most {@link #MOST}.
 */
final class RuleOutcome {

    private static final int MOST = 100;

    private final Set<String> guarded = ConcurrentHashMap.newKeySet();
    private final Set<String> obstacles = ConcurrentHashMap.newKeySet();
    private final Set<String> methods = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String unread;
    private volatile boolean classSeen;
    private volatile boolean saidToBeIdle;

    /** A class that it names has passed. */
    void sawClass() {
        classSeen = true;
    }

    /** A method of that class, whether it is meant or not. */
    void sawMethod(MethodFile method) {
        add(methods, method.nameAndTypes());
    }

    /**
     * A method is guarded by it.
     *
     * @return whether that is news to somebody who was told that it guards nothing
     */
    boolean guards(String method) {
        boolean first = guarded.isEmpty();
        add(guarded, method);
        return first && saidToBeIdle;
    }

    /** Why a method that it names is not guarded. */
    void obstacle(String why) {
        add(obstacles, why);
    }

    /** A supertype of a class that it names cannot be looked into. */
    void unread(String type, String supertype) {
        String news = "methods that " + type + " inherits from " + supertype
                + ", whose class file cannot be read, are not found; name them by the class that declares them";
        if (obstacles.add(news)) {
            unread = news;
        }
    }

    /** Answers only once that something could not be read; null: nothing new. */
    @Nullable
    String takeUnread() {
        String news = unread;
        unread = null;
        return news;
    }

    private static void add(Set<String> set, String text) {
        if (set.size() < MOST) {
            set.add(text);
        }
    }

    boolean isIdle() {
        return guarded.isEmpty();
    }

    void saidToBeIdle() {
        saidToBeIdle = true;
    }

    boolean isClassSeen() {
        return classSeen;
    }

    List<String> guarded() {
        return sorted(guarded);
    }

    List<String> obstacles() {
        return sorted(obstacles);
    }

    /** The methods of the named class, as rules write them: {@code ask[java.lang.String,int]}. */
    List<String> methods() {
        return sorted(methods);
    }

    private static List<String> sorted(Collection<String> texts) {
        List<String> sorted = new ArrayList<>(texts);
        sorted.sort(null);
        return sorted;
    }
}
