package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrisTest {

    @Test
    void aCommaThatASchemeFollowsSeparates() {
        assertThat(RedisUris.parse("redis://a:1,rediss://b,redis://c:3/1"))
                .hasValueSatisfying(
                        uris -> assertThat(uris).containsExactly("redis://a:1", "rediss://b", "redis://c:3/1"));
    }

    @Test
    void aCommaThatNoSchemeFollowsBelongsToTheUri() {
        assertThat(RedisUris.parse("redis-sentinel://s1:1,s2,s3:3/0#main,redis-sentinel://t1,t2#main"))
                .hasValueSatisfying(uris -> assertThat(uris)
                        .containsExactly("redis-sentinel://s1:1,s2,s3:3/0#main", "redis-sentinel://t1,t2#main"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://localhost",
                "redis://localhost/",
                "redis://localhost:6379/15",
                "redis://10.0.0.1:6379",
                "redis://[::1]:6379",
                "redis://[fe80::1]",
                "redis://user:p%40ss@redis.example.com:6380/2?timeout=5s",
                "redis://:secret@host",
                "redis://secret@host",
                "redis://redis_container:6379",
                "rediss://host",
                "rediss-sentinel://user:secret@a,b#main",
                "redis-sentinel://a:26379,b:26379,c:26379#main"
            })
    void theseAreUris(String text) {
        assertThat(RedisUris.parse(text)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis",
                "host:6379",
                "redis:host",
                "redis:/host",
                "redis:///0",
                "redis://:6379",
                "redis://host:",
                "redis://host:port",
                "redis://host:65536",
                "redis://host:0",
                "redis://host/zero",
                "redis://host/-1",
                "redis://a,b",
                "redis://host#main",
                "redis://p a s s@host",
                "redis://user:pa#ss@host",
                "redis://user:1/2@host",
                "redis-sentinel://a,b",
                "redis-sentinel://a,,b#main",
                "redis-sentinel://a,b#",
                "redis-socket:///tmp/redis.sock",
                "REDIS://host",
                "redis://a,http://b",
                "redis://a,redis://",
                ",redis://a",
                "redis://a,"
            })
    void theseAreNone(String text) {
        assertThat(RedisUris.parse(text)).isEmpty();
    }

    @Test
    void userPartAndQueryAreHidden() {
        assertThat(RedisUris.masked("redis://user:secret@host:1/2?x=secret")).isEqualTo("redis://***@host:1/2?***");
        assertThat(RedisUris.masked("redis://host")).isEqualTo("redis://host");
        assertThat(RedisUris.masked("redis://u:se@cret@host")).isEqualTo("redis://***@host");
        assertThat(RedisUris.masked("u:secret@host")).isEqualTo("***@host");
        assertThat(RedisUris.masked("redis://a:x@h1,redis://b:y@h2")).isEqualTo("redis://***@h2");
    }
}
