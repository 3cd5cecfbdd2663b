package dev.chatstream.agent.instrument;

import dev.chatstream.agent.core.Call;
import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnLost;
import dev.chatstream.agent.shapes.Passage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the elements that are not expressions. What is wrong with one is remarked, and it is as configured then. */
final class Policies {

    private final MethodFile method;
    private final Elements elements;
    private final Lines lines;

    Policies(MethodFile method, Elements elements, Lines lines) {
        this.method = method;
        this.elements = elements;
        this.lines = lines;
    }

    /**
     * @param name of the method, in all that is said of its streams
     * @param subscribed whether what the method returns runs once it is subscribed to
     */
    Call.Rule rule(String name, boolean subscribed) {
        for (int i = 0; i < elements.unknown().size(); i++) {
            lines.remark(
                    method,
                    "its annotation's " + elements.unknown().get(i)
                            + " is not known to this agent, which is older than the API, and is ignored.");
        }
        return new Call.Rule(
                name,
                choice(OnBusy.values(), "onBusy", elements.onBusy()),
                acquireTimeout(),
                choice(OnLost.values(), "onLost", elements.onLost()),
                elements.isInterruptible(),
                subscribed);
    }

    Passage.OnStop onStop() {
        Passage.OnStop known = choice(Passage.OnStop.values(), "onStop", elements.onStop());
        return known == null ? Passage.OnStop.DEFAULT : known;
    }

    /** Null: as configured. */
    private <E extends Enum<E>> @Nullable E choice(E[] known, String element, String name) {
        if (name.equals(Elements.DEFAULT)) {
            return null;
        }
        for (E each : known) {
            if (each.name().equals(name)) {
                return each;
            }
        }
        lines.remark(
                method,
                element + " = " + name
                        + " is not known to this agent, which is older than the API: it counts as DEFAULT.");
        return null;
    }

    private @Nullable Duration acquireTimeout() {
        String text = elements.acquireTimeout();
        if (text.isEmpty()) {
            return null;
        }
        Duration time = Times.parse(text);
        if (time == null) {
            lines.remark(
                    method,
                    "acquireTimeout = \"" + text + "\" is no time: allowed is " + Times.ALLOWED
                            + "; the configured acquire-timeout is used.");
        }
        return time;
    }
}
