package dev.chatstream.agent.instrument;

import dev.chatstream.agent.shapes.Shapes;
import java.util.List;
import java.util.Set;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** The declared type of what a method returns: does it go on after the method, and does a shape follow it? */
final class ReturnTypes {

    /**
     * Types and packages whose values stream. One text, for a reason: packaging rewrites the names of libraries that the
     * agent brings along, also within texts that begin with one of them, and these names mean the application's own.
     */
    private static final String[] STREAMING = ("java/lang/AutoCloseable java/util/stream/ java/util/concurrent/"
                    + " org/reactivestreams/ reactor/ io/reactivex/ io/smallrye/mutiny/ kotlinx/coroutines/"
                    + " kotlin/sequences/Sequence scala/concurrent/ scala/collection/Iterator akka/stream/"
                    + " org/apache/pekko/stream/ cats/effect/IO zio/ZIO")
            .split(" ");

    private static final String UNTIL_IT_RETURNS = "until it returns";

    private static final String SUSPENDED = "until it returns, however often it suspends";

    private final ClassLoader loader;
    private final Shapes shapes;
    private final String declared;
    private final Set<String> ancestors;
    private final List<String> held;
    private final boolean anyCanStandForIt;

    private ReturnTypes(ClassLoader loader, Shapes shapes, String declared, List<String> held) {
        this.loader = loader;
        this.shapes = shapes;
        this.declared = declared;
        this.ancestors = Ancestors.of(loader, declared);
        this.held = held;
        this.anyCanStandForIt = isInterface(loader, declared);
    }

    /** Null: what the method returns is over when it returns. */
    static @Nullable ReturnTypes of(ClassLoader loader, MethodFile method, Shapes shapes) {
        Type returned = Type.getReturnType(method.descriptor());
        if (method.suspends()) {
            return ofSuspended(loader, method, shapes);
        }
        if (returned.getSort() != Type.OBJECT || isPlain(returned.getInternalName())) {
            return null;
        }
        return new ReturnTypes(
                loader, shapes, returned.getInternalName(), TypeArguments.ofReturned(method.signature()));
    }

    /** By what its caller gets in the end. */
    private static @Nullable ReturnTypes ofSuspended(ClassLoader loader, MethodFile method, Shapes shapes) {
        List<String> returned = TypeArguments.ofSuspended(method.signature());
        return returned.isEmpty() || isPlain(returned.get(0))
                ? null
                : new ReturnTypes(loader, shapes, returned.get(0), returned.subList(1, returned.size()));
    }

    /** The name of a declared type whose values stream and which no shape follows; null: all is well. */
    @Nullable
    String unfollowed() {
        return streams(ancestors) && !shapes.follow(declared, ancestors, anyCanStandForIt) && !handsOut()
                ? declared.replace('/', '.')
                : null;
    }

    /** For people: until when the stream of a method is held, by what it declares to return. */
    static String shape(ClassLoader loader, MethodFile method, Shapes shapes) {
        Type returned = Type.getReturnType(method.descriptor());
        if (method.suspends()) {
            ReturnTypes suspended = ofSuspended(loader, method, shapes);
            String shape = suspended == null ? UNTIL_IT_RETURNS : suspended.shape();
            return shape.equals(UNTIL_IT_RETURNS) ? SUSPENDED : SUSPENDED + ", then " + shape;
        }
        if (returned.getSort() != Type.OBJECT) {
            return UNTIL_IT_RETURNS;
        }
        return new ReturnTypes(loader, shapes, returned.getInternalName(), TypeArguments.ofReturned(method.signature()))
                .shape();
    }

    private String shape() {
        String followed = shapes.followedAs(declared, ancestors, anyCanStandForIt);
        if (followed != null) {
            String inside = shapes.areHolders(declared, ancestors, anyCanStandForIt) ? inside() : null;
            return inside == null ? followed : followed + " around " + inside;
        }
        if (declared.equals("java/lang/Object")) {
            return "as what is returned";
        }
        if (!streams(ancestors)) {
            return UNTIL_IT_RETURNS;
        }
        return handsOut() ? "what " + declared.replace('/', '.') + " hands out" : UNTIL_IT_RETURNS;
    }

    private @Nullable String inside() {
        for (int i = 0; i < held.size(); i++) {
            String type = held.get(i);
            String followed = shapes.followedAs(type, Ancestors.of(loader, type), isInterface(loader, type));
            if (followed != null) {
                return followed;
            }
        }
        return null;
    }

    /** Whether it is an interface that wants to be closed and hands out what is read. */
    private boolean handsOut() {
        if (!ancestors.contains("java/lang/AutoCloseable") || !anyCanStandForIt) {
            return false;
        }
        for (String ancestor : ancestors) {
            TypeFile file = TypeFile.read(loader, ancestor);
            List<MethodFile> methods = file == null ? List.of() : file.methods();
            for (int i = 0; i < methods.size(); i++) {
                if (Shapes.followByMethod(methods.get(i).descriptor())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether what the method returns, or holds for its caller, runs once it is subscribed to. */
    boolean isSubscribed() {
        if (shapes.areSubscribed(declared, ancestors, anyCanStandForIt)) {
            return true;
        }
        if (!shapes.areHolders(declared, ancestors, anyCanStandForIt)) {
            return false;
        }
        for (int i = 0; i < held.size(); i++) {
            String type = held.get(i);
            if (shapes.areSubscribed(type, Ancestors.of(loader, type), isInterface(loader, type))) {
                return true;
            }
        }
        return false;
    }

    /** Whether, by its signature, it holds what the caller is to get another object for. */
    boolean holdsReplaced() {
        for (int i = 0; i < held.size(); i++) {
            String type = held.get(i);
            if (shapes.replace(type, Ancestors.of(loader, type), isInterface(loader, type))) {
                return true;
            }
        }
        return false;
    }

    static boolean isInterface(ClassLoader loader, String type) {
        byte[] file = ClassFiles.read(loader, type);
        ClassHead head = file == null ? null : ClassHead.of(file);
        return head != null && head.isInterface();
    }

    private static boolean isPlain(String type) {
        return type.startsWith("java/lang/") && !type.equals("java/lang/AutoCloseable");
    }

    private static boolean streams(Set<String> ancestors) {
        for (String ancestor : ancestors) {
            for (String streaming : STREAMING) {
                boolean isPackage = streaming.endsWith("/");
                if (isPackage ? ancestor.startsWith(streaming) : ancestor.equals(streaming)) {
                    return true;
                }
            }
        }
        return false;
    }
}
