package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sentinels find the primary, and find it again after a failover. */
class SentinelTest {

    @TempDir
    Path directory;

    private RedisServer primary;
    private RedisServer replica;
    private RedisServer sentinel;

    @BeforeEach
    void startServers() {
        primary = RedisServer.start("--requirepass", "pw", "--masterauth", "pw", "--repl-diskless-sync-delay", "0");
        replica = RedisServer.start(
                "--requirepass", "pw", "--masterauth", "pw", "--replicaof", "127.0.0.1 " + primary.port());
        awaitReplica();
        sentinel = sentinel("");
    }

    @AfterEach
    void stopServers() {
        sentinel.close();
        replica.close();
        primary.close();
    }

    private RedisServer sentinel(String more) {
        int port = RedisServer.freePort();
        Path file = directory.resolve("sentinel-" + port + ".conf");
        try {
            Files.writeString(
                    file,
                    "port " + port + "\nbind 127.0.0.1\nsentinel monitor mine 127.0.0.1 " + primary.port() + " 1\n"
                            + "sentinel auth-pass mine pw\nsentinel down-after-milliseconds mine 500\n"
                            + "sentinel failover-timeout mine 2000\n" + more);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return RedisServer.start(Binary.REDIS_7_0, port, List.of(file.toString(), "--sentinel"));
    }

    @Test
    void theNewPrimaryIsFoundAfterAFailover() {
        try (Opened opened = Opened.up("redis-sentinel://:pw@127.0.0.1:" + sentinel.port() + "#mine")) {
            Claim claim = Opened.claim("c", "s");
            opened.won(claim);
            assertThat(opened.store().laneOfChat("c")).isEqualTo("mine");
            assertThat(opened.lines().lines().get(0))
                    .contains("at 127.0.0.1:" + primary.port() + ", the primary mine of its Sentinels");
            assertThat(awaitCopied(claim)).isTrue();
            opened.links().forget();

            primary.kill();

            assertThat(opened.links().awaitDown()).startsWith("down mine ");
            assertThat(opened.links().awaitUp()).isEqualTo("up mine");
            assertThat(opened.acquire(Opened.claim("c", "s2"))).isInstanceOf(Acquisition.Busy.class);
            assertThat(opened.lines().lines())
                    .last()
                    .asString()
                    .startsWith("INFO connected to Redis")
                    .contains("at 127.0.0.1:" + replica.port());
        }
    }

    @Test
    void aSentinelThatAsksForAPasswordIsToldTheSame() {
        try (RedisServer guarded = sentinel("requirepass pw\n");
                Opened opened = Opened.up("redis-sentinel://:pw@127.0.0.1:" + guarded.port() + "#mine")) {
            opened.won(Opened.claim("c", "s"));
        }
    }

    @Test
    void theNextSentinelIsAskedWhereOneDoesNotAnswer() {
        String uri =
                "redis-sentinel://:pw@127.0.0.1:" + RedisServer.freePort() + ",127.0.0.1:" + sentinel.port() + "#mine";
        try (Opened opened = Opened.up(uri)) {
            opened.won(Opened.claim("c", "s"));
        }
    }

    @Test
    void whatDoesNotFitIsSaid() {
        assertThat(trouble("redis-sentinel://:pw@127.0.0.1:" + sentinel.port() + "#other"))
                .contains("this Sentinel knows no primary named other; check what stands behind # in redis-uri");
        assertThat(trouble("redis-sentinel://:pw@127.0.0.1:" + primary.port() + "#mine"))
                .contains("it is no Sentinel; write redis:// for Redis itself");
        assertThat(trouble("redis://127.0.0.1:" + sentinel.port()))
                .contains("it is a Sentinel; write redis-sentinel://…#name-of-the-primary");
    }

    private static String trouble(String uri) {
        try (Opened opened = Opened.with(Stores.settings(uri))) {
            return opened.links().awaitDown();
        }
    }

    private void awaitReplica() {
        try (Resp client = replica.client()) {
            client.call("AUTH", "pw");
            while (!((String) client.call("INFO", "replication")).contains("master_link_status:up")) {
                Thread.onSpinWait();
            }
        }
    }

    private boolean awaitCopied(Claim claim) {
        try (Resp client = replica.client()) {
            client.call("AUTH", "pw");
            while (client.call("GET", new Keys("").lock(claim.chatId())) == null) {
                Thread.onSpinWait();
            }
            return true;
        }
    }
}
