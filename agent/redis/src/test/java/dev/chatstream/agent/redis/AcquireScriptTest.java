package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("servers")
class AcquireScriptTest extends ScriptHarness {

    @Test
    void takesAFreeChatAndWritesBothKeys() {
        String fence = won(acquire("s", "n"));

        assertThat(lock()).isEqualTo("s");
        assertThat(record()).isEqualTo("n " + fence + " open -");
        assertTtls(TTL, TTL + KEEP);
    }

    @Test
    void mintsFencesOfMicrosecondsOfTheServersClock() {
        List<?> time = (List<?>) redis.call("TIME");
        long before = Long.parseLong((String) time.get(0)) * 1_000_000 + Long.parseLong((String) time.get(1));

        assertThat(Long.parseLong(won(acquire("s", "n")))).isBetween(before, before + 60_000_000);
    }

    @Test
    void mintsAboveAnOlderRecordThoughTheClockIsBehind() {
        lay(null, 0, "old 9000000000000000 closed -", KEEP);

        assertThat(won(acquire("s", "n"))).isEqualTo("9000000000000001");
    }

    @Test
    void namesTheHolderOfABusyChat() {
        lay("s1", TTL, "n1 5 open -", TTL + KEEP);

        assertThat(acquire("s2", "n2")).isEqualTo(List.of("busy", "s1", "n1"));
        assertThat(record()).isEqualTo("n1 5 open -");
    }

    @Test
    void doesNotBelieveARecordThatSpeaksOfAnOlderLock() {
        lay("s1", TTL, "n1 5 open -", KEEP - 1);

        assertThat(acquire("s2", "n2")).isEqualTo(List.of("busy", "s1", "-"));
        assertThat(acquire("s1", "n1")).as("not even its own").isEqualTo(List.of("busy", "s1", "-"));
    }

    @Test
    void doesNotBelieveARecordThatIsClosed() {
        lay("s1", TTL, "n1 5 closed -", TTL + KEEP);

        assertThat(acquire("s2", "n2")).isEqualTo(List.of("busy", "s1", "-"));
    }

    @Test
    void findsAHolderWithoutARecord() {
        lay("s1", TTL, null, 0);

        assertThat(acquire("s1", "n1")).isEqualTo(List.of("busy", "s1", "-"));
    }

    @Test
    void keepsFenceAndPreviousWhenTriedAgainAndRestartsTheTtl() {
        lay("s", 20_000, "n 5 asked p", 20_000 + KEEP);

        assertThat(acquire("s", "n")).isEqualTo(List.of("won", "5"));
        assertThat(record()).isEqualTo("n 5 open p");
        assertTtls(TTL, TTL + KEEP);
    }

    @Test
    void keepsTheFenceWhenTriedAgainAfterTheLockRanOut() {
        lay(null, 0, "n 5 open -", KEEP - 1000);

        assertThat(acquire("s", "n")).isEqualTo(List.of("won", "5"));
    }

    @Test
    void refusesALateCopyOfWhatWasGivenBack() {
        lay(null, 0, "n 5 closed -", KEEP);

        assertThat(acquire("s", "n")).isEqualTo(List.of("closed"));
        assertThat(lock()).isNull();
    }

    @Test
    void overrulesExactlyTheHolderThatIsNamed() {
        lay("s1", TTL, "n1 5 open -", TTL + KEEP);

        assertThat(acquire("s2", "n2", "s1", "other")).isEqualTo(List.of("busy", "s1", "n1"));
        assertThat(acquire("s2", "n2", "s1", "-")).isEqualTo(List.of("busy", "s1", "n1"));
        assertThat(acquire("s2", "n2", "other", "n1")).isEqualTo(List.of("busy", "s1", "n1"));
        String fence = won(acquire("s2", "n2", "s1", "n1"));
        assertThat(lock()).isEqualTo("s2");
        assertThat(record()).isEqualTo("n2 " + fence + " open n1");
    }

    @Test
    void overrulesAHolderWithoutARecord() {
        lay("node", TTL, null, 0);

        String fence = won(acquire("s2", "n2", "node", "-"));
        assertThat(record()).isEqualTo("n2 " + fence + " open -");
    }

    @Test
    void overrulesAHolderWhoseRecordSpeaksOfAnOlderLockOnlyAsOneWithout() {
        lay("s1", TTL, "n1 5 open -", KEEP - 1);

        assertThat(acquire("s2", "n2", "s1", "n1")).isEqualTo(List.of("busy", "s1", "-"));
        won(acquire("s2", "n2", "s1", "-"));
    }

    @Test
    void takesAChatThatBecameFreeThoughAHolderToOverruleIsNamed() {
        String fence = won(acquire("s2", "n2", "s1", "n1"));

        assertThat(record()).isEqualTo("n2 " + fence + " open -");
    }

    @Test
    void leavesNoLockWhereACommandInItsMiddleIsDenied() {
        for (String denied : List.of("get", "time", "set")) {
            Object answer = acquire(without(denied), "s", "n");

            assertThat(answer).as(denied).isInstanceOf(Resp.Refused.class);
            assertThat(lock()).as(denied).isNull();
        }
        lay("s1", TTL, "n1 5 open -", TTL + KEEP);
        assertThat(acquire(without("pttl"), "s", "n")).isInstanceOf(Resp.Refused.class);
        assertThat(lock()).isEqualTo("s1");
    }

    @Test
    void leavesNoLockWhereMemoryIsFull() {
        fillMemory();

        assertThat(acquire("s", "n")).isInstanceOf(Resp.Refused.class);
        assertThat(lock()).isNull();
    }

    @Test
    void leavesNoLockWhereTheRecordIsSomethingElse() {
        redis.call("LPUSH", RECORD, "x");

        assertThat(acquire("s", "n"))
                .isInstanceOfSatisfying(
                        Resp.Refused.class, e -> assertThat(e.text()).contains("WRONGTYPE"));
        assertThat(lock()).isNull();
    }
}
