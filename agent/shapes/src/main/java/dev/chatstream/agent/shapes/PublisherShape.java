package dev.chatstream.agent.shapes;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A publisher that is known by its interface only: the caller gets a stand-in of the same interfaces, and whoever subscribes to
 * that is guarded.
 */
final class PublisherShape implements Shape {

    // No lambdas: the table is made inside class loading.

    private record Always(Adapter.OfPublishers adapter) implements Function<Object, Adapter.OfPublishers> {
        @Override
        public Adapter.OfPublishers apply(Object value) {
            return adapter;
        }
    }

    private record BesideLibrary(Library library, Adapters<Adapter.OfPublishers> adapters)
            implements Function<Object, Adapter.OfPublishers> {
        @Override
        public Adapter.OfPublishers apply(Object value) {
            return adapters.of(library.of(value));
        }
    }

    private final StandIns standIns;
    private final String type;
    private final Function<Object, Adapter.OfPublishers> adapters;

    /** @param adapters gives the adapter for a value */
    PublisherShape(StandIns standIns, String type, Function<Object, Adapter.OfPublishers> adapters) {
        this.standIns = standIns;
        this.type = type;
        this.adapters = adapters;
    }

    /** The JDK's own. */
    static PublisherShape ofFlow(StandIns standIns) {
        return new PublisherShape(standIns, "java.util.concurrent.Flow$Publisher", new Always(new FlowAdapter()));
    }

    /**
     * That of a library.
     *
     * @param type binary name, after a mark
     */
    static PublisherShape of(StandIns standIns, String type, String adapter) {
        Library library = new Library(type);
        Adapters<Adapter.OfPublishers> adapters = new Adapters<>(Adapter.OfPublishers.class, adapter);
        return new PublisherShape(standIns, library.name(), new BesideLibrary(library, adapters));
    }

    @Override
    public List<String> types() {
        return List.of(type);
    }

    @Override
    public boolean replaces() {
        return true;
    }

    @Override
    public boolean isSubscribed() {
        return true;
    }

    @Override
    public boolean fits(Object value, Class<?> declared) {
        return standIns.fits(value, declared);
    }

    @Override
    public @Nullable String whyUnfit(Object value, Class<?> declared) {
        return "nothing can stand for it where " + declared.getName() + " is declared; declare " + type;
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        Adapter.OfPublishers adapter = adapters.apply(value);
        Publication publication = outlet.publication();
        Object standIn = standIns.of(value, call -> {
            if (!call.name().equals("subscribe") || call.arguments().length != 1 || call.arguments()[0] == null) {
                return call.proceed();
            }
            adapter.subscribe(value, call.arguments()[0], publication);
            return null;
        });
        return standIn == null ? value : standIn;
    }
}
