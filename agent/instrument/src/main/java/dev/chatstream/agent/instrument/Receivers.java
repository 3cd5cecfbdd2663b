package dev.chatstream.agent.instrument;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a receiver's class which inherited methods are guarded for it. Kept with that class, and costs a call some
 * nanoseconds; looked up again when a type has come to adopt a method since.
 *
 * <p>Race: two calls may look up at once, and find the same.
 */
final class Receivers extends ClassValue<Receivers.Known> {

    /** A method as it is guarded for a receiver: by what the type says that adopts it, in the eyes of that type. */
    record Adopted(Class<?> by, Site site) {}

    /** What is known of one class of receivers, as of a change. */
    static final class Known {
        private final Class<?> receiver;
        private volatile Version version = new Version(-1, Map.of());

        Known(Class<?> receiver) {
            this.receiver = receiver;
        }
    }

    private record Version(int number, Map<String, Adopted> byBody) {}

    private final Sites sites;
    private final Adoptions adoptions;

    Receivers(Sites sites, Adoptions adoptions) {
        this.sites = sites;
        this.adoptions = adoptions;
    }

    @Override
    protected Known computeValue(Class<?> receiver) {
        return new Known(receiver);
    }

    /** Null: this method is not guarded for that receiver. */
    @Nullable
    Adopted of(Class<?> receiver, String body) {
        Known known = get(receiver);
        Version version = known.version;
        int now = adoptions.version();
        if (version.number != now) {
            Map<String, Adopted> byBody = new HashMap<>();
            for (Class<?> each = known.receiver; each != null && each != Object.class; each = each.getSuperclass()) {
                add(each, byBody);
            }
            version = new Version(now, byBody);
            known.version = version;
        }
        return version.byBody.get(body);
    }

    /** Nearest first: a class, then the interfaces that it names. */
    private void add(Class<?> type, Map<String, Adopted> byBody) {
        for (Map.Entry<String, Site> adopted : sites.get(type).adopted().entrySet()) {
            byBody.putIfAbsent(adopted.getKey(), new Adopted(type, adopted.getValue()));
        }
        for (Class<?> implemented : type.getInterfaces()) {
            add(implemented, byBody);
        }
    }
}
