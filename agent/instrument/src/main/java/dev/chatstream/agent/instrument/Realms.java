package dev.chatstream.agent.instrument;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Realm} of each class loader. Loaders are held weakly and told apart by identity, since some of them define
 * an equality of their own; a realm holds nothing of its loader's, so that a redeployed application can go.
 */
final class Realms {

    private final ConcurrentMap<Key, Realm> realms = new ConcurrentHashMap<>();
    private final ReferenceQueue<ClassLoader> gone = new ReferenceQueue<>();
    private volatile @Nullable Adoptions adoptions;

    /** Made when there is the first one, which is rare. */
    synchronized Adoptions adoptions() {
        Adoptions made = adoptions;
        if (made == null) {
            made = new Adoptions();
            adoptions = made;
        }
        return made;
    }

    /** The methods of a class that are guarded for some receivers, by name and descriptor; null: none. */
    @Nullable
    Set<String> guardedForSome(String owner) {
        Adoptions made = adoptions;
        return made == null ? null : made.of(owner);
    }

    Realm of(ClassLoader loader) {
        Realm known = realms.get(new Key(loader));
        if (known != null) {
            return known;
        }
        forgetTheGone();
        Realm fresh = new Realm();
        Realm other = realms.putIfAbsent(new Key(loader, gone), fresh);
        return other == null ? fresh : other;
    }

    /** The realm of a loader of which something was seen already. */
    @Nullable
    Realm known(@Nullable ClassLoader loader) {
        return loader == null ? null : realms.get(new Key(loader));
    }

    private void forgetTheGone() {
        for (Reference<?> key = gone.poll(); key != null; key = gone.poll()) {
            realms.remove(key);
        }
    }

    private static final class Key extends WeakReference<ClassLoader> {
        private final int hash;

        /** For a look. */
        Key(ClassLoader loader) {
            super(loader);
            this.hash = System.identityHashCode(loader);
        }

        /** To be kept. */
        Key(ClassLoader loader, ReferenceQueue<ClassLoader> gone) {
            super(loader, gone);
            this.hash = System.identityHashCode(loader);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other || (other instanceof Key key && get() != null && refersTo(key.get()));
        }
    }
}
