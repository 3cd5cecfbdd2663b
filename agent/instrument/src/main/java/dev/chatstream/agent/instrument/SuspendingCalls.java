package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Call;
import dev.chatstream.agent.core.Entry;
import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.instrument.Calls.Admission;
import dev.chatstream.agent.instrument.Calls.Body;
import dev.chatstream.agent.shapes.Shapes;
import dev.chatstream.agent.shapes.Shapes.Suspending.Arrival;
import dev.chatstream.agent.shapes.Shapes.Suspending.Way;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What {@link Calls} does where the woven method is a function that suspends: it is entered again each time it is resumed. */
final class SuspendingCalls {

    private final Properties properties;
    private final Shapes shapes;
    private final Telemetry telemetry;
    private final Journal journal;
    private final WovenPassage.OfWoven ofWoven;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    SuspendingCalls(
            Properties properties, Shapes shapes, Telemetry telemetry, Journal journal, WovenPassage.OfWoven ofWoven) {
        this.properties = properties;
        this.shapes = shapes;
        this.telemetry = telemetry;
        this.journal = journal;
        this.ofWoven = ofWoven;
    }

    /** Null: it is a first call, which is still to be let in. */
    @Nullable
    Admission begun(Body body, Object[] arguments) {
        Object continuation = arguments[arguments.length - 1];
        return switch (shapes.suspending().arrival(body.woven(), body.method(), continuation)) {
            case Arrival.First first -> null;
            case Arrival.Resumed resumed -> Calls.UNGUARDED;
            case Arrival.Begun begun -> new Admission.In(begun.token());
            case Arrival.Unknown unknown -> {
                sayOnce(body, unknown.why());
                yield Calls.UNGUARDED;
            }
        };
    }

    private void sayOnce(Body body, String why) {
        String method = body.woven().getName() + "#"
                + body.method().substring(0, body.method().indexOf('('));
        if (said.add(method)) {
            journal.tell(Journal.Level.WARN, "not guarded", method + " runs unguarded: " + why + ". Said once.", null);
        }
    }

    Admission first(Site.Guarded site, Class<?> owner, Body body, Object[] arguments) throws Throwable {
        Call call = site.call(arguments, properties, journal, telemetry.listener(owner));
        return switch (site.guard().enterSuspended(call)) {
            case Entry.Entered entered -> {
                WovenPassage passage = new WovenPassage(site, entered, owner, body.method(), ofWoven);
                Way way = shapes.suspending().call(passage, body.woven(), body.method(), body.self(), arguments);
                yield switch (way) {
                    case Way.Runs runs -> new Admission.In(runs.token());
                    case Way.Waits waits -> new Admission.In(waits.token());
                    case Way.Refused refused -> refused(owner, refused.refusal());
                };
            }
            case Entry.Refusal refusal -> refused(owner, refusal);
        };
    }

    private Admission refused(Class<?> owner, Entry.Refusal refusal) {
        return new Admission.Refused(ofWoven.exceptions().get(owner).of(refusal));
    }
}
