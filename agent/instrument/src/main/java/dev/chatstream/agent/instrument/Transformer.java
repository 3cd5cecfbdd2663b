package dev.chatstream.agent.instrument;

import dev.chatstream.agent.shapes.Shapes;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * What the JVM calls for every class. Leaves alone what is the JDK's and the agent's; whatever goes wrong, the class stays
 * as it is.
 */
final class Transformer implements ClassFileTransformer {

    private final Finder finder;
    private final Telemetry telemetry;
    private final Retries retries;
    private final ClassLoader own;
    private final ClassLoader platform;

    Transformer(Finder finder, Telemetry telemetry, Retries retries) {
        this.finder = finder;
        this.telemetry = telemetry;
        this.retries = retries;
        this.own = Transformer.class.getClassLoader();
        this.platform = ClassLoader.getPlatformClassLoader();
    }

    /** Whether a loader's classes are the application's. */
    @SuppressWarnings("ReferenceEquality") // loaders may define an equality of their own
    boolean concerns(ClassLoader loader) {
        return loader != own && loader != platform && !(loader instanceof SelfTest.SubjectLoader);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String type,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] file) {
        if (type != null) {
            telemetry.saw(type);
        }
        if (loader == null || type == null || !concerns(loader) || Shapes.isOwn(loader, type)) {
            return null;
        }
        try {
            if (redefined != null && ClassHead.of(file) == null) {
                throw new ClassFormatError("what is loaded came back as no class file");
            }
            return finder.look(loader, type, file);
        } catch (Throwable failure) {
            retries.failed(loader, type, redefined != null, file, failure);
            return null;
        }
    }
}
