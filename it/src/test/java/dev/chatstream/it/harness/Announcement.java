package dev.chatstream.it.harness;

import org.junit.jupiter.api.extension.ExtensionContext;

/** Says at the begin and at the end of a run which servers it used. */
final class Announcement implements AutoCloseable {

    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(Announcement.class);

    private Announcement() {
        System.out.println("Redis under test: " + Servers.description());
    }

    static void once(ExtensionContext context) {
        context.getRoot().getStore(OURS).computeIfAbsent(Announcement.class, type -> new Announcement());
    }

    @Override
    public void close() {
        System.out.println("Redis under test was: " + Servers.description());
    }
}
