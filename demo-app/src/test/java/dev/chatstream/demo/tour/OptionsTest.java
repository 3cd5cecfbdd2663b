package dev.chatstream.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    @Test
    void withoutOptionsTheTourStartsItsOwnRedisAndLeavesNothingUp() {
        assertThat(Options.parse()).isEqualTo(new Options.Play(Optional.empty(), false));
    }

    @Test
    void takesARedisAndStays() {
        assertThat(Options.parse("--redis", "rediss://ann:secret@redis.example:6380/2", "--stay"))
                .isEqualTo(new Options.Play(Optional.of(URI.create("rediss://ann:secret@redis.example:6380/2")), true));
    }

    @Test
    void helps() {
        assertThat(Options.parse("--help")).isInstanceOf(Options.Help.class);
        assertThat(Options.parse("-h")).isInstanceOf(Options.Help.class);
    }

    @Test
    void namesWhatItDoesNotKnowAndWhatThereIs() {
        assertThat(Options.parse("--sty"))
                .isEqualTo(new Options.Wrong("'--sty' is no option; there are --redis URI, --stay and --help."));
    }

    @Test
    void anAddressThatIsMissingIsSaid() {
        assertThat(wrong("--redis")).contains("it was given nothing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:6379",
                "http://localhost",
                "redis://",
                "redis://a b",
                "redis-sentinel://localhost/name"
            })
    void anAddressThatIsNoneIsSaid(String address) {
        assertThat(wrong("--redis", address))
                .contains("'" + address + "'")
                .contains("redis://[[user:]password@]host[:port]");
    }

    @Test
    void aPasswordIsNotRepeated() {
        assertThat(wrong("--redis", "http://ann:secret@localhost"))
                .contains("http://***@localhost")
                .doesNotContain("secret");
    }

    private static String wrong(String... arguments) {
        return Options.parse(arguments) instanceof Options.Wrong wrong ? wrong.message() : "";
    }
}
