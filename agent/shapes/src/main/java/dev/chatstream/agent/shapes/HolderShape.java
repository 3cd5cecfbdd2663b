package dev.chatstream.agent.shapes;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/** Types of one of the application's libraries that hold another value: the caller gets one around what it would have got. */
final class HolderShape implements Shape {

    private final List<String> types;
    private final Adapters<Adapter.Around> adapters;
    private final Inner inner;

    /**
     * @param types binary names, after a mark; the narrower first
     * @param adapter the adapter's class, in the package of adapters
     */
    HolderShape(List<String> types, String adapter, Inner inner) {
        this.types = named(types);
        this.adapters = new Adapters<>(Adapter.Around.class, adapter);
        this.inner = inner;
    }

    /** No stream: the table is made inside class loading. */
    private static List<String> named(List<String> marked) {
        List<String> names = new ArrayList<>(marked.size());
        for (String type : marked) {
            names.add(new Library(type).name());
        }
        return List.copyOf(names);
    }

    @Override
    public List<String> types() {
        return types;
    }

    @Override
    public boolean replaces() {
        return true;
    }

    @Override
    public boolean isHolder() {
        return true;
    }

    /** One that holds nothing, or a plain value, is a plain value itself. */
    @Override
    public boolean fits(Object value, Class<?> declared) {
        if (!adapters.fits(library(value))) {
            return false;
        }
        Shape shape = inner.of(adapter(value).held(value));
        return shape != null && (!shape.replaces() || adapter(value).canHoldAnother(value));
    }

    @Override
    public boolean isOver(Object value) {
        Object held = held(value);
        return shape(held).isOver(held);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very value
    public Object follow(Object value, Outlet outlet) {
        Object held = held(value);
        Object followed = shape(held).follow(held, outlet);
        return followed == held ? value : adapter(value).holding(value, followed);
    }

    /** There is one, or this would not {@link #fits fit}. */
    private Shape shape(Object held) {
        return requireNonNull(inner.of(held));
    }

    private Object held(Object value) {
        return requireNonNull(adapter(value).held(value));
    }

    private Adapter.Around adapter(Object value) {
        return adapters.of(library(value));
    }

    private Class<?> library(Object value) {
        for (String type : types) {
            Class<?> found = Library.find(value.getClass(), type);
            if (found != null) {
                return found;
            }
        }
        throw new IllegalArgumentException(value.getClass().getName());
    }
}
