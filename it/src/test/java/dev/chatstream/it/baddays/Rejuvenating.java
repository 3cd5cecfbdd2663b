package dev.chatstream.it.baddays;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * An agent that stands behind ours and makes class files of a far version loadable: so ours is given class files that run
 * and that its library does not know, as on a JVM of some years from now.
 */
public final class Rejuvenating implements ClassFileTransformer {

    static final int FAR = 99;
    private static final int NEAR = 65;

    public static void premain(String argument, Instrumentation instrumentation) {
        instrumentation.addTransformer(new Rejuvenating(), true);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] file) {
        if (file[7] != FAR) {
            return null;
        }
        byte[] near = file.clone();
        near[7] = NEAR;
        return near;
    }
}
