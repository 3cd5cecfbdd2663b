package dev.chatstream.agent.shapes;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type of one of the application's libraries: its values are followed by an adapter that is linked beside the library. */
final class AdaptedShape implements Shape {

    private final Library library;
    private final Adapters<Adapter> adapters;
    private final boolean replaces;
    private final boolean subscribed;

    /**
     * @param type binary name, after a mark
     * @param adapter the adapter's class, in the package of adapters
     * @param replaces whether the caller gets another object, which is a {@code type}
     */
    AdaptedShape(String type, String adapter, boolean replaces) {
        this(type, adapter, replaces, false);
    }

    private AdaptedShape(String type, String adapter, boolean replaces, boolean subscribed) {
        this.library = new Library(type);
        this.adapters = new Adapters<>(Adapter.class, adapter);
        this.replaces = replaces;
        this.subscribed = subscribed;
    }

    /** One that runs once it is subscribed to. */
    static AdaptedShape ofPublisher(String type, String adapter) {
        return new AdaptedShape(type, adapter, true, true);
    }

    @Override
    public List<String> types() {
        return List.of(library.name());
    }

    @Override
    public boolean replaces() {
        return replaces;
    }

    @Override
    public boolean isSubscribed() {
        return subscribed;
    }

    @Override
    public boolean fits(Object value, Class<?> declared) {
        Class<?> type = library.of(value);
        return declared.isAssignableFrom(type)
                && (!declared.equals(Object.class) || !StandIns.canBeNamed(value, type))
                && adapters.fits(type);
    }

    @Override
    public @Nullable String whyUnfit(Object value, Class<?> declared) {
        Throwable why = adapters.whyNot(library.of(value));
        return why == null
                ? "nothing can stand for it where " + declared.getName() + " is declared; declare " + library.name()
                : "this agent does not know its version of " + library.name() + " (" + why + ")";
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        return adapters.of(library.of(value)).follow(value, outlet);
    }
}
