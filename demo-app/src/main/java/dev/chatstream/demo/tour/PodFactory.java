package dev.chatstream.demo.tour;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Starts pods of the chat service, small ones, with and without the agent, on one database. */
final class PodFactory {
    static final Duration LOCK_TTL = Duration.ofSeconds(6);

    private static final Path ROOT =
            Path.of(System.getProperty("tour.root", ".")).toAbsolutePath().normalize();
    private static final Path SERVICE = ROOT.resolve("demo-app/target/chatstream-demo.jar");
    private static final Path AGENT = ROOT.resolve("agent/dist/target/chatstream-agent.jar");
    private static final Path H2 = ROOT.resolve("demo-app/target/tour/h2.jar");
    private static final Pattern DATABASE = Pattern.compile("running at (tcp://\\S+)");
    private static final Duration START = Duration.ofSeconds(30);

    private final Household household;
    private final String database;

    private PodFactory(Household household, String database) {
        this.household = household;
        this.database = database;
    }

    static PodFactory withDatabase(Household household) {
        Path folder = household.folder().resolve("database");
        List<String> command = java(
                folder,
                64,
                List.of("-Dh2.bindAddress=127.0.0.1"),
                "-cp",
                H2.toString(),
                "org.h2.tools.Server",
                "-tcp",
                "-tcpPort",
                "0",
                "-ifNotExists");
        Child child = household.keep(() -> Child.start("database", folder, Map.of(), command));
        String line = child.lines()
                .await("'running at'", seen -> DATABASE.matcher(seen).find(), START);
        Matcher running = DATABASE.matcher(line);
        // In the memory of the database's process: it outlives every pod and leaves no file.
        return new PodFactory(
                household, "jdbc:h2:" + (running.find() ? running.group(1) : "") + "/mem:chats;DB_CLOSE_DELAY=-1");
    }

    String database() {
        return database;
    }

    /** The flag and the settings, as one would type them. */
    String guardedCommand(URI redis) {
        return "CHATSTREAM_REDIS_URI=" + redis.getScheme() + "://" + redis.getHost() + ":" + redis.getPort()
                + " CHATSTREAM_LOCK_TTL=" + LOCK_TTL.toSeconds() + "s \\\n" + "  java -javaagent:"
                + ROOT.relativize(AGENT) + " -jar " + ROOT.relativize(SERVICE);
    }

    Child plain(String name) {
        return start(name, List.of(), Map.of());
    }

    /** Its settings stand in the environment: the address of Redis may hold a password. */
    Child guarded(String name, URI redis) {
        return start(
                name,
                List.of("-javaagent:" + AGENT),
                Map.of(
                        "CHATSTREAM_REDIS_URI",
                        redis.toString(),
                        "CHATSTREAM_LOCK_TTL",
                        LOCK_TTL.toSeconds() + "s",
                        "CHATSTREAM_LOG_LEVEL",
                        "debug"));
    }

    private Child start(String name, List<String> flags, Map<String, String> environment) {
        Path folder = household.folder().resolve(name);
        List<String> command = java(
                folder,
                96,
                flags,
                "-jar",
                SERVICE.toString(),
                "--server.port=0",
                "--demo.pod=" + name,
                "--spring.datasource.url=" + database);
        return household.keep(() -> Child.start(name, folder, environment, command));
    }

    /** A small JVM that leaves no file behind, however it ends. */
    private static List<String> java(Path folder, int heapMegabytes, List<String> flags, String... what) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of(
                java,
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + folder));
        Stream.concat(flags.stream(), Stream.of(what)).forEach(command::add);
        return command;
    }
}
