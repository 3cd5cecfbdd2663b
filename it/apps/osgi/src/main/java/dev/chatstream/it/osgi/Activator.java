package dev.chatstream.it.osgi;

import dev.chatstream.it.place.PlainService;
import java.io.IOException;
import java.util.Objects;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Starts the service on the port that the framework's property names. */
public final class Activator implements BundleActivator {

    @Override
    public void start(BundleContext context) throws IOException {
        PlainService.main(new String[] {Objects.requireNonNull(context.getProperty("chat.port"))});
    }

    @Override
    public void stop(BundleContext context) {
        // the JVM ends
    }
}
