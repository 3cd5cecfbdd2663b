package dev.chatstream.agent.dist;

import dev.chatstream.agent.dist.Values.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What is to be said of values that are right by themselves: files that are not there, secrets in the open. */
final class Advice {

    private static final List<Setting<Path>> READ_AT_CONNECT = List.of(
            SettingsTable.REDIS_PASSWORD_FILE,
            SettingsTable.REDIS_CA_FILE,
            SettingsTable.REDIS_CERT_FILE,
            SettingsTable.REDIS_KEY_FILE);

    private final Values values;
    private final Remarks remarks;

    private Advice(Values values, Remarks remarks) {
        this.values = values;
        this.remarks = remarks;
    }

    static void give(Values values, Remarks remarks) {
        Advice advice = new Advice(values, remarks);
        advice.pair(SettingsTable.REDIS_CERT_FILE, SettingsTable.REDIS_KEY_FILE);
        advice.pair(SettingsTable.REDIS_KEY_FILE, SettingsTable.REDIS_CERT_FILE);
        for (Setting<Path> setting : READ_AT_CONNECT) {
            advice.readable(setting);
        }
        advice.secretInArgument();
    }

    private void pair(Setting<Path> one, Setting<Path> other) {
        Optional<Said> said = values.said(one);
        if (said.isPresent() && values.said(other).isEmpty()) {
            remarks.mistake(
                    Messages.named(one, said.get()) + " needs " + other.key() + " beside it.", "It is ignored.");
            values.drop(one);
        }
    }

    private void readable(Setting<Path> setting) {
        Optional<Path> path = values.given(setting);
        if (path.isPresent() && !(Files.isRegularFile(path.get()) && Files.isReadable(path.get()))) {
            remarks.mistake(
                    Messages.named(setting, values.said(setting).orElseThrow()) + " is no file that can be read.",
                    "It is tried again at every connect.");
        }
    }

    private void secretInArgument() {
        boolean password = inArgument(SettingsTable.REDIS_PASSWORD).isPresent();
        Optional<Said> uri = inArgument(SettingsTable.REDIS_URI);
        if (password || (uri.isPresent() && RedisUris.holdsSecret(uri.get().text()))) {
            remarks.advice("A password stands in the agent argument, which the JVM itself may print; give it by the"
                    + " environment variable CHATSTREAM_REDIS_PASSWORD or by redis-password-file.");
        }
    }

    private Optional<Said> inArgument(Setting<?> setting) {
        Optional<Said> said = values.said(setting);
        boolean there = said.isPresent() && said.get().source().kind() == Source.Kind.ARGUMENT;
        return there ? said : Optional.empty();
    }
}
