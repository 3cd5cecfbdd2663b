package dev.chatstream.agent.instrument;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sites woven into one class, by method. A later weaving of the same class (after another agent's redefinition) puts
 * new ones in their place; calls under way keep theirs.
 */
final class ClassSites {

    private volatile Map<String, Site> byMethod = Map.of();
    private volatile Map<String, Site> adopted = Map.of();

    /** The site of a method, by name and descriptor; null: it is not guarded any more, or never was. */
    @Nullable
    Site of(String method) {
        return byMethod.get(method);
    }

    boolean any() {
        return !byMethod.isEmpty();
    }

    /** The sites of inherited methods that are guarded for this class and those below it; see {@link Adoption#body}. */
    Map<String, Site> adopted() {
        return adopted;
    }

    /** Answers whether what is adopted may be other than it was. */
    boolean become(Map<String, Site> sites, Map<String, Site> fromAbove) {
        boolean changes = !adopted.isEmpty() || !fromAbove.isEmpty();
        byMethod = sites;
        adopted = fromAbove;
        return changes;
    }
}
