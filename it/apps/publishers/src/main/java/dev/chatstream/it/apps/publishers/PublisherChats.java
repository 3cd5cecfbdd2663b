package dev.chatstream.it.apps.publishers;

import dev.chatstream.it.apps.Call;
import dev.chatstream.it.apps.Chats;
import dev.chatstream.it.apps.Desk;
import dev.chatstream.it.apps.Source;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Returns publishers of every kind. A method is named with the place where it is called and subscribed to, {@code
 * flux@loop}; the prompt says what its consumer does.
 */
public final class PublisherChats implements Chats {

    private record Returned(Call call, Place place, Object value) {}

    private final Guarded guarded = new Guarded();
    private final Map<String, Returned> returned = new ConcurrentHashMap<>();

    public static void main(String[] arguments) throws IOException {
        Desk.serve(new PublisherChats());
    }

    @Override
    public String answer(String method, Call call) throws Exception {
        int at = method.indexOf('@');
        String name = at < 0 ? method : method.substring(0, at);
        Place place =
                at < 0 ? Place.HERE : Place.valueOf(method.substring(at + 1).toUpperCase(Locale.ROOT));
        Object value = place.get(() -> guarded.call(name, call));
        returned.put(call.getName(), new Returned(call, place, value));
        switch (call.getPrompt()) {
            case "keep" -> {
                return "kept";
            }
            case "limit" -> read(Reading.limited(Reading.unwrapped(value)), place, call);
            case "retry" -> {
                read(Reading.retried(Reading.unwrapped(value)), place, call);
                Desk.say("subscribed", call.getName(), "-");
            }
            case "drop" -> {
                read(Reading.unwrapped(value), place, call);
                return "dropped";
            }
            default -> read(Reading.unwrapped(value), place, call);
        }
        return call.awaitEnd();
    }

    private static void read(Object publisher, Place place, Call call) throws Exception {
        place.get(() -> {
            Reading.read(publisher, call);
            return "subscribed";
        });
    }

    @Override
    public Object reply(String question, String about) throws Exception {
        return switch (question) {
            case "cancel" -> {
                of(about).call.cancel();
                yield "cancelled";
            }
            case "again" -> {
                Returned first = of(about);
                read(Reading.unwrapped(first.value), first.place, first.call.again());
                yield "subscribed";
            }
            case "forget" -> {
                returned.remove(about);
                yield Objects.requireNonNull(Source.reply(question, about));
            }
            case "collect" -> {
                System.gc();
                yield "collected";
            }
            default -> Objects.requireNonNullElse(Source.reply(question, about), "unknown request " + question);
        };
    }

    private Returned of(String call) {
        return Objects.requireNonNull(returned.get(call), call);
    }
}
