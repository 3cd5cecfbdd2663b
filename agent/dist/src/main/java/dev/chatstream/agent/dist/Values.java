package dev.chatstream.agent.dist;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the sources say of each setting, after the first that has it has won; wrong values are not in it. */
final class Values {

    /** A text and where it stands. */
    record Said(String text, Source source) {}

    private final Map<String, Said> byKey = new LinkedHashMap<>();

    void put(Setting<?> setting, Said said) {
        byKey.put(setting.key(), said);
    }

    void drop(Setting<?> setting) {
        byKey.remove(setting.key());
    }

    Optional<Said> said(Setting<?> setting) {
        return Optional.ofNullable(byKey.get(setting.key()));
    }

    /** The value that somebody gave. */
    <T> Optional<T> given(Setting<T> setting) {
        @Nullable Said said = byKey.get(setting.key());
        return said == null ? Optional.empty() : setting.form().read(said.text());
    }

    /** The value, given or standard. */
    <T> T get(Setting<T> setting) {
        Optional<T> given = given(setting);
        return given.isPresent() ? given.get() : setting.standardValue();
    }
}
