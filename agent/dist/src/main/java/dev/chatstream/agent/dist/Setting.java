package dev.chatstream.agent.dist;

import java.util.Optional;

/**
 * One row of the table of settings.
 *
 * @param standard the default as users would write it; empty: none, or one that follows from other settings
 * @param standardSaid the default as the table says it
 * @param secrecy what of a value may be shown
 * @param meaning what it does, in a line or a few
 */
record Setting<T>(
        String key, Form<T> form, Optional<String> standard, String standardSaid, Secrecy secrecy, String meaning) {

    /** What of a value may get into a message. */
    enum Secrecy {
        OPEN,
        /** A URI that may hold a password. */
        PARTLY,
        SECRET
    }

    static <T> Setting<T> of(String key, Form<T> form, String standard, String meaning) {
        return new Setting<>(key, form, Optional.of(standard), standard, Secrecy.OPEN, meaning);
    }

    static <T> Setting<T> derived(String key, Form<T> form, String standardSaid, String meaning) {
        return new Setting<>(key, form, Optional.empty(), standardSaid, Secrecy.OPEN, meaning);
    }

    static <T> Setting<T> optional(String key, Form<T> form, String meaning) {
        return new Setting<>(key, form, Optional.empty(), "none", Secrecy.OPEN, meaning);
    }

    Setting<T> hiding(Secrecy what) {
        return new Setting<>(key, form, standard, standardSaid, what, meaning);
    }

    /** The value that counts where none is given. */
    T standardValue() {
        return form.read(standard.orElseThrow()).orElseThrow();
    }

    /** A value as a message may show it. */
    String shown(String text) {
        return switch (secrecy) {
            case OPEN -> text;
            case PARTLY -> RedisUris.masked(text);
            case SECRET -> "***";
        };
    }
}
