package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Again;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Owners;
import dev.chatstream.agent.core.LeaseStore.Released;
import dev.chatstream.agent.core.LeaseStore.Releasing;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import dev.chatstream.agent.core.LeaseStore.Renewing;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Errors that a server answers with, as the store hands them on. */
@ParameterizedClass
@EnumSource(Binary.class)
class RefusalTest {

    private static final Keys KEYS = new Keys("");

    @Parameter
    Binary binary;

    private RedisServer server;
    private Opened opened;

    @BeforeEach
    void open() {
        Assumptions.assumeTrue(binary.file().isPresent());
        server = RedisServer.start(binary);
        opened = Opened.up(server.uri());
    }

    @AfterEach
    void close() {
        opened.close();
        server.close();
    }

    @Test
    void aBadKeyConcernsItsOwnChatOnly() {
        server.call("LPUSH", KEYS.lock("bad"), "x");

        Failure failure = Opened.failure(opened.acquire(Opened.claim("bad", "s")));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.KEY);
        assertThat(failure.message()).contains("WRONGTYPE", "delete that key, or set key-namespace");
        opened.won(Opened.claim("good", "s"));
    }

    @Test
    void aBadKeyCostsItsNeighboursInABatchNothing() {
        List<Renewing> leases = IntStream.range(0, 600)
                .mapToObj(i -> Opened.claim("c" + i, "s" + i))
                .map(claim -> new Renewing(claim, opened.won(claim), Again.NEVER))
                .toList();
        server.call("DEL", KEYS.record("c300"));
        server.call("LPUSH", KEYS.record("c300"), "x");
        server.call("DEL", KEYS.lock("c10"));
        server.call("LPUSH", KEYS.lock("c10"), "x");

        List<Renewal> renewals = Opened.get(opened.store().renew(leases));
        List<Released> releases = Opened.get(opened.store()
                .release(leases.stream()
                        .map(lease -> new Releasing(lease.claim(), false))
                        .toList()));

        for (int i = 0; i < leases.size(); i++) {
            if (i == 10 || i == 300) {
                assertThat(Opened.failure(renewals.get(i)).kind()).isEqualTo(Failure.Kind.KEY);
                assertThat(Opened.failure(releases.get(i)).kind()).isEqualTo(Failure.Kind.KEY);
            } else {
                assertThat(renewals.get(i)).isEqualTo(new Renewal.Renewed());
                assertThat(releases.get(i)).isEqualTo(new Released.Deleted());
            }
        }
    }

    @Test
    void aBadMarkerOrLockIsNoneWhereOnlyLookedAt() {
        server.call("LPUSH", KEYS.marker("s"), "x");
        server.call("LPUSH", KEYS.lock("bad"), "x");
        server.call("SET", KEYS.lock("good"), "s2");

        assertThat(Opened.get(opened.store().acquire(Opened.claim("c", "s"), null, true)))
                .isInstanceOfSatisfying(
                        Acquisition.Won.class,
                        won -> assertThat(won.markerFound()).isFalse());
        assertThat(Opened.get(opened.store().owners(List.of("bad", "good"))))
                .isEqualTo(new Owners.Found(Map.of("good", "s2")));
    }

    @Test
    void fullMemoryIsEverybodysConcernAndRenewalsGoOn() {
        Claim held = Opened.claim("held", "s");
        long fence = opened.won(held);
        server.call("CONFIG", "SET", "maxmemory", "1");

        Failure failure = Opened.failure(opened.acquire(Opened.claim("c", "s")));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
        assertThat(failure.message()).contains("OOM", "; its memory is full: raise maxmemory");
        assertThat(opened.renew(held, fence)).isEqualTo(new Renewal.Renewed());
        assertThat(opened.release(held)).isEqualTo(new Released.Deleted());
    }

    @Test
    void scriptsThatTheServerForgotAreSentWhole() {
        Claim claim = Opened.claim("c", "s");
        opened.won(claim);
        opened.release(claim);
        server.call("SCRIPT", "FLUSH");

        Claim next = Opened.claim("c", "s");
        long fence = opened.won(next);

        server.call("SCRIPT", "FLUSH");
        assertThat(opened.renew(next, fence)).isEqualTo(new Renewal.Renewed());
        assertThat(opened.release(next)).isEqualTo(new Released.Deleted());
    }

    @Test
    void eachScriptTravelsWholeOnceForEachConnection() {
        for (int i = 0; i < 5; i++) {
            Claim claim = Opened.claim("c", "s");
            opened.won(claim);
            opened.release(claim);
        }

        assertThat((String) server.call("INFO", "commandstats"))
                .contains("cmdstat_eval:calls=2,", "cmdstat_evalsha:calls=8,");
    }
}
