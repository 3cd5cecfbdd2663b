package dev.chatstream.agent.instrument;

import org.jspecify.annotations.Nullable;

/**
 * The exceptions for calls of a woven class: those of the copy of the API that its loader sees, else the JDK's. Kept with
 * the woven class, so that it goes when that goes.
 */
final class ExceptionsOf extends ClassValue<Exceptions> {

    @Override
    protected Exceptions computeValue(Class<?> woven) {
        Exceptions api = ofApi(woven.getClassLoader());
        // Here come, before the JDK's, those of Spring Web and JAX-RS, for applications without the API.
        return api == null ? new Exceptions.OfJdk() : api;
    }

    private static @Nullable Exceptions ofApi(@Nullable ClassLoader loader) {
        try {
            return loader == null ? null : new ApiExceptions(loader);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError unseen) {
            return null;
        }
    }
}
