package dev.chatstream.it.apps.jdk;

import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.Desk;
import dev.chatstream.it.apps.ToldChats;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Returns whatever of the JDK goes on after a method: what is read, and futures. */
public final class ShapeChats extends ToldChats {

    private static final long LIMIT_MILLIS = 300;

    private static final Set<String> FUTURES = Set.of(
            "future",
            "stage",
            "minimalStage",
            "task",
            "nested",
            "nestedStages",
            "optionalFuture",
            "futureStream",
            "objectFuture");

    private final Readers readers = new Readers();
    private final Futures futures = new Futures();

    public static void main(String[] arguments) throws IOException {
        Desk.serve(new ShapeChats());
    }

    @Override
    protected Object call(String method, Call call) throws Exception {
        return FUTURES.contains(method) ? futures.call(method, call) : readers.call(method, call);
    }

    @Override
    protected void read(Object value, Call call) {
        Reading.all(value, call);
    }

    @Override
    protected void consume(String how, Object value, Call call) throws Exception {
        switch (how) {
            case "first" -> call.hear(Reading.first(Reading.inside(value, call)).toString());
            case "close" -> {
                if (Reading.inside(value, call) instanceof AutoCloseable closeable) {
                    closeable.close();
                }
                call.cancel();
            }
            case "limit" -> limit(value, call);
            case "limitInside" ->
                limit(((CompletionStage<?>) value).toCompletableFuture().join(), call);
            default -> throw new IllegalArgumentException(how);
        }
    }

    /** By the JDK's own means. */
    private static void limit(Object value, Call call) {
        Object future = value instanceof Optional<?> optional ? optional.orElseThrow() : value;
        var unused = ((CompletableFuture<?>) future).orTimeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        Reading.all(future, call);
    }
}
