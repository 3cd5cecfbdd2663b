package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.Journal;
import dev.chatstream.agent.core.LeaseStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Locks in Redis: standalone, behind Sentinels, or a Cluster. Nothing is loaded, read or connected before {@link #open};
 * from then on there is one connection (on a Cluster one for each primary), and no command is sent that nobody asked for.
 */
public final class RedisStore implements LeaseStore {

    private static final Duration CLOSES_WITHIN = Duration.ofMillis(900);

    /**
     * How to reach Redis.
     *
     * @param uris addresses of one kind: {@code redis://}, {@code rediss://}, {@code redis-sentinel://} or {@code
     *     rediss-sentinel://}, as {@link #split} gives them
     * @param username stands before that of the address
     * @param password stands before that of the address
     * @param passwordFile read for each connection; stands before both
     * @param caFile certificates in PEM that are trusted instead of the JVM's own; read for each connection, as the next
     * @param certFile the client's certificate in PEM
     * @param keyFile its key in PEM, without a password
     * @param commandTimeout how long an answer takes at most
     * @param lockTtl how long a lock lives after its last renewal
     * @param keyNamespace stands literally before every key; may be empty
     */
    public record Settings(
            List<String> uris,
            Optional<String> username,
            Optional<String> password,
            Optional<Path> passwordFile,
            Optional<Path> caFile,
            Optional<Path> certFile,
            Optional<Path> keyFile,
            Duration commandTimeout,
            Duration lockTtl,
            String keyNamespace) {

        public Settings {
            uris = List.copyOf(uris);
        }

        /** Without addresses, names and passwords: what may be logged. */
        @Override
        public String toString() {
            return "Settings[" + uris.size() + " address(es), commandTimeout=" + commandTimeout + ", lockTtl=" + lockTtl
                    + ", keyNamespace=" + keyNamespace + "]";
        }
    }

    private final Settings settings;
    private final Seeds seeds;
    private final Talk talk;
    private final Keys keys;
    private final Leases leases;
    private final Lookups lookups;
    private volatile Sender sender = new Sender.Nowhere("the store is not open");
    /** Guarded by this. */
    private @Nullable Thread opening;

    private @Nullable Fleet fleet;
    private boolean closed;

    private RedisStore(Settings settings, Journal journal) {
        this.settings = settings;
        this.seeds = Seeds.of(settings.uris());
        this.talk = new Talk(journal);
        this.keys = new Keys(settings.keyNamespace());
        this.leases = new Leases(keys, settings.lockTtl());
        this.lookups = new Lookups(keys);
    }

    /**
     * A store that is not open yet.
     *
     * @throws IllegalArgumentException where an address is wrong, as {@link #mistake} says
     */
    public static RedisStore create(Settings settings, Journal journal) {
        return new RedisStore(settings, journal);
    }

    /** Several addresses out of one text: a comma that no scheme follows belongs to its address. */
    public static List<String> split(String uris) {
        return Seeds.split(uris);
    }

    /** What is wrong with these addresses and what is allowed, without anything of them that may be secret. */
    public static Optional<String> mistake(List<String> uris) {
        try {
            Seeds.of(uris);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage() + "; allowed: " + Seeds.ALLOWED);
        }
    }

    /** Loads the driver on a thread of its own, since that takes a while. */
    @Override
    public synchronized void open(Link link) {
        if (opening == null && !closed) {
            sender = new Sender.Nowhere("no connection to Redis: not connected yet");
            opening = Threads.daemon("open", () -> begin(link));
            opening.start();
        }
    }

    private void begin(Link link) {
        try {
            begin(new Fleet(settings, seeds, Limits.of(settings.commandTimeout()), new Loop(), link, talk));
        } catch (RuntimeException | Error e) {
            talk.ownError(e);
            sender = new Sender.Nowhere("no connection to Redis: the driver cannot be started (" + e + ")");
        }
    }

    /** Race, this against {@link #close}: both take the monitor; a fleet that comes too late is closed at once. */
    private void begin(Fleet begun) {
        synchronized (this) {
            if (!closed) {
                fleet = begun;
                sender = begun;
                begun.open();
                return;
            }
        }
        close(begun);
    }

    @Override
    public String laneOfChat(String chatId) {
        Sender now = sender;
        return now.laneOf(now.isCluster() ? Keys.slot(keys.lock(chatId)) : Query.NO_KEY);
    }

    @Override
    public String laneOfStream(String streamId) {
        Sender now = sender;
        return now.laneOf(now.isCluster() ? Keys.slot(keys.marker(streamId)) : Query.NO_KEY);
    }

    @Override
    public CompletableFuture<Acquisition> acquire(Claim claim, @Nullable Holder overrule, boolean lookForMarker) {
        return leases.acquire(sender, claim, overrule, lookForMarker);
    }

    @Override
    public CompletableFuture<List<Renewal>> renew(List<Renewing> renewing) {
        return leases.renew(sender, renewing);
    }

    @Override
    public CompletableFuture<List<Released>> release(List<Releasing> claims) {
        return leases.release(sender, claims);
    }

    @Override
    public CompletableFuture<Asked> ask(String chatId, Holder holder) {
        return leases.ask(sender, chatId, holder);
    }

    @Override
    public CompletableFuture<Standing> standing(Claim claim) {
        return leases.standing(sender, claim);
    }

    @Override
    public CompletableFuture<Marks> marked(Collection<String> streamIds) {
        return lookups.marked(sender, streamIds);
    }

    @Override
    public CompletableFuture<Remaining> markerLeft(String streamId) {
        return lookups.markerLeft(sender, streamId);
    }

    @Override
    public CompletableFuture<Written> mark(String streamId) {
        return lookups.mark(sender, streamId);
    }

    @Override
    public CompletableFuture<Written> clear(String streamId) {
        return lookups.clear(sender, streamId);
    }

    @Override
    public CompletableFuture<Owners> owners(Collection<String> chatIds) {
        return lookups.owners(sender, chatIds);
    }

    @Override
    public CompletableFuture<Written> ping(String lane) {
        return lookups.ping(sender, lane);
    }

    @Override
    public void close() {
        talk.end();
        Fleet open;
        synchronized (this) {
            closed = true;
            open = fleet;
            fleet = null;
            sender = new Sender.Nowhere("the store is closed");
        }
        if (open != null) {
            close(open);
        }
    }

    private static void close(Fleet open) {
        try {
            open.close(CLOSES_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
