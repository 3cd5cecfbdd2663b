package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.agent.redis.Seeds.Node;
import dev.chatstream.agent.redis.Seeds.Verify;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {

    @Test
    void aPlainAddressHasDefaults() {
        Seeds seeds = of("redis://redis.example");

        assertThat(seeds.nodes()).containsExactly(new Node("redis.example", 6379));
        assertThat(seeds.masterName()).isNull();
        assertThat(seeds.tls()).isFalse();
        assertThat(seeds.verify()).isEqualTo(Verify.FULL);
        assertThat(seeds.database()).isZero();
        assertThat(seeds.username()).isEmpty();
        assertThat(seeds.password()).isEmpty();
    }

    @Test
    void everythingCanBeSaid() {
        Seeds seeds = of("REDISS://bob:p%40ss:w%2Frd@[::1]:7000/3?verifyPeer=ca&timeout=10s");

        assertThat(seeds.nodes()).containsExactly(new Node("::1", 7000));
        assertThat(seeds.nodes().get(0)).hasToString("[::1]:7000");
        assertThat(seeds.tls()).isTrue();
        assertThat(seeds.verify()).isEqualTo(Verify.CA);
        assertThat(seeds.database()).isEqualTo(3);
        assertThat(seeds.username()).contains("bob");
        assertThat(seeds.password()).contains("p@ss:w/rd");
        assertThat(seeds.ignored()).containsExactly("timeout");
    }

    @ParameterizedTest
    @CsvSource({
        "redis://secret@host, secret",
        "redis://:secret@host, secret",
        "redis://:a+b@host, a+b",
        "redis://:a@b@host, a@b"
    })
    void aPasswordMayStandAlone(String uri, String password) {
        assertThat(of(uri).password()).contains(password);
        assertThat(of(uri).username()).isEmpty();
    }

    @Test
    void sentinelsHaveANameForThePrimary() {
        Seeds seeds = of("redis-sentinel://:pw@s1,s2:26380,s3/2#my-primary");

        assertThat(seeds.nodes()).containsExactly(new Node("s1", 26379), new Node("s2", 26380), new Node("s3", 26379));
        assertThat(seeds.masterName()).isEqualTo("my-primary");
        assertThat(seeds.database()).isEqualTo(2);
        assertThat(of("rediss-sentinel://s1?sentinelMasterId=m").masterName()).isEqualTo("m");
        assertThat(of("rediss-sentinel://s1#m").tls()).isTrue();
    }

    @Test
    void severalAddressesAreSeeds() {
        List<String> uris = RedisStore.split("redis://a:1,b:2 , redis://:pw@c:3");

        assertThat(uris).containsExactly("redis://a:1,b:2", "redis://:pw@c:3");
        Seeds seeds = Seeds.of(uris);
        assertThat(seeds.nodes()).containsExactly(new Node("a", 1), new Node("b", 2), new Node("c", 3));
        assertThat(seeds.password()).contains("pw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cret",
                "http://s3cret@host",
                "redis:/s3cret",
                "redis://",
                "redis://:s3cret@",
                "redis://host:s3cret",
                "redis://host:0",
                "redis://host:70000",
                "redis://:s3cret/x@host@",
                "redis://:s3%zz@host",
                "redis://host/s3cret",
                "redis://host?db=s3cret",
                "redis://host?verifyPeer=s3cret",
                "redis-sentinel://:s3cret@host",
                "redis-socket:///tmp/s3cret",
                "redis://a b:s3cret"
            })
    void aMistakeIsSaidWithWhatIsAllowedAndWithoutTheAddress(String uri) {
        assertThat(RedisStore.mistake(List.of(uri)))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("; allowed: redis://").doesNotContain("s3c", "s3%"));
        assertThatThrownBy(() -> Stores.store(uri)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addressesOfDifferentKindsDoNotGoTogether() {
        assertThat(RedisStore.mistake(List.of("redis://a", "rediss://b")).orElseThrow())
                .startsWith("addresses of different kinds");
        assertThat(RedisStore.mistake(List.of("redis-sentinel://a#x", "redis-sentinel://b#y")))
                .isPresent();
        assertThat(RedisStore.mistake(List.of())).isPresent();
        assertThat(RedisStore.mistake(List.of("redis://a", "redis://b"))).isEmpty();
    }

    @Test
    void settingsAndSeedsPrintNoSecret() {
        RedisStore.Settings settings = new Stores.Builder(Stores.settings("redis://:s3cret@h"))
                .login("bob", "s3cret")
                .build();

        assertThat(settings.toString()).doesNotContain("s3cret", "bob");
        assertThat(of("redis://:s3cret@h").toString()).doesNotContain("s3cret");
    }

    private static Seeds of(String uri) {
        return Seeds.of(RedisStore.split(uri));
    }
}
