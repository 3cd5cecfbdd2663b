package dev.chatstream.agent.instrument;

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
        return standIns.fits(value, declared) && inner.isFollowed(body(value));
    }

    @Override
    public boolean isOver(Object value) {
        return inner.isOver(body(value));
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        Object body = inner.follow(body(value), outlet);
        Object standIn = standIns.of(value, call -> call.name().equals("body") ? body : call.proceed());
        return standIn == null ? value : standIn;
    }

    private static Object body(Object value) {
        return ((HttpResponse<?>) value).body();
    }
}
