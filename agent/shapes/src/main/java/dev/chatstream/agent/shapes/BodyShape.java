package dev.chatstream.agent.shapes;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** An interface with one method, which whoever gets the value calls to run it: the caller gets a stand-in. */
final class BodyShape implements Shape {

    private final StandIns standIns;
    private final String type;
    private final String method;
    private final int arguments;

    /**
     * @param type binary name
     * @param method the name of its method
     * @param arguments how many that has
     */
    BodyShape(StandIns standIns, String type, String method, int arguments) {
        this.standIns = standIns;
        this.type = type;
        this.method = method;
        this.arguments = arguments;
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
    public boolean fits(Object value, Class<?> declared) {
        return standIns.fits(value, declared);
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        Body body = outlet.body();
        Object standIn = standIns.of(
                value,
                call -> call.name().equals(method) && call.arguments().length == arguments
                        ? body.run(code(call))
                        : call.proceed());
        return standIn == null ? value : standIn;
    }

    private static Callable<@Nullable Object> code(StandIns.Call call) {
        return () -> {
            try {
                return call.proceed();
            } catch (Throwable thrown) {
                throw Feed.<RuntimeException>unchecked(thrown);
            }
        };
    }
}
