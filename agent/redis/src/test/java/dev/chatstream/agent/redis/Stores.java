package dev.chatstream.agent.redis;

import dev.chatstream.agent.core.Journal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Settings of stores under test. */
final class Stores {

    static final Duration TTL = Duration.ofSeconds(60);

    private Stores() {}

    static RedisStore.Settings settings(String... uris) {
        return new RedisStore.Settings(
                List.of(uris),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(2),
                TTL,
                "");
    }

    static RedisStore store(String... uris) {
        return RedisStore.create(settings(uris), new Lines());
    }

    static RedisStore store(RedisStore.Settings settings, Journal journal) {
        return RedisStore.create(settings, journal);
    }

    static RedisStore.Settings with(RedisStore.Settings base, UnaryOperator<Builder> change) {
        return change.apply(new Builder(base)).build();
    }

    /** The fields of the settings that tests change. */
    static final class Builder {
        private RedisStore.Settings now;

        Builder(RedisStore.Settings base) {
            now = base;
        }

        Builder login(String username, String password) {
            now = new RedisStore.Settings(
                    now.uris(),
                    Optional.ofNullable(username),
                    Optional.ofNullable(password),
                    now.passwordFile(),
                    now.caFile(),
                    now.certFile(),
                    now.keyFile(),
                    now.commandTimeout(),
                    now.lockTtl(),
                    now.keyNamespace());
            return this;
        }

        Builder passwordFile(Path file) {
            now = new RedisStore.Settings(
                    now.uris(),
                    now.username(),
                    now.password(),
                    Optional.of(file),
                    now.caFile(),
                    now.certFile(),
                    now.keyFile(),
                    now.commandTimeout(),
                    now.lockTtl(),
                    now.keyNamespace());
            return this;
        }

        Builder tls(Path ca, Path cert, Path key) {
            now = new RedisStore.Settings(
                    now.uris(),
                    now.username(),
                    now.password(),
                    now.passwordFile(),
                    Optional.ofNullable(ca),
                    Optional.ofNullable(cert),
                    Optional.ofNullable(key),
                    now.commandTimeout(),
                    now.lockTtl(),
                    now.keyNamespace());
            return this;
        }

        Builder timeout(Duration timeout) {
            now = new RedisStore.Settings(
                    now.uris(),
                    now.username(),
                    now.password(),
                    now.passwordFile(),
                    now.caFile(),
                    now.certFile(),
                    now.keyFile(),
                    timeout,
                    now.lockTtl(),
                    now.keyNamespace());
            return this;
        }

        Builder namespace(String namespace) {
            now = new RedisStore.Settings(
                    now.uris(),
                    now.username(),
                    now.password(),
                    now.passwordFile(),
                    now.caFile(),
                    now.certFile(),
                    now.keyFile(),
                    now.commandTimeout(),
                    now.lockTtl(),
                    namespace);
            return this;
        }

        RedisStore.Settings build() {
            return now;
        }
    }
}
