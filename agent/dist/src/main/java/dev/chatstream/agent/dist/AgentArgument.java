package dev.chatstream.agent.dist;

import dev.chatstream.agent.dist.Source.Given;
import dev.chatstream.agent.dist.Source.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code key=value;key=value} from behind the flag.
 *
 * <p>A password that holds a {@code ;} falls apart here: what may be a piece of one is therefore never repeated in a
 * message. Pieces end at the next known key.
 */
final class AgentArgument {

    /** Made only where it is asked whether something may be a piece of a password. */
    private static final class PlainAddress {
        /** An address that cannot be the beginning of one with a password. */
        static final Pattern FORM = Pattern.compile("[^=]+=\\s*rediss?://[^:@/;,]+(:\\d+)?(/\\d*)?\\s*");
    }

    private final String[] parts;
    private final Remarks remarks;
    private final List<Given> given = new ArrayList<>();

    /** The last part with a known key; what follows and has none may be a piece of its value. */
    private int lastKnown = -1;

    private AgentArgument(String[] parts, Remarks remarks) {
        this.parts = parts;
        this.remarks = remarks;
    }

    static Source read(@Nullable String text, Remarks remarks) {
        AgentArgument argument = new AgentArgument(text == null ? new String[0] : text.split(";", -1), remarks);
        for (int i = 0; i < argument.parts.length; i++) {
            if (!argument.parts[i].isBlank()) {
                argument.part(i);
            }
        }
        return new Source(Kind.ARGUMENT, "", List.copyOf(argument.given));
    }

    private void part(int index) {
        String part = parts[index];
        String key = key(index);
        int equals = part.indexOf('=');
        boolean known = SettingsTable.find(key).isPresent();
        if (!known && mayBeInSecret()) {
            remarks.mistake(
                    "Part " + (index + 1)
                            + " of the agent argument stands behind a password and is no setting; no value"
                            + " there can hold a ';'.",
                    "It is ignored.");
        } else if (equals < 0) {
            remarks.mistake(
                    "Part " + (index + 1) + " of the agent argument, " + key
                            + ", has no value; write key=value;key=value.",
                    "It is ignored.");
        } else if (equals + 1 < part.length()) {
            given.add(new Given(key, part.substring(equals + 1)));
        }
        lastKnown = known ? index : lastKnown;
    }

    private String key(int index) {
        int equals = parts[index].indexOf('=');
        return (equals < 0 ? parts[index] : parts[index].substring(0, equals)).strip();
    }

    private boolean mayBeInSecret() {
        String key = lastKnown < 0 ? "" : key(lastKnown);
        return key.equals(SettingsTable.REDIS_PASSWORD.key())
                || (key.equals(SettingsTable.REDIS_URI.key())
                        && (isAtBehind(lastKnown)
                                || !PlainAddress.FORM.matcher(parts[lastKnown]).matches()));
    }

    /** Whether there is an {@code @} from here on: a password in an address may end there. */
    private boolean isAtBehind(int index) {
        for (int i = index; i < parts.length; i++) {
            if (parts[i].indexOf('@') >= 0) {
                return true;
            }
        }
        return false;
    }
}
