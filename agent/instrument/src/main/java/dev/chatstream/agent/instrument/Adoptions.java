package dev.chatstream.agent.instrument;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The methods of all loaders that are guarded for some receivers only, by the names of their classes. Which receivers these
 * are stands with the class that inherits them ({@link ClassSites#adopted}), so that nothing here knows a loader: what is
 * left of an application that has gone are names, and where another class has such a name its calls find nobody who asked.
 */
final class Adoptions {

    private final ConcurrentMap<String, Set<String>> byOwner = new ConcurrentHashMap<>();
    private final Set<String> adopted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger changes = new AtomicInteger();

    /**
     * From now on the method is woven where its class passes.
     *
     * @return whether it is adopted for the first time: its class may have passed already, also where it was expected, since
     *     both race
     */
    boolean add(Adoption adoption) {
        expect(adoption.method());
        return adopted.add(adoption.body());
    }

    /** Somebody may adopt it later. */
    void expect(MethodFile method) {
        Set<String> keys = byOwner.get(method.owner());
        if (keys == null) {
            Set<String> fresh = ConcurrentHashMap.newKeySet();
            Set<String> other = byOwner.putIfAbsent(method.owner(), fresh);
            keys = other == null ? fresh : other;
        }
        keys.add(method.key());
    }

    /** The methods of a class, by name and descriptor; null: none. */
    @Nullable
    Set<String> of(String owner) {
        return byOwner.get(owner);
    }

    /** What is known of receivers has to be looked up again. */
    void changed() {
        changes.incrementAndGet();
    }

    /** Grows with every change. */
    int version() {
        return changes.get();
    }
}
