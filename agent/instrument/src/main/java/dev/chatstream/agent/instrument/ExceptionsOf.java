package dev.chatstream.agent.instrument;

import org.jspecify.annotations.Nullable;

/**
 * The exceptions for calls of a woven class: those of the copy of the API that its loader sees, else of Spring Web
 * or JAX-RS, else the JDK's. Kept with the woven class, so that it goes when that goes.
 */
final class ExceptionsOf extends ClassValue<Exceptions> {

    @Override
    protected Exceptions computeValue(Class<?> woven) {
        ClassLoader loader = woven.getClassLoader();
        Exceptions api = ofApi(loader);
        Exceptions web = api != null || loader == null ? null : WebExceptions.of(loader);
        return api != null ? api : web != null ? web : new Exceptions.OfJdk();
    }

    private static @Nullable Exceptions ofApi(@Nullable ClassLoader loader) {
        try {
            return loader == null ? null : new ApiExceptions(loader);
        } catch (Throwable unseen) { // the loader is the application's, and may throw anything
            return null;
        }
    }
}
