package dev.chatstream.it.apps;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** An application that does to what its methods return what the test says: by the prompt of a call, and by what it asks later. */
public abstract class ToldChats implements Chats {

    private record Returned(Call call, Object value) {}

    private final Map<String, Returned> returned = new ConcurrentHashMap<>();

    /** Calls the method. */
    protected abstract Object call(String method, Call call) throws Exception;

    /** Has a value read to its end, which the call is told of. */
    protected abstract void read(Object value, Call call) throws Exception;

    /** Does anything else that this application knows how to do to a value. */
    protected abstract void consume(String how, Object value, Call call) throws Exception;

    @Override
    public final String answer(String method, Call call) throws Exception {
        Object value = call(method, call);
        if (call.getPrompt().equals("drop")) {
            return "dropped";
        }
        returned.put(call.getName(), new Returned(call, value));
        switch (call.getPrompt()) {
            case "keep" -> {
                return "kept";
            }
            case "read" -> read(value, call);
            default -> consume(call.getPrompt(), value, call);
        }
        return call.awaitEnd();
    }

    @Override
    public final Object reply(String question, String about) throws Exception {
        return switch (question) {
            case "cancel" -> {
                of(about).call.cancel();
                yield "cancelled";
            }
            case "again" -> {
                Returned first = of(about);
                read(first.value, first.call.again());
                yield "read";
            }
            case "forget" -> {
                returned.remove(about);
                yield Objects.requireNonNull(Source.reply(question, about));
            }
            case "collect" -> {
                System.gc();
                yield "collected";
            }
            default -> {
                Object told = Source.reply(question, about);
                yield told == null ? consumed(question, of(about)) : told;
            }
        };
    }

    private Object consumed(String how, Returned returned) throws Exception {
        consume(how, returned.value, returned.call);
        return "consumed";
    }

    private Returned of(String call) {
        return Objects.requireNonNull(returned.get(call), call);
    }

    /** The guarded method's body runs. */
    public static Source entered(Call call) {
        Desk.say("entered", call.getName(), Source.stream());
        return Source.of(call.getName());
    }
}
