package dev.chatstream.agent.instrument;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Frameworks in miniature, each version of which is compiled once. */
final class Miniatures {

    private final Map<String, String> sources;
    private final String methods;
    private final Map<String, Map<String, byte[]>> compiled = new ConcurrentHashMap<>();

    /**
     * Of these sources.
     *
     * @param sources by class name, of {@code jakarta}'s time
     * @param methods that the agent weaves, as a regular expression
     */
    Miniatures(Map<String, String> sources, String methods) {
        this.sources = sources;
        this.methods = methods;
    }

    /** An application that has all of them. */
    Application of(String jakartaOrJavax, Path directory) {
        return of(jakartaOrJavax, directory, "");
    }

    /** The same in versions that have another name for each of these methods. */
    Application renamed(Path directory) {
        return of("jakarta", directory, "InAnotherVersion");
    }

    private Application of(String jakartaOrJavax, Path directory, String suffix) {
        Application application = new Application();
        compiled.computeIfAbsent(
                        jakartaOrJavax + suffix,
                        key -> Sources.compiled(
                                sources,
                                directory,
                                text -> text.replace("jakarta", jakartaOrJavax).replaceAll(methods, "$0" + suffix)))
                .forEach(application::give);
        return application;
    }
}
