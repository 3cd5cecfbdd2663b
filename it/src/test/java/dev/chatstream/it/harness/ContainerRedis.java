package dev.chatstream.it.harness;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** A server in a container, on a port of this machine that it keeps when it is killed and started again. */
final class ContainerRedis implements RedisUnderTest {

    static final String COMMAND = "redis-server";
    static final int INSIDE = 6379;

    private final String image;
    private final int port = Ports.free();
    private final RawClient client = new RawClient(port);
    private final GenericContainer<?> container;

    ContainerRedis(String image, List<String> options) {
        this.image = image;
        List<String> command = new ArrayList<>(List.of(server(image), "--protected-mode", "no", "--save", ""));
        command.addAll(options);
        this.container = new GenericContainer<>(DockerImageName.parse(image))
                .withExposedPorts(INSIDE)
                .withCommand(command.toArray(String[]::new))
                .withCreateContainerCmdModifier(create -> create.withHostConfig(
                        new HostConfig().withPortBindings(PortBinding.parse("127.0.0.1:" + port + ":" + INSIDE))));
        container.start();
        awaitPong();
    }

    private static String server(String image) {
        return image.contains("valkey") ? "valkey-server" : COMMAND;
    }

    @Override
    public String description() {
        return image + " in a container";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public RedisCommands<String, String> client() {
        return client.commands();
    }

    @Override
    public void kill() {
        docker().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void restart() {
        docker().startContainerCmd(container.getContainerId()).exec();
        awaitPong();
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }

    /** The engine's own proxy accepts connections before the server does. */
    private void awaitPong() {
        Eventually.until("the container's server answers", () -> {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                socket.setSoTimeout(1000);
                socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                return socket.getInputStream().read() == '+';
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    @Override
    public void close() {
        client.close();
        container.stop();
    }
}
