package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an error of the server's means: Redis cannot be used by anybody now, or one key cannot; and what to do. */
class RefusalTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "OOM command not allowed when used memory > 'maxmemory'.  | raise maxmemory",
                "ERR Error running script: @user_script: -OOM command not allowed | raise maxmemory",
                "READONLY You can't write against a read only replica.    | name the primary in redis-uri",
                "ERR @user_script: READONLY You can't write against a read only replica. | name the primary in redis-uri",
                "NOPERM this user has no permissions to run 'evalsha'     | give its user the rights",
                "ERR The user executing the script can't run this command | give its user the rights",
                "LOADING Redis is loading the dataset in memory           | it still loads its data",
                "WRONGPASS invalid username-password pair                 | check redis-username",
                "NOAUTH Authentication required.                          | set redis-password-file or redis-password",
                "DENIED Redis is running in protected mode                | give it a password",
                "ERR unknown command 'EVALSHA'                            | needs Redis 6.2",
                "MISCONF Redis is configured to save RDB snapshots        | see its own log",
                "CLUSTERDOWN Hash slot not served                         | have no primary",
            })
    void isSaidWithTheNextStepAndConcernsEverybody(String error, String step) {
        Failure failure = Refusal.failure("redis:6379", error);
        assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
        assertThat(failure.message()).contains("Redis at redis:6379 answered", "; ", step);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WRONGTYPE Operation against a key holding the wrong kind of value",
                "ERR Error running script: WRONGTYPE Operation against a key holding the wrong kind of value"
            })
    void ofAnotherKindOfValueConcernsOneChat(String error) {
        Failure failure = Refusal.failure("redis:6379", error);
        assertThat(failure.kind()).isEqualTo(Failure.Kind.KEY);
        assertThat(failure.message()).contains("delete that key, or set key-namespace");
    }

    @Test
    void thatIsUnknownIsRepeatedInOneShortLine() {
        assertThat(Refusal.failure("r", "BUSY Redis is busy\r\n" + "x".repeat(10_000)))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED))
                .satisfies(failure -> assertThat(failure.message())
                        .startsWith("Redis at r answered \"BUSY Redis is busy")
                        .hasSizeLessThan(300)
                        .doesNotContain("\r", "\n"));
    }
}
