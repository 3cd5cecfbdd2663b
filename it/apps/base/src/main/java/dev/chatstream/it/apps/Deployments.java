package dev.chatstream.it.apps;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A container: takes applications in, each in a class loader of its own with libraries of its own, and lets go of them. An
 * argument describes one, {@code <name>=<class>=<class path>}; a method is asked for by {@code <name>:<method>}.
 */
public final class Deployments implements Chats {

    private record Described(String type, String path) {}

    private record Deployed(URLClassLoader loader, Chats chats) {}

    private final Map<String, Described> described = new ConcurrentHashMap<>();
    private final Map<String, Deployed> deployed = new ConcurrentHashMap<>();
    private final Map<String, WeakReference<ClassLoader>> gone = new ConcurrentHashMap<>();

    public static void main(String[] arguments) throws IOException {
        Deployments deployments = new Deployments();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 3);
            deployments.described.put(parts[0], new Described(parts[1], parts[2]));
        }
        Desk.serve(deployments);
    }

    @Override
    public String answer(String method, Call call) throws Exception {
        String[] parts = method.split(":", 2);
        return of(parts[0]).chats.answer(parts[1], call);
    }

    @Override
    public Object reply(String question, String about) throws Exception {
        return switch (question) {
            case "deploy" -> deploy(about);
            case "undeploy" -> undeploy(about);
            case "collected" -> {
                System.gc();
                yield Objects.requireNonNull(gone.get(about), about).refersTo(null);
            }
            default -> Objects.requireNonNullElse(Source.reply(question, about), "unknown request " + question);
        };
    }

    /** Answers where its Reactor comes from. */
    private String deploy(String name) throws ReflectiveOperationException, MalformedURLException {
        Described application = Objects.requireNonNull(described.get(name), name);
        List<URL> urls = new ArrayList<>();
        for (String entry : application.path.split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), Deployments.class.getClassLoader());
        Object chats = loader.loadClass(application.type).getConstructor().newInstance();
        deployed.put(name, new Deployed(loader, (Chats) chats));
        return loader.loadClass("reactor.core.publisher.Flux")
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
    }

    private String undeploy(String name) throws IOException {
        Deployed application = of(name);
        deployed.remove(name);
        gone.put(name, new WeakReference<>(application.loader));
        application.loader.close();
        return "undeployed";
    }

    private Deployed of(String name) {
        return Objects.requireNonNull(deployed.get(name), name);
    }
}
