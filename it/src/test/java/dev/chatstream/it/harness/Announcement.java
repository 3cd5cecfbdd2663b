package dev.chatstream.it.harness;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Says at the begin and at the end of a run which servers and which Java it used. */
final class Announcement implements AutoCloseable {

    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(Announcement.class);

    private Announcement() {
        System.out.println("Redis under test: " + Servers.description() + pods());
    }

    static void once(ExtensionContext context) {
        context.getRoot().getStore(OURS).computeIfAbsent(Announcement.class, type -> new Announcement());
    }

    private static String pods() {
        Path home = JavaHomes.ofPods();
        return "; pods on Java " + JavaHomes.versionOf(home) + ", " + home;
    }

    @Override
    public void close() {
        System.out.println("Redis under test was: " + Servers.description() + pods());
    }
}
