package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.LeaseStore.Acquisition;
import dev.chatstream.agent.core.LeaseStore.Claim;
import dev.chatstream.agent.core.LeaseStore.Failure;
import dev.chatstream.agent.core.LeaseStore.Renewal;
import dev.chatstream.agent.core.LeaseStore.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Slots that move, nodes that die, and what else only a Cluster does. */
class ClusterTest {

    private static final Keys KEYS = new Keys("");

    private RedisCluster cluster;
    private Opened opened;

    @BeforeEach
    void start() {
        cluster = new RedisCluster();
        opened = Opened.with(Stores.settings(cluster.node(0).uri()));
        IntStream.range(0, 3).forEach(i -> opened.links().await(("up " + name(i))::equals));
    }

    @AfterEach
    void stop() {
        opened.close();
        cluster.close();
    }

    private String name(int node) {
        return "127.0.0.1:" + cluster.node(node).port();
    }

    /** A chat that this node serves. */
    private String chatOf(int node) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "chat" + i)
                .filter(id -> cluster.nodeOf(Keys.slot(KEYS.lock(id))) == node)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachNodeIsALaneWithOneConnection() {
        for (int i = 0; i < 3; i++) {
            assertThat(opened.store().laneOfChat(chatOf(i))).isEqualTo(name(i));
            assertThat(Opened.get(opened.store().ping(name(i)))).isEqualTo(new Written.Done());
            assertThat((String) cluster.client(i).call("CLIENT", "LIST")).containsOnlyOnce("name=chatstream");
        }
        assertThat(Opened.failure(Opened.get(opened.store().ping("elsewhere:1")))
                        .kind())
                .isEqualTo(Failure.Kind.NOT_SENT);
        assertThat(opened.lines().lines().get(0)).startsWith("INFO found a Redis 7.0.15 Cluster: its primaries are [");
    }

    @Test
    void aSlotThatMovedIsFollowed() {
        String chat = chatOf(0);
        int slot = Keys.slot(KEYS.lock(chat));
        Claim claim = Opened.claim(chat, "s");
        long fence = opened.won(claim);
        cluster.beginMove(slot, 0, 1);
        cluster.moveKeys(0, 1, KEYS.lock(chat), KEYS.record(chat));
        cluster.endMove(slot, 1);

        assertThat(opened.renew(claim, fence)).isEqualTo(new Renewal.Renewed());
        assertThat(opened.store().laneOfChat(chat)).isEqualTo(name(1));
    }

    @Test
    void aSlotOnTheMoveIsAskedForWhereItsKeysAre() {
        String chat = chatOf(0);
        int slot = Keys.slot(KEYS.lock(chat));
        Claim claim = Opened.claim(chat, "s");
        long fence = opened.won(claim);
        cluster.beginMove(slot, 0, 1);
        assertThat(opened.renew(claim, fence)).as("keys still here").isEqualTo(new Renewal.Renewed());

        cluster.moveKeys(0, 1, KEYS.lock(chat), KEYS.record(chat));

        assertThat(opened.renew(claim, fence)).as("keys there: ASK").isEqualTo(new Renewal.Renewed());
        assertThat(opened.store().laneOfChat(chat)).isEqualTo(name(0));
    }

    @Test
    void whatASlotOnTheMoveCannotTakeNowIsTriedAgainUntilItCan() {
        String chat = chatOf(0);
        int slot = Keys.slot(KEYS.lock(chat));
        cluster.beginMove(slot, 0, 1);

        CompletableFuture<Acquisition> answer = opened.store().acquire(Opened.claim(chat, "s"), null, false);
        RedisCluster.awaitTrue(() -> refusals(1, "TRYAGAIN") > 1);
        cluster.endMove(slot, 1);

        assertThat(Opened.get(answer)).isInstanceOf(Acquisition.Won.class);
    }

    @Test
    void whatASlotOnTheMoveNeverTakesIsRefusedWhenTheTimeIsUp() {
        String chat = chatOf(0);
        cluster.beginMove(Keys.slot(KEYS.lock(chat)), 0, 1);

        Failure failure = Opened.failure(opened.acquire(Opened.claim(chat, "s")));

        assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSED);
        assertThat(failure.message()).contains("TRYAGAIN");
    }

    private long refusals(int node, String error) {
        String stats = (String) cluster.client(node).call("INFO", "errorstats");
        return stats.contains(error) ? Long.parseLong(stats.replaceAll("(?s).*" + error + ":count=(\\d+).*", "$1")) : 0;
    }

    @Test
    void aNodeThatIsLostCostsOnlyItsOwnChats() {
        opened.links().forget();
        cluster.node(2).kill();
        opened.links().await(news -> news.startsWith("down " + name(2)));

        opened.won(Opened.claim(chatOf(0), "s"));
        opened.won(Opened.claim(chatOf(1), "s"));
        assertThat(Opened.failure(opened.acquire(Opened.claim(chatOf(2), "s"))).kind())
                .isIn(Failure.Kind.NOT_SENT, Failure.Kind.REFUSED);
    }

    @Test
    void aReplicaThatTakesOverBecomesALaneAndTheDeadOneIsGone() {
        RedisServer replica = cluster.addReplicaOf(2);
        cluster.awaitFormed();
        Claim claim = Opened.claim(chatOf(2), "s");
        long fence = opened.won(claim);
        RedisCluster.awaitTrue(() -> (Long) replica.call("DBSIZE") == 2);
        opened.links().forget();
        String dead = name(2);

        cluster.node(2).kill();

        opened.links().await(("up 127.0.0.1:" + replica.port())::equals);
        opened.links().await(("gone " + dead)::equals);
        assertThat(opened.renew(claim, fence)).isEqualTo(new Renewal.Renewed());
        assertThat(opened.store().laneOfChat(claim.chatId())).isEqualTo("127.0.0.1:" + replica.port());
    }

    @Test
    void aQuestionAboutAllNodesIsHeldUpByNoneThatIsAnswered() {
        List<String> chats = new ArrayList<>();
        IntStream.range(0, 3).forEach(i -> chats.add(chatOf(i)));
        chats.forEach(chat -> opened.won(Opened.claim(chat, "s of " + chat)));

        assertThat(Opened.get(opened.store().owners(chats)).toString()).contains(chats);
        cluster.node(1).signal("STOP");
        try {
            assertThat(Opened.failure(Opened.get(opened.store().owners(chats))).kind())
                    .isEqualTo(Failure.Kind.NO_ANSWER);
        } finally {
            cluster.node(1).signal("CONT");
        }
    }

    @Test
    void aClusterHasNoDatabases() {
        try (Opened other = Opened.with(Stores.settings(cluster.node(0).uri() + "/2"))) {
            assertThat(other.links().awaitDown()).contains("a Cluster has only database 0");
        }
    }
}
