package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("servers")
class ReleaseAndAskScriptTest extends ScriptHarness {

    @Test
    void releaseDeletesTheLockAndClosesTheRecord() {
        lay("s", TTL, "n 5 asked p", TTL + KEEP);

        assertThat(release("s", "n")).isEqualTo("deleted");
        assertThat(lock()).isNull();
        assertThat(record()).isEqualTo("n 5 closed p");
        assertThat((Long) redis.call("PTTL", RECORD)).isBetween(KEEP - 10_000, KEEP);
    }

    @Test
    void releaseClosesTheRecordOfALockThatIsGone() {
        lay(null, 0, "n 5 open -", KEEP);

        assertThat(release("s", "n")).isEqualTo("gone");
        assertThat(record()).isEqualTo("n 5 closed -");
    }

    @Test
    void releaseLeavesALockThatIsNotItsOwn() {
        lay("other", TTL, "n 5 open -", TTL + KEEP);
        assertLeft("other", "gone", "another id");
        lay("s", TTL, "n 5 open -", KEEP - 1);
        assertLeft("s", "gone", "the record of an older lock");
        lay("s", TTL, "n2 5 open -", TTL + KEEP);
        assertLeft("s", "other", "another nonce");
        lay("s", TTL, "n 5 closed -", TTL + KEEP);
        assertLeft("s", "other", "closed before");
        redis.call("DEL", RECORD);
        assertLeft("s", "other", "no record");
    }

    private void assertLeft(String owner, String answer, String why) {
        assertThat(release("s", "n")).as(why).isEqualTo(answer);
        assertThat(lock()).as(why).isEqualTo(owner);
    }

    @Test
    void releasePassesWhereMemoryIsFull() {
        lay("s", TTL, "n 5 open -", TTL + KEEP);
        fillMemory();

        assertThat(release("s", "n")).isEqualTo("deleted");
        assertThat(lock()).isNull();
    }

    @Test
    void releaseStillDeletesWhereTheRecordCannotBeClosed() {
        lay("s", TTL, "n 5 open -", TTL + KEEP);

        assertThat(release(without("set"), "s", "n")).isEqualTo("deleted");
        assertThat(lock()).isNull();
    }

    @Test
    void releaseSaysThatACommandIsDenied() {
        for (String denied : List.of("get", "pttl", "del")) {
            lay("s", TTL, "n 5 open -", TTL + KEEP);

            assertThat(release(without(denied), "s", "n")).as(denied).isInstanceOf(Resp.Refused.class);
            assertThat(record()).as(denied).isEqualTo("n 5 open -");
        }
    }

    @Test
    void askWritesIntoTheRecordAndKeepsItsTtl() {
        lay("s", 20_000, "n 5 open p", 20_000 + KEEP);

        assertThat(ask("s", "n")).isEqualTo("asked");
        assertThat(record()).isEqualTo("n 5 asked p");
        assertTtls(20_000, 20_000 + KEEP);
        assertThat(ask("s", "n")).as("once more").isEqualTo("asked");
    }

    @Test
    void askSaysThatTheHolderKeepsNoRecord() {
        lay("s", TTL, null, 0);
        assertThat(ask("s", "-")).isEqualTo("plain");
        lay("s", TTL, "n 5 open -", KEEP - 1);
        assertThat(ask("s", "-")).as("the record of an older lock").isEqualTo("plain");
        assertThat(record()).isEqualTo("n 5 open -");
    }

    @Test
    void askSaysThatAnotherHolds() {
        assertThat(ask("s", "n")).as("nobody").isEqualTo("moved");
        lay("s", TTL, "n 5 open -", TTL + KEEP);
        assertThat(ask("s", "other")).isEqualTo("moved");
        assertThat(ask("s", "-")).isEqualTo("moved");
        assertThat(ask("other", "n")).isEqualTo("moved");
        lay("s", TTL, "n 5 closed -", TTL + KEEP);
        assertThat(ask("s", "n")).isEqualTo("moved");
        lay("s", TTL, "n 5 open -", KEEP - 1);
        assertThat(ask("s", "n")).isEqualTo("moved");
    }

    @Test
    void askLeavesTheRecordWhereItMayNotWrite() {
        lay("s", TTL, "n 5 open -", TTL + KEEP);
        fillMemory();

        assertThat(ask("s", "n")).isInstanceOf(Resp.Refused.class);
        assertThat(record()).isEqualTo("n 5 open -");
    }
}
