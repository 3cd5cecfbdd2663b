package dev.chatstream.agent.dist;

import dev.chatstream.agent.dist.Source.Given;
import dev.chatstream.agent.dist.Source.Kind;
import java.util.ArrayList;
import java.util.Arrays;
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

    /** An address that cannot be the beginning of one with a password. */
    private static final Pattern PLAIN_ADDRESS = Pattern.compile("[^=]+=\\s*rediss?://[^:@/;,]+(:\\d+)?(/\\d*)?\\s*");

    private final Remarks remarks;
    private final List<Given> given = new ArrayList<>();
    private boolean inSecret;

    private AgentArgument(Remarks remarks) {
        this.remarks = remarks;
    }

    static Source read(@Nullable String text, Remarks remarks) {
        AgentArgument argument = new AgentArgument(remarks);
        String[] parts = text == null ? new String[0] : text.split(";", -1);
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isBlank()) {
                boolean at = Arrays.stream(parts, i, parts.length).anyMatch(part -> part.contains("@"));
                argument.part(i + 1, parts[i], at);
            }
        }
        return new Source(Kind.ARGUMENT, "", List.copyOf(argument.given));
    }

    /** @param at whether there is an {@code @} from here on: a password in an address may end there */
    private void part(int number, String part, boolean at) {
        int equals = part.indexOf('=');
        String key = (equals < 0 ? part : part.substring(0, equals)).strip();
        boolean known = SettingsTable.find(key).isPresent();
        if (!known && inSecret) {
            remarks.mistake(
                    "Part " + number + " of the agent argument stands behind a password and is no setting; no value"
                            + " there can hold a ';'.",
                    "It is ignored.");
        } else if (equals < 0) {
            remarks.mistake(
                    "Part " + number + " of the agent argument, " + key + ", has no value; write key=value;key=value.",
                    "It is ignored.");
        } else if (equals + 1 < part.length()) {
            given.add(new Given(key, part.substring(equals + 1)));
        }
        inSecret = known ? mayHoldSecret(key, part, at) : inSecret;
    }

    private static boolean mayHoldSecret(String key, String part, boolean at) {
        return key.equals(SettingsTable.REDIS_PASSWORD.key())
                || (key.equals(SettingsTable.REDIS_URI.key())
                        && (at || !PLAIN_ADDRESS.matcher(part).matches()));
    }
}
