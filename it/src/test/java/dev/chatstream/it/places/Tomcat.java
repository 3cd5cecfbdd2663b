package dev.chatstream.it.places;

import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.PodPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** A Tomcat as it is shipped, in a folder of its own, and its manager. */
final class Tomcat {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String USER = "deployer";

    private final Path home;
    private int port;

    private Tomcat(Path home) {
        this.home = home;
    }

    static Tomcat unpackedTo(Path folder) throws IOException {
        Zips.unpack(AgentJar.root().resolve("it/target/places/tomcat.zip"), folder);
        try (var files = Files.list(folder)) {
            Tomcat tomcat = new Tomcat(files.findFirst().orElseThrow());
            for (String example : List.of("ROOT", "docs", "examples", "host-manager")) {
                Zips.delete(tomcat.home.resolve("webapps").resolve(example));
            }
            return tomcat;
        }
    }

    Path home() {
        return home;
    }

    /** Started in the foreground by its own script. */
    PodPlan on(PodPlan plan, int freePort) {
        port = freePort;
        try {
            Path server = home.resolve("conf/server.xml");
            Files.writeString(
                    server,
                    Files.readString(server)
                            .replace("port=\"8080\"", "port=\"" + port + "\" address=\"127.0.0.1\"")
                            .replace("port=\"8005\"", "port=\"-1\""));
            Files.writeString(home.resolve("conf/tomcat-users.xml"), """
                    <tomcat-users xmlns="http://tomcat.apache.org/xml" version="1.0">
                      <user username="deployer" password="deployer" roles="manager-script"/>
                    </tomcat-users>
                    """);
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return plan.script(
                "CATALINA_OPTS", "sh", home.resolve("bin/catalina.sh").toString(), "run");
    }

    void deploy(String path, Path war) {
        ask("deploy?path=" + path + "&war=" + URLEncoder.encode("file:" + war, StandardCharsets.UTF_8));
    }

    void undeploy(String path) {
        ask("undeploy?path=" + path);
    }

    /** Collects garbage and names the applications that are gone and still in memory. */
    String leaks() {
        return ask("findleaks?statusLine=true");
    }

    private String ask(String what) {
        String user = Base64.getEncoder().encodeToString((USER + ":" + USER).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/manager/text/" + what))
                .header("Authorization", "Basic " + user)
                .build();
        try {
            String answer = CLIENT.send(request, BodyHandlers.ofString()).body();
            if (!answer.startsWith("OK")) {
                throw new AssertionError(what + ": " + answer);
            }
            return answer;
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
