package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Again;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Holder;
import dev.chatstream.agent.core.LeaseStore.Releasing;
import dev.chatstream.agent.core.LeaseStore.Renewing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The least rights of a user, which the documentation lists: with them everything works, and without any something does not. */
@ParameterizedClass
@EnumSource(Binary.class)
class RightsTest {

    /** As in docs/redis.md. */
    static final List<String> LEAST = List.of(
            "~copilot:chat-stream-lock:*",
            "~mothership_stream:*:abort",
            "~chatstream:*",
            "+evalsha",
            "+eval",
            "+get",
            "+set",
            "+del",
            "+mget",
            "+pexpire",
            "+pttl",
            "+time",
            "+ping");

    @Parameter
    Binary binary;

    @Test
    void withTheLeastRightsEverythingWorks() {
        Assumptions.assumeTrue(binary.file().isPresent());
        try (RedisServer server = RedisServer.start(binary)) {
            assertThat(whatFails(server, LEAST)).isEmpty();
        }
    }

    @Test
    void withoutAnyOfThemSomethingDoesNot() {
        Assumptions.assumeTrue(binary.file().isPresent());
        try (RedisServer server = RedisServer.start(binary)) {
            for (String right : LEAST) {
                List<String> rest = new ArrayList<>(LEAST);
                rest.remove(right);

                assertThat(whatFails(server, rest)).as("without %s", right).isNotEmpty();
            }
        }
    }

    @Test
    void whatIsMissingIsSaidWithTheNextStep() {
        Assumptions.assumeTrue(binary.file().isPresent());
        try (RedisServer server = RedisServer.start(binary)) {
            List<String> rest = new ArrayList<>(LEAST);
            rest.remove("+time");
            Opened opened = as(server, rest);

            Failure failure = Opened.failure(opened.acquire(Opened.claim("c", "s")));

            assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
            assertThat(failure.message())
                    .contains("; give its user the rights that ChatStream's documentation of Redis lists");
            opened.close();
        }
    }

    private static Opened as(RedisServer server, List<String> rights) {
        server.call("FLUSHALL");
        server.call("SCRIPT", "FLUSH");
        List<Object> words = new ArrayList<>(List.of("ACL", "SETUSER", "chat", "reset", "on", ">pw"));
        words.addAll(rights);
        server.call(words.toArray());
        return Opened.up(new Stores.Builder(Stores.settings(server.uri()))
                .login("chat", "pw")
                .build());
    }

    /** Everything that the store can be asked, and what of it is answered by a failure. */
    private static Set<String> whatFails(RedisServer server, List<String> rights) {
        Claim claim = Opened.claim("c", "s");
        Set<String> failed = new TreeSet<>();
        try (Opened opened = as(server, rights)) {
            RedisStore store = opened.store();
            note(failed, "look up and acquire", Opened.get(store.acquire(claim, null, true)));
            note(failed, "overrule", Opened.get(store.acquire(Opened.claim("c", "s2"), new Holder("s", "x"), true)));
            note(failed, "ask", Opened.get(store.ask("c", new Holder("s", claim.nonce()))));
            note(failed, "standing", Opened.get(store.standing(claim)));
            note(failed, "renew", renewed(opened, claim));
            note(failed, "mark", Opened.get(store.mark("s")));
            note(failed, "marker left", Opened.get(store.markerLeft("s")));
            note(failed, "marked", Opened.get(store.marked(List.of("s"))));
            note(failed, "owners", Opened.get(store.owners(List.of("c"))));
            note(failed, "clear", Opened.get(store.clear("s")));
            note(
                    failed,
                    "release",
                    Opened.get(store.release(List.of(new Releasing(claim, true))))
                            .get(0));
            note(failed, "renew what is gone", again(opened));
            note(failed, "ping", Opened.get(store.ping(store.laneOfChat("c"))));
        }
        return failed;
    }

    private static Object renewed(Opened opened, Claim claim) {
        return opened.renew(claim, 1);
    }

    /** Also renews what is held, with both PEXPIRE. */
    private static Object again(Opened opened) {
        Claim claim = Opened.claim("c2", "s");
        Renewing lease = new Renewing(claim, 5, Again.ALSO_WHEN_FORGOTTEN);
        Object first = Opened.get(opened.store().renew(List.of(lease))).get(0);
        return first instanceof Failure
                ? first
                : Opened.get(opened.store().renew(List.of(lease))).get(0);
    }

    private static void note(Set<String> failed, String what, Object answer) {
        if (answer instanceof Failure) {
            failed.add(what);
        }
    }

    @Test
    void theListIsTheOneInTheDocumentation() throws IOException {
        String docs = Files.readString(Path.of("..", "docs", "redis.md"));
        String line = Arrays.stream(docs.split("\n"))
                .filter(l -> l.startsWith("ACL SETUSER"))
                .findFirst()
                .orElseThrow();

        assertThat(Arrays.stream(line.split(" "))
                        .filter(w -> w.matches("[~+].*"))
                        .collect(Collectors.toList()))
                .isEqualTo(LEAST);
    }
}
