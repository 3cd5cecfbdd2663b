package dev.chatstream.agent.dist;

import dev.chatstream.agent.dist.Source.Given;
import dev.chatstream.agent.dist.Source.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code key=value;key=value} from behind the flag.
 *
 * <p>A password that holds a {@code ;} falls apart here: what stands behind a secret is therefore never repeated in a
 * message, unless it is a known key.
 */
final class AgentArgument {

    private final Remarks remarks;
    private final List<Given> given = new ArrayList<>();
    private boolean secretSeen;

    private AgentArgument(Remarks remarks) {
        this.remarks = remarks;
    }

    static Source read(@Nullable String text, Remarks remarks) {
        AgentArgument argument = new AgentArgument(remarks);
        String[] parts = text == null ? new String[0] : text.split(";", -1);
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].isBlank()) {
                argument.part(i + 1, parts[i]);
            }
        }
        return new Source(Kind.ARGUMENT, "", List.copyOf(argument.given));
    }

    private void part(int number, String part) {
        int equals = part.indexOf('=');
        String key = (equals < 0 ? part : part.substring(0, equals)).strip();
        boolean known = SettingsTable.find(key).isPresent();
        if (!known && secretSeen) {
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
        secretSeen = secretSeen || mayHoldSecret(key);
    }

    private static boolean mayHoldSecret(String key) {
        return key.equals(SettingsTable.REDIS_PASSWORD.key()) || key.equals(SettingsTable.REDIS_URI.key());
    }
}
