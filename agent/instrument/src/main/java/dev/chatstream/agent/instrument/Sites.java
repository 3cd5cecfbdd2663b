package dev.chatstream.agent.instrument;

import org.jspecify.annotations.Nullable;

/**
 * The sites of a woven class, found by the class: they are kept with it, cost a call some nanoseconds, and go when it
 * goes. When a class is woven there is no class yet, so they are put down in the realm of its loader first.
 */
final class Sites extends ClassValue<ClassSites> {

    private final Realms realms;
    private volatile @Nullable Receivers receivers;

    Sites(Realms realms) {
        this.realms = realms;
    }

    /** How a method that is guarded for some receivers is guarded for this one; null: it is not. */
    Receivers.@Nullable Adopted adopted(Class<?> receiver, Site.ByReceiver site) {
        Receivers known = receivers;
        if (known == null) { // race: two may make it, and what either knows can be looked up again
            known = new Receivers(this, realms.adoptions());
            receivers = known;
        }
        return known.of(receiver, site.body());
    }

    @Override
    protected ClassSites computeValue(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        // kept for a class that is not woven too: it may be later, and then they are filled
        return loader == null
                ? new ClassSites()
                : realms.of(loader).sites(type.getName().replace('.', '/'));
    }

    /** Whether a call of this method, on an object of this type, meets a guarded body. */
    boolean guards(Class<?> type, String method) {
        for (@Nullable Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
            Site site = get(each).of(method);
            if (site instanceof Site.ByReceiver some && some.otherwise() == null && adopted(type, some) == null) {
                continue;
            }
            if (site != null) {
                return true;
            }
        }
        return false;
    }
}
