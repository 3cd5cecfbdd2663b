package dev.chatstream.agent.dist;

import java.util.Locale;

/** The names of an enum's constants as users write them. */
final class Choices {

    private Choices() {}

    /** {@code wait, reject or supersede}. */
    static String of(Class<? extends Enum<?>> type) {
        StringBuilder text = new StringBuilder();
        Enum<?>[] constants = type.getEnumConstants();
        for (int i = 0; i < constants.length; i++) {
            text.append(i == 0 ? "" : i == constants.length - 1 ? " or " : ", ").append(name(constants[i]));
        }
        return text.toString();
    }

    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
