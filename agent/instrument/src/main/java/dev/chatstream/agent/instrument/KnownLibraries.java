package dev.chatstream.agent.instrument;

import java.util.Set;

/**
 * Libraries that say of no method of their own that it is guarded: the files of their types are not read where these are
 * supertypes of what loads, which was most of what a large service's start had to pay for. Types by these names that are the
 * application's after all are noticed when they pass by themselves, as those are whose files cannot be read: what is below them
 * is woven then, and that is said.
 */
final class KnownLibraries {

    /** One text: packaging renames the libraries that the agent brings along, also in texts that begin with their names. */
    private static final Set<String> NAMES = Set.of(("jakarta javax kotlin kotlinx scala groovy org/codehaus"
                    + " org/springframework org/hibernate org/apache org/eclipse org/jboss org/glassfish org/wildfly"
                    + " org/slf4j ch/qos com/fasterxml tools/jackson com/google com/zaxxer org/h2"
                    + " org/postgresql com/mysql io/netty io/vertx io/smallrye io/quarkus io/quarkiverse"
                    + " io/micrometer io/micronaut io/helidon io/opentelemetry io/grpc io/lettuce redis/clients"
                    + " reactor org/reactivestreams io/reactivex net/bytebuddy org/aspectj org/objectweb"
                    + " dev/langchain4j com/openai com/anthropic")
            .split(" "));

    /** Applications of this name are shown around. */
    private static final String SAMPLES = "org/springframework/samples/";

    private KnownLibraries() {}

    /** By the first one or two parts of its name, since every class of the application is asked for. */
    static boolean has(String type) {
        int first = type.indexOf('/');
        int second = type.indexOf('/', first + 1);
        return first > 0
                && (NAMES.contains(type.substring(0, first))
                        || (second > 0 && NAMES.contains(type.substring(0, second)) && !type.startsWith(SAMPLES)));
    }
}
