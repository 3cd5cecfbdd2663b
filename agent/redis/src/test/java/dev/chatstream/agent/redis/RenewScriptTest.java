package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("servers")
class RenewScriptTest extends ScriptHarness {

    @Test
    void extendsBothKeysOfAHeldLock() {
        lay("s", 20_000, "n 5 open -", 20_000 + KEEP);

        assertThat(renew("s", "n", "5", 0)).isEqualTo("renewed");
        assertTtls(TTL, TTL + KEEP);
        assertThat(record()).isEqualTo("n 5 open -");
    }

    @Test
    void extendsALockThatIsAskedFor() {
        lay("s", 20_000, "n 5 asked -", 20_000 + KEEP);

        assertThat(renew("s", "n", "5", 2)).isEqualTo("renewed");
        assertThat(record()).isEqualTo("n 5 asked -");
    }

    @Test
    void passesWhereMemoryIsFull() {
        lay("s", 20_000, "n 5 open -", 20_000 + KEEP);
        fillMemory();

        assertThat(renew("s", "n", "5", 2)).isEqualTo("renewed");
        assertTtls(TTL, TTL + KEEP);
    }

    @Test
    void takesAgainWhatIsGoneUnlessAnotherCame() {
        for (int again : new int[] {1, 2}) {
            redis.call("DEL", LOCK);
            lay(null, 0, "n 5 asked p", KEEP);

            assertThat(renew("s", "n", "5", again)).isEqualTo("again");
            assertThat(lock()).isEqualTo("s");
            assertThat(record()).isEqualTo("n 5 open -");
            assertTtls(TTL, TTL + KEEP);
        }
    }

    @Test
    void takesNothingAgainWhereItIsForbidden() {
        lay(null, 0, "n 5 open -", KEEP);

        assertThat(renew("s", "n", "5", 0)).isEqualTo("gone");
        assertThat(lock()).isNull();
    }

    @Test
    void takesAgainWhatRedisForgotOnlyWhereThatIsAllowed() {
        assertThat(renew("s", "n", "5", 0)).isEqualTo("gone");
        assertThat(renew("s", "n", "5", 1)).isEqualTo("gone");
        assertThat(renew("s", "n", "5", 2)).isEqualTo("again");
        assertThat(record()).isEqualTo("n 5 open -");
    }

    @Test
    void takesAnOlderRecordForForgotten() {
        lay(null, 0, "older 4 closed -", KEEP);

        assertThat(renew("s", "n", "5", 1)).isEqualTo("gone");
        assertThat(renew("s", "n", "5", 2)).isEqualTo("again");
    }

    @Test
    void takesNothingAgainThoughAnotherCameAndWent() {
        lay(null, 0, "newer 6 closed -", KEEP);

        assertThat(renew("s", "n", "5", 2)).isEqualTo("gone");
        assertThat(lock()).isNull();
    }

    @Test
    void takesNothingAgainThatWasGivenBack() {
        lay(null, 0, "n 5 closed -", KEEP);

        assertThat(renew("s", "n", "5", 2)).isEqualTo("gone");
    }

    @Test
    void loses() {
        assertLost("other", "n2 6 open -", KEEP + 20_000, "another id");
        assertLost("s", "n2 6 open -", KEEP + 20_000, "the same id with another nonce");
        assertLost("s", "n 6 open -", KEEP + 20_000, "another fence");
        assertLost("s", "n 5 open -", KEEP - 1, "the record of an older lock");
        assertLost("s", "n 5 closed -", KEEP + 20_000, "given back");
    }

    private void assertLost(String owner, String record, long recordTtl, String why) {
        lay(owner, 20_000, record, recordTtl);
        assertThat(renew("s", "n", "5", 2)).as(why).isEqualTo("lost");
        assertThat(lock()).as(why).isEqualTo(owner);
        assertThat((Long) redis.call("PTTL", LOCK)).as(why).isLessThanOrEqualTo(20_000);
    }

    @Test
    void isToldOfWhoOverruledIt() {
        lay("s2", TTL, "n2 6 open n", TTL + KEEP);
        assertThat(renew("s", "n", "5", 2)).isEqualTo("superseded");
        lay("s", TTL, "n2 6 open n", TTL + KEEP);
        assertThat(renew("s", "n", "5", 2)).as("under the same id").isEqualTo("superseded");
        redis.call("DEL", LOCK);
        lay(null, 0, "n2 6 closed n", KEEP);
        assertThat(renew("s", "n", "5", 2)).as("and gone since").isEqualTo("superseded");
    }

    @Test
    void answersForEachKeyByItself() {
        redis.call("SET", "l1{x}", "s1", "PX", 20_000);
        redis.call("SET", "r1{x}", "n1 5 open -", "PX", 20_000 + KEEP);
        redis.call("LPUSH", "l2{x}", "no string");
        redis.call("SET", "l3{x}", "s3", "PX", 20_000);
        redis.call("LPUSH", "r3{x}", "no string");
        redis.call("SET", "l4{x}", "s4", "PX", 20_000);
        redis.call("SET", "r4{x}", "n4 5 open -", "PX", 20_000 + KEEP);
        List<String> keys = List.of("l1{x}", "r1{x}", "l2{x}", "r2{x}", "l3{x}", "r3{x}", "l4{x}", "r4{x}");

        List<?> answers = (List<?>) run(
                redis,
                Script.RENEW,
                keys,
                TTL,
                KEEP,
                "s1",
                "n1",
                "5",
                2,
                "s2",
                "n2",
                "5",
                2,
                "s3",
                "n3",
                "5",
                2,
                "s4",
                "n4",
                "5",
                2);

        assertThat(answers).hasSize(4);
        assertThat(answers.get(0)).isEqualTo("renewed");
        assertThat((String) answers.get(1)).startsWith("WRONGTYPE");
        assertThat((String) answers.get(2)).startsWith("WRONGTYPE");
        assertThat(answers.get(3)).isEqualTo("renewed");
        assertThat((Long) redis.call("PTTL", "l3{x}")).isLessThanOrEqualTo(20_000);
    }

    @Test
    void answersWithTheErrorWhereACommandIsDenied() {
        for (String denied : List.of("get", "pttl", "pexpire")) {
            lay("s", 20_000, "n 5 open -", 20_000 + KEEP);

            assertThat(renew(without(denied), "s", "n", "5", 2)).as(denied).isNotIn(VERDICTS);
            assertThat((Long) redis.call("PTTL", LOCK)).as(denied).isLessThanOrEqualTo(20_000);
        }
        redis.call("DEL", LOCK);
        assertThat(renew(without("set"), "s", "n", "5", 2)).isNotIn(VERDICTS);
        assertThat(lock()).isNull();
    }

    @Test
    void leavesNoLockWhereMemoryIsFullAndItIsToBeTakenAgain() {
        lay(null, 0, "n 5 open -", KEEP);
        fillMemory();

        assertThat(renew("s", "n", "5", 2)).isNotIn(VERDICTS);
        assertThat(lock()).isNull();
    }

    private static final List<Object> VERDICTS = List.of("renewed", "again", "superseded", "lost", "gone");
}
