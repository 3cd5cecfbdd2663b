package dev.chatstream.agent.dist;

import dev.chatstream.agent.redis.RedisStore;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the text of a setting may look like, and what it then means. */
sealed interface Form<T> {

    /** The value, or empty where the text is not allowed. */
    Optional<T> read(String text);

    /** What is allowed, in the few words of a table. */
    String brief();

    /** What is allowed, to follow "write". */
    default String allowed() {
        return brief();
    }

    /** What is wrong with a text that is not allowed, and what would be right. Repeats no text that may be secret. */
    default String complaint(String text) {
        return "write " + allowed();
    }

    /** A duration within a range, both ends included; zero may be allowed besides. */
    record Span(String least, String most, boolean orZero) implements Form<Duration> {
        @Override
        public Optional<Duration> read(String text) {
            Optional<Duration> read = Durations.parse(text);
            return read.isPresent() && isAllowed(read.get()) ? read : Optional.empty();
        }

        private boolean isAllowed(Duration value) {
            boolean within = value.compareTo(Durations.of(least)) >= 0 && value.compareTo(Durations.of(most)) <= 0;
            return within || (orZero && value.isZero());
        }

        @Override
        public String brief() {
            return least + " to " + most + (orZero ? "; 0: never" : "");
        }

        @Override
        public String allowed() {
            return Durations.allowed(brief());
        }
    }

    /** A duration whose upper end hangs on another setting and is judged later, in {@link Relations}. */
    record LimitedSpan(String least, String limit) implements Form<Duration> {
        @Override
        public Optional<Duration> read(String text) {
            Optional<Duration> read = Durations.parse(text);
            return read.isPresent() && read.get().compareTo(Durations.of(least)) >= 0 ? read : Optional.empty();
        }

        @Override
        public String brief() {
            return least + " to " + limit;
        }

        @Override
        public String allowed() {
            return Durations.allowed(brief());
        }
    }

    /** A whole number within a range. */
    record Count(int least, int most) implements Form<Integer> {
        @Override
        public Optional<Integer> read(String text) {
            try {
                int value = Integer.parseInt(text);
                return value >= least && value <= most ? Optional.of(value) : Optional.empty();
            } catch (NumberFormatException noNumber) {
                return Optional.empty();
            }
        }

        @Override
        public String brief() {
            return least + " to " + most;
        }

        @Override
        public String allowed() {
            return "a whole number from " + brief();
        }
    }

    /** One of the names of an enum, in small letters. */
    record Choice<E extends Enum<E>>(Class<E> type) implements Form<E> {
        @Override
        public Optional<E> read(String text) {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equalsIgnoreCase(text)) {
                    return Optional.of(constant);
                }
            }
            return Optional.empty();
        }

        @Override
        public String brief() {
            return Choices.of(type);
        }
    }

    /** True or false. */
    record Flag() implements Form<Boolean> {
        @Override
        public Optional<Boolean> read(String text) {
            return "true".equalsIgnoreCase(text)
                    ? Optional.of(true)
                    : "false".equalsIgnoreCase(text) ? Optional.of(false) : Optional.empty();
        }

        @Override
        public String brief() {
            return "true or false";
        }
    }

    /** Any text: what is wrong in it is found where it is used. */
    record Text(String brief) implements Form<String> {
        @Override
        public Optional<String> read(String text) {
            return Optional.of(text);
        }
    }

    /** The path of a file, which need not be there yet. */
    record FilePath() implements Form<Path> {
        @Override
        public Optional<Path> read(String text) {
            try {
                return Optional.of(Path.of(text));
            } catch (InvalidPathException noPath) {
                return Optional.empty();
            }
        }

        @Override
        public String brief() {
            return "a file";
        }

        @Override
        public String allowed() {
            return "the path of a file";
        }
    }

    /** What may stand before every key in Redis. */
    record Namespace() implements Form<String> {
        private static final int LONGEST = 64;

        @Override
        public Optional<String> read(String text) {
            boolean fits = !text.isEmpty() && text.length() <= LONGEST;
            for (int i = 0; fits && i < text.length(); i++) {
                char c = text.charAt(i);
                fits = isLetter(c) || (c >= '0' && c <= '9') || "._:-".indexOf(c) >= 0;
            }
            return fits ? Optional.of(text) : Optional.empty();
        }

        private static boolean isLetter(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        }

        @Override
        public String brief() {
            return "1 to " + LONGEST + " of letters, digits and . _ : -";
        }
    }

    /** Where Redis is. */
    record Uris() implements Form<List<String>> {
        @Override
        public Optional<List<String>> read(String text) {
            List<String> uris = RedisStore.split(text);
            return RedisStore.mistake(uris).isEmpty() ? Optional.of(uris) : Optional.empty();
        }

        @Override
        public String brief() {
            return "URIs, separated by commas";
        }

        @Override
        public String complaint(String text) {
            return RedisStore.mistake(RedisStore.split(text)).orElseGet(this::allowed);
        }
    }
}
