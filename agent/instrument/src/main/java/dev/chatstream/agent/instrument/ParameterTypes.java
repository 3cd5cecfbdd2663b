package dev.chatstream.agent.instrument;

import dev.chatstream.agent.shapes.Shapes;
import java.util.Set;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** Knows by their declared types whether a method is given callbacks that are followed: others cost a call nothing. */
final class ParameterTypes {

    private final ClassLoader loader;
    private final Shapes shapes;

    ParameterTypes(ClassLoader loader, Shapes shapes) {
        this.loader = loader;
        this.shapes = shapes;
    }

    boolean anyFollowed(MethodFile method) {
        return followed(method) != null;
    }

    /** The name of the first parameter's type that is followed; null: none is. */
    @Nullable
    String followed(MethodFile method) {
        Type[] types = Type.getArgumentTypes(method.descriptor());
        for (int i = 0; i < types.length; i++) {
            if (isOfTheApplications(types[i]) && isFollowed(types[i].getInternalName())) {
                return types[i].getClassName();
            }
        }
        return null;
    }

    /** The name of a parameter's type that would be followed if something else could stand for it; null: all is well. */
    @Nullable
    String unfollowed(MethodFile method) {
        Type[] types = Type.getArgumentTypes(method.descriptor());
        for (int i = 0; i < types.length; i++) {
            if (isOfTheApplications(types[i])
                    && shapes.followArguments(Ancestors.of(loader, types[i].getInternalName()), true)
                    && !isFollowed(types[i].getInternalName())) {
                return types[i].getClassName();
            }
        }
        return null;
    }

    private boolean isFollowed(String declared) {
        Set<String> ancestors = Ancestors.of(loader, declared);
        return shapes.followArguments(ancestors, ReturnTypes.isInterface(loader, declared));
    }

    private static boolean isOfTheApplications(Type type) {
        return type.getSort() == Type.OBJECT && !type.getInternalName().startsWith("java/");
    }
}
