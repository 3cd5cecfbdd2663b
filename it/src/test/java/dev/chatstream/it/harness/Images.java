package dev.chatstream.it.harness;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.images.builder.Transferable;

/**
 * The images that can be had here: those of a list that the engine has or gets from its registry, else one made on the
 * spot of the static server. {@code -Dit.images=a,b} takes other ones.
 */
final class Images {

    private static final String STANDARD = "redis:8-alpine,valkey/valkey:8-alpine,redis:6.2-alpine";
    private static final int LONGEST_PULL_SECONDS = 120;
    private static final int LONGEST_BUILD_SECONDS = 120;
    private static final int EXECUTABLE = 0755;

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

    private static List<ServerKind> find() {
        DockerClient docker = DockerClientFactory.instance().client();
        List<ServerKind> found = new ArrayList<>();
        for (String name : System.getProperty("it.images", STANDARD).split(",")) {
            if (isHere(docker, name) || isPulled(docker, name)) {
                found.add(kind(name));
            }
        }
        if (found.isEmpty()) {
            found.add(kind(made()));
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
            return docker.pullImageCmd(name).start().awaitCompletion(LONGEST_PULL_SECONDS, TimeUnit.SECONDS);
        } catch (DockerException noRegistry) {
            return false;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** For machines that reach no registry: an image of the static server alone. */
    private static String made() {
        try {
            return new ImageFromDockerfile("chatstream-it-redis:" + ServerFiles.STATIC_VERSION, false)
                    .withFileFromTransferable("server", Transferable.of(ServerFiles.linuxBinary(), EXECUTABLE))
                    .withDockerfileFromBuilder(image -> image.from("scratch")
                            .copy("server", "/usr/local/bin/" + ContainerRedis.COMMAND)
                            .expose(ContainerRedis.INSIDE)
                            .build())
                    .get(LONGEST_BUILD_SECONDS, TimeUnit.SECONDS);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (TimeoutException cause) {
            throw new IllegalStateException("the engine makes no image", cause);
        }
    }
}
