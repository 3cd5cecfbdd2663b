package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedisUrisTest {

    @Test
    void userPartAndQueryAreHidden() {
        assertThat(RedisUris.masked("redis://user:secret@host:1/2?x=secret")).isEqualTo("redis://***@host:1/2?***");
        assertThat(RedisUris.masked("redis://host")).isEqualTo("redis://host");
        assertThat(RedisUris.masked("redis://u:se@cret@host")).isEqualTo("redis://***@host");
        assertThat(RedisUris.masked("u:secret@host")).isEqualTo("***@host");
        assertThat(RedisUris.masked("redis://user:secret")).isEqualTo("redis://user:***");
        assertThat(RedisUris.masked("redis-sentinel://a:1,b:2#main")).isEqualTo("redis-sentinel://a:1,b:2#main");
        assertThat(RedisUris.masked("redis://a:x@h1,redis://b:y@h2")).isEqualTo("redis://***@h2");
    }
}
