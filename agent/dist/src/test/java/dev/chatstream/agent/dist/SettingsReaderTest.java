package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.GuardSettings;
import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.redis.RedisStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    @TempDir
    Path directory;

    @Test
    void nothingGivenMeansTheDefaults() {
        SettingsReader.Outcome outcome = Read.nothing().read();

        assertThat(Read.lines(outcome)).isEmpty();
        assertThat(outcome.settings().isWoven()).isTrue();
        assertThat(outcome.settings().isStrict()).isFalse();
        assertThat(outcome.settings().logLevel()).isEqualTo(Journal.Level.INFO);
        assertThat(outcome.settings().guard())
                .isEqualTo(new GuardSettings(
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        8,
                        Duration.ofSeconds(10),
                        Duration.ofHours(1),
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(5),
                        GuardSettings.OnBusy.WAIT,
                        GuardSettings.OnLost.ABORT,
                        GuardSettings.OnRedisDown.DEGRADE,
                        GuardSettings.OnMissingChatId.PASS,
                        GuardSettings.Mode.ENFORCE));
    }

    @ParameterizedTest
    @EnumSource(Source.Kind.class)
    void everySourceCounts(Source.Kind kind) {
        Read.From from = Read.from(kind, "lock-ttl", "30s", directory);

        assertThat(from.lines()).isEmpty();
        assertThat(from.settings().guard().lockTtl()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void theFirstSourceThatHasItWins() {
        Read.From from = Read.nothing()
                .file(Read.file(
                        directory, Map.of("lock-ttl", "4s", "max-waiters", "4", "abort-grace", "4s", "max-hold", "4s")))
                .variable("CHATSTREAM_LOCK_TTL", "3s")
                .variable("CHATSTREAM_MAX_WAITERS", "3")
                .variable("CHATSTREAM_ABORT_GRACE", "3s")
                .property("chatstream.lock-ttl", "2s")
                .property("chatstream.max-waiters", "2")
                .argument("lock-ttl=1s");

        assertThat(from.lines()).isEmpty();
        GuardSettings guard = from.settings().guard();
        assertThat(guard.lockTtl()).isEqualTo(Duration.ofSeconds(1));
        assertThat(guard.maxWaiters()).isEqualTo(2);
        assertThat(guard.abortGrace()).isEqualTo(Duration.ofSeconds(3));
        assertThat(guard.maxHold()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void emptyIsUnset() {
        Read.From from = Read.nothing()
                .argument("lock-ttl=;;")
                .property("chatstream.lock-ttl", "")
                .variable("CHATSTREAM_LOCK_TTL", "  ")
                .variable("CHATSTREAM_NO_SUCH_KEY", "")
                .file(Read.file(directory, "lock-ttl=9s"));

        assertThat(from.lines()).isEmpty();
        assertThat(from.settings().guard().lockTtl()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void aWrongValueDoesNotBringALaterSourceToLife() {
        Read.From from = Read.nothing().argument("lock-ttl=soon").property("chatstream.lock-ttl", "9s");

        assertThat(from.settings().guard().lockTtl()).isEqualTo(Duration.ofSeconds(60));
    }

    static Stream<Arguments> wrongValuesInEverySource() {
        return WrongValues.of()
                .flatMap(wrong -> Stream.of(Source.Kind.values())
                        .filter(kind -> kind != Source.Kind.FILE || !wrong.key().equals("config-file"))
                        .map(kind -> Arguments.of(kind, wrong.key(), wrong.value())));
    }

    @ParameterizedTest
    @MethodSource("wrongValuesInEverySource")
    void aWrongValueIsOneLineWithKeyValueSourceAndWhatIsAllowed(Source.Kind kind, String key, String value) {
        Read.From from = Read.from(kind, key, value, directory);

        String where = switch (kind) {
            case ARGUMENT -> "(agent argument)";
            case PROPERTY -> "(system property chatstream." + key + ")";
            case VARIABLE ->
                "(environment variable CHATSTREAM_" + key.toUpperCase().replace('-', '_') + ")";
            case FILE -> "(file " + directory.resolve("chat.properties") + ")";
        };
        Setting<?> setting = SettingsTable.find(key).orElseThrow();
        String used = setting.standardSaid().equals("none") ? "It is ignored." : "The default is used: ";
        assertThat(from.lines())
                .singleElement()
                .asString()
                .startsWith(key + "=" + value + " " + where + " is not allowed: "
                        + setting.form().complaint(value))
                .contains(used)
                .doesNotContain("\n");
        assertThat(from.settings().guard()).isEqualTo(Read.nothing().settings().guard());
    }

    @Test
    void everyKeyThatCanBeWrongIsTriedWrong() {
        assertThat(WrongValues.of().map(WrongValues.Wrong::key).distinct())
                .containsAll(SettingsTable.ALL.stream()
                        .filter(setting -> !(setting.form() instanceof Form.Text))
                        .filter(setting -> !(setting.form() instanceof Form.FilePath)) // NUL aside, any text is a path
                        .map(Setting::key)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("dev.chatstream.agent.dist.WrongValues#atTheEndsOfTheirRanges")
    void theEndsOfARangeAreAllowed(String key, String value) {
        assertThat(Read.nothing().argument(key + "=" + value).read().remarks().mistakes())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRUE", "True", " true "})
    void capitalsAndSpacesAroundDoNotMatter(String text) {
        assertThat(Read.nothing().variable("CHATSTREAM_STRICT", text).settings().isStrict())
                .isTrue();
    }

    @Test
    void aPathThatNoFileSystemKnowsIsWrong() {
        assertThat(Read.nothing().property("chatstream.methods-file", "a\0b").lines())
                .singleElement()
                .asString()
                .contains("methods-file=a\0b (system property chatstream.methods-file) is not allowed: write the path");
    }

    @Test
    void nothingIsWovenWhenDisabledAndWhenOffAllIsSinceThatMayChange() {
        assertThat(Read.nothing().argument("enabled=false").settings().isWoven())
                .isFalse();
        assertThat(Read.nothing().argument("mode=off").settings().isWoven()).isTrue();
    }

    @Test
    void theModeIsReadAgainFromTheConfigFileUnlessASourceBeforeItHasIt(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("chatstream.properties"), "mode=observe");
        String named = "config-file=" + file;
        assertThat(Read.nothing().argument(named).settings().modeFile()).contains(file);
        assertThat(Read.nothing().argument(named + ";mode=enforce").settings().modeFile())
                .isEmpty();
        assertThat(Read.nothing().argument(named + ";mode=wrong").settings().modeFile())
                .as("a mistake brings no older value to life")
                .isEmpty();
        assertThat(Read.nothing().settings().modeFile()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://host",
                "rediss://user:pw@host:7000/1",
                "redis-sentinel://a,b:26380#primary",
                "rediss-sentinel://a#primary",
                "redis://a,redis://b:7000",
                "redis://a,b,redis://c"
            })
    void everyKindOfAddressIsAllowed(String uri) {
        AgentSettings settings =
                Read.nothing().variable("CHATSTREAM_REDIS_URI", uri).settings();
        assertThat(settings.redis().orElseThrow().uris()).isEqualTo(RedisStore.split(uri));
    }

    @Test
    void whatConcernsRedisReachesItsStore() {
        assertThat(Read.nothing()
                        .property("chatstream.redis-uri", "redis://a,redis://b")
                        .property("chatstream.redis-username", "bob")
                        .property("chatstream.redis-password", "s3cret")
                        .property("chatstream.redis-password-file", "password")
                        .property("chatstream.redis-ca-file", "ca.pem")
                        .property("chatstream.redis-cert-file", "cert.pem")
                        .property("chatstream.redis-key-file", "key.pem")
                        .property("chatstream.redis-command-timeout", "300ms")
                        .property("chatstream.lock-ttl", "30s")
                        .property("chatstream.key-namespace", "shop:")
                        .settings()
                        .redis())
                .contains(new RedisStore.Settings(
                        List.of("redis://a", "redis://b"),
                        Optional.of("bob"),
                        Optional.of("s3cret"),
                        Optional.of(Path.of("password")),
                        Optional.of(Path.of("ca.pem")),
                        Optional.of(Path.of("cert.pem")),
                        Optional.of(Path.of("key.pem")),
                        Duration.ofMillis(300),
                        Duration.ofSeconds(30),
                        "shop:"));
        assertThat(Read.nothing().settings().redis()).isEmpty();
    }

    @Test
    void observeIsPassedOn() {
        assertThat(Read.nothing().argument("mode=observe").settings().guard().mode())
                .isEqualTo(GuardSettings.Mode.OBSERVE);
    }
}
