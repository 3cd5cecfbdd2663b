package dev.chatstream.agent.shapes;

import static java.util.Objects.requireNonNull;

import java.net.http.HttpResponse;
import java.util.List;

/** The JDK's {@link HttpResponse} with a body that is followed: the caller gets one with the body that it would have got. */
final class HttpResponseShape implements Shape {

    private final Inner inner;
    private final StandIns standIns;

    HttpResponseShape(Inner inner, StandIns standIns) {
        this.inner = inner;
        this.standIns = standIns;
    }

    @Override
    public List<String> types() {
        return List.of("java.net.http.HttpResponse");
    }

    @Override
    public boolean replaces() {
        return true;
    }

    @Override
    public boolean fits(Object value, Class<?> declared) {
        return standIns.fits(value, declared) && inner.of(body(value)) != null;
    }

    @Override
    public boolean isOver(Object value) {
        Object body = body(value);
        return shape(body).isOver(body);
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        Object source = body(value);
        Object body = shape(source).follow(source, outlet);
        Object standIn = standIns.of(value, call -> call.name().equals("body") ? body : call.proceed());
        return standIn == null ? value : standIn;
    }

    /** There is one, or this would not {@link #fits fit}. */
    private Shape shape(Object body) {
        return requireNonNull(inner.of(body));
    }

    private static Object body(Object value) {
        return ((HttpResponse<?>) value).body();
    }
}
