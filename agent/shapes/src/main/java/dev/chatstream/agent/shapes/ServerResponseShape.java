package dev.chatstream.agent.shapes;

import java.util.List;

/**
 * WebFlux.fn's {@code ServerResponse}: it is complete before its body is subscribed to, and over when it has been written. The
 * caller gets a stand-in of the same interfaces.
 */
final class ServerResponseShape implements Shape {

    private final StandIns standIns;
    private final Shape mono;
    private final Library type = new Library("~org.springframework.web.reactive.function.server.ServerResponse");

    /** @param mono follows what the writing gives */
    ServerResponseShape(StandIns standIns, Shape mono) {
        this.standIns = standIns;
        this.mono = mono;
    }

    @Override
    public List<String> types() {
        return List.of(type.name());
    }

    @Override
    public boolean replaces() {
        return true;
    }

    @Override
    public boolean fits(Object value, Class<?> declared) {
        return standIns.fits(value, declared);
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        Object standIn = standIns.of(value, call -> {
            Object result = call.proceed();
            return call.name().equals("writeTo") && result != null ? mono.follow(result, outlet) : result;
        });
        if (standIn == null) {
            outlet.end();
            return value;
        }
        outlet.endIfForgotten(standIn);
        return standIn;
    }
}
