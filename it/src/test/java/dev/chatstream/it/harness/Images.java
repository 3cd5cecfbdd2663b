package dev.chatstream.it.harness;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.testcontainers.DockerClientFactory;

/**
 * The images that can be had here: those of a list that the engine has or gets from its registry, else one made on the
 * spot of the embedded binary. {@code -Dit.images=a,b} takes other ones.
 */
final class Images {

    private static final String STANDARD = "redis:8-alpine,valkey/valkey:8-alpine,redis:6.2-alpine";
    private static final int LONGEST_PULL_SECONDS = 120;

    private static final class Found {
        static final List<ServerKind> KINDS = find();
    }

    private static final class Engine {
        static final boolean IS_THERE = DockerClientFactory.instance().isDockerAvailable();
    }

    private Images() {}

    static boolean isEngineThere() {
        return Engine.IS_THERE;
    }

    static List<ServerKind> all() {
        return Found.KINDS;
    }

    static ServerKind first() {
        return Found.KINDS.getFirst();
    }

    private static List<ServerKind> find() {
        DockerClient docker = DockerClientFactory.instance().client();
        List<ServerKind> found = new ArrayList<>();
        for (String name : System.getProperty("it.images", STANDARD).split(",")) {
            if (isHere(docker, name) || isPulled(docker, name)) {
                found.add(kind(name));
            }
        }
        if (found.isEmpty()) {
            found.add(kind(made(docker)));
        }
        return List.copyOf(found);
    }

    private static ServerKind kind(String image) {
        return new ServerKind(image, options -> new ContainerRedis(image, options));
    }

    private static boolean isHere(DockerClient docker, String name) {
        try {
            docker.inspectImageCmd(name).exec();
            return true;
        } catch (NotFoundException absent) {
            return false;
        }
    }

    private static boolean isPulled(DockerClient docker, String name) {
        try {
            return docker.pullImageCmd(name)
                    .start()
                    .awaitCompletion(LONGEST_PULL_SECONDS, TimeUnit.SECONDS);
        } catch (DockerException noRegistry) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** For machines that reach no registry: the static server alone, where a shell-less image finds it. */
    private static String made(DockerClient docker) {
        String tag = EmbeddedRedis.VERSION;
        try {
            docker.createImageCmd(
                            "chatstream-it-redis",
                            Tar.of("usr/local/bin/" + ContainerRedis.COMMAND, EmbeddedRedis.linuxBinary()))
                    .withTag(tag)
                    .exec();
            return "chatstream-it-redis:" + tag;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
    }
}
