package dev.chatstream.agent.dist;

import dev.chatstream.agent.core.GuardSettings.Mode;
import dev.chatstream.agent.core.GuardSettings.OnBusy;
import dev.chatstream.agent.core.GuardSettings.OnLost;
import dev.chatstream.agent.core.GuardSettings.OnMissingChatId;
import dev.chatstream.agent.core.GuardSettings.OnRedisDown;
import dev.chatstream.agent.core.Journal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Every setting there is. Parsing, messages, the search for the nearest key, {@code java -jar} and the page of settings
 * all come from here.
 */
final class SettingsTable {

    static final Setting<Boolean> ENABLED =
            Setting.of("enabled", new Form.Flag(), "true", "false: nothing is guarded, and isAgentActive() is false.");

    static final Setting<List<String>> REDIS_URI = Setting.optional(
                    "redis-uri",
                    new Form.Uris(),
                    "Where Redis is: redis://, rediss:// (TLS), redis-sentinel:// or rediss-sentinel://; several,"
                            + " each with its scheme, separated by commas, are seeds (a comma that no scheme follows"
                            + " belongs to the URI). Cluster is recognised from the server. Without it, streams"
                            + " exclude each other within this JVM only.")
            .hiding(Setting.Secrecy.PARTLY);

    static final Setting<String> REDIS_USERNAME = Setting.optional(
            "redis-username",
            new Form.Text("the name of a Redis user"),
            "The Redis (ACL) user; stands before what the URI says.");

    static final Setting<String> REDIS_PASSWORD = Setting.optional(
                    "redis-password",
                    new Form.Text("a password"),
                    "The password; stands before what the URI says. Not in the agent argument, which the JVM may"
                            + " print.")
            .hiding(Setting.Secrecy.SECRET);

    static final Setting<Path> REDIS_PASSWORD_FILE = Setting.optional(
            "redis-password-file",
            new Form.FilePath(),
            "A file that holds the password; read again at every connect, and stands before redis-password.");

    static final Setting<Path> REDIS_CA_FILE = Setting.optional(
            "redis-ca-file", new Form.FilePath(), "PEM: the certificates that sign the server's, for a private CA.");

    static final Setting<Path> REDIS_CERT_FILE = Setting.optional(
            "redis-cert-file", new Form.FilePath(), "PEM: this client's certificate; goes with redis-key-file.");

    static final Setting<Path> REDIS_KEY_FILE = Setting.optional(
            "redis-key-file", new Form.FilePath(), "PEM: this client's private key; goes with redis-cert-file.");

    static final Setting<Duration> REDIS_COMMAND_TIMEOUT = Setting.derived(
            "redis-command-timeout",
            new Form.LimitedSpan("50ms", "a third of lock-ttl"),
            "2s, or a third of lock-ttl if shorter",
            "How long an answer of Redis may take.");

    static final Setting<Duration> LOCK_TTL = Setting.of(
            "lock-ttl",
            new Form.Span("1s", "24h", false),
            "60s",
            "How long a lock lives after its last renewal: so long a killed pod's chats stay locked at most.");

    static final Setting<Duration> HEARTBEAT = Setting.derived(
            "heartbeat",
            new Form.LimitedSpan("50ms", "half of lock-ttl"),
            "a third of lock-ttl",
            "How often a lock is renewed.");

    static final Setting<Duration> ABORT_POLL = Setting.derived(
            "abort-poll",
            new Form.LimitedSpan("50ms", "the heartbeat"),
            "1s, or the heartbeat if shorter",
            "How often abort markers are looked up.");

    static final Setting<Duration> ACQUIRE_TIMEOUT = Setting.of(
            "acquire-timeout", new Form.Span("0", "10m", false), "5s", "How long a call waits for a busy chat.");

    static final Setting<Integer> MAX_WAITERS = Setting.of(
            "max-waiters",
            new Form.Count(0, 10_000),
            "8",
            "How many calls wait for one chat in one JVM; the next is refused at once.");

    static final Setting<Duration> ABORT_GRACE = Setting.of(
            "abort-grace",
            new Form.Span("0", "10m", false),
            "10s",
            "How long an aborted stream that does not end keeps its lock.");

    static final Setting<Duration> MAX_HOLD =
            Setting.of("max-hold", new Form.Span("1s", "7d", true), "1h", "A stream that is held longer is aborted.");

    static final Setting<Duration> SUBSCRIBE_TIMEOUT = Setting.of(
            "subscribe-timeout",
            new Form.Span("100ms", "1h", false),
            "30s",
            "A guarded publisher that nobody subscribes to gives its lock back after this.");

    static final Setting<OnBusy> ON_BUSY = Setting.of(
            "on-busy",
            new Form.Choice<>(OnBusy.class),
            "wait",
            "What a call does that finds its chat busy, where its annotation does not say.");

    static final Setting<OnLost> ON_LOST = Setting.of(
            "on-lost",
            new Form.Choice<>(OnLost.class),
            "abort",
            "What becomes of a stream whose lock is lost, where its annotation does not say.");

    static final Setting<OnStop> ON_STOP = Setting.of(
            "on-stop",
            new Form.Choice<>(OnStop.class),
            "error",
            "How the consumer of a returned stream sees a Stop, where the annotation does not say.");

    static final Setting<OnRedisDown> ON_REDIS_DOWN = Setting.of(
            "on-redis-down",
            new Form.Choice<>(OnRedisDown.class),
            "degrade",
            "degrade: while Redis cannot be reached, streams exclude each other within this JVM. reject: calls get"
                    + " ChatLockUnavailableException, and a lock that runs out is lost.");

    static final Setting<OnMissingChatId> ON_MISSING_CHAT_ID = Setting.of(
            "on-missing-chat-id",
            new Form.Choice<>(OnMissingChatId.class),
            "pass",
            "pass: a call without a usable chat id runs without a lock. reject: it gets IllegalArgumentException.");

    static final Setting<String> KEY_NAMESPACE = Setting.optional(
            "key-namespace",
            new Form.Namespace(),
            "Stands literally before every key, where several services share one Redis: shop: for example.");

    static final Setting<String> METHODS = Setting.optional(
            "methods",
            new Form.Text("rules such as com.acme.Chat#stream(#p0), separated by |"),
            "Methods to guard without an annotation, separated by |, such as com.acme.Chat#stream(#p0) or"
                    + " com.acme.Other#ask[java.lang.String,int](#request.chatId,streamId=#p1,onBusy=REJECT); the"
                    + " brackets pick an overload; a rule stands before an annotation on the same method.");

    static final Setting<Path> METHODS_FILE = Setting.optional(
            "methods-file", new Form.FilePath(), "The same rules, one a line; a line that begins with # is a comment.");

    static final Setting<Path> REPORT_FILE = Setting.optional(
            "report-file",
            new Form.FilePath(),
            "Where the weaving report goes, after 60 s and at exit: a line for every method that is guarded, and for"
                    + " every one that could not be.");

    static final Setting<Mode> MODE = Setting.of(
            "mode",
            new Form.Choice<>(Mode.class),
            "enforce",
            "observe: free locks are taken and kept, a busy chat is entered without one, logged and counted, and"
                    + " nothing waits, is rejected or is aborted but by Stop and shutdown. off: calls pass untouched.");

    static final Setting<Duration> STATS_INTERVAL = Setting.of(
            "stats-interval",
            new Form.Span("1s", "24h", true),
            "5m",
            "How often a line with counts and the state of Redis is written, when anything happened.");

    static final Setting<Journal.Level> LOG_LEVEL = Setting.of(
            "log-level",
            new Form.Choice<>(Journal.Level.class),
            "info",
            "What is written to stderr; lines begin with [chatstream], at most 10 of one kind a second, the rest"
                    + " counted. debug tells of every stream and every woven method.");

    static final Setting<Boolean> STRICT = Setting.of(
            "strict",
            new Form.Flag(),
            "false",
            "true: wrong or unknown settings stop the JVM before the application starts.");

    static final Setting<Path> CONFIG_FILE = Setting.optional(
            "config-file",
            new Form.FilePath(),
            "A properties file with keys as in this table; not to be set in the file itself.");

    static final List<Setting<?>> ALL = List.of(
            ENABLED,
            REDIS_URI,
            REDIS_USERNAME,
            REDIS_PASSWORD,
            REDIS_PASSWORD_FILE,
            REDIS_CA_FILE,
            REDIS_CERT_FILE,
            REDIS_KEY_FILE,
            REDIS_COMMAND_TIMEOUT,
            LOCK_TTL,
            HEARTBEAT,
            ABORT_POLL,
            ACQUIRE_TIMEOUT,
            MAX_WAITERS,
            ABORT_GRACE,
            MAX_HOLD,
            SUBSCRIBE_TIMEOUT,
            ON_BUSY,
            ON_LOST,
            ON_STOP,
            ON_REDIS_DOWN,
            ON_MISSING_CHAT_ID,
            KEY_NAMESPACE,
            METHODS,
            METHODS_FILE,
            REPORT_FILE,
            MODE,
            STATS_INTERVAL,
            LOG_LEVEL,
            STRICT,
            CONFIG_FILE);

    private SettingsTable() {}

    static Optional<Setting<?>> find(String key) {
        for (Setting<?> setting : ALL) {
            if (setting.key().equals(key)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }
}
