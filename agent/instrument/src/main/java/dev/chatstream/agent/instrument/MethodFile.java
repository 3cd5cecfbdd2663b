package dev.chatstream.agent.instrument;

import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * A method, as its class file describes it.
 *
 * @param owner internal name of its class
 * @param signature with its generic types; null: it has none
 * @param elements null: it carries no annotation
 * @param parameterNames in order; null: the class file does not tell
 * @param chatIds the numbers of the parameters that carry {@code @ChatId}
 * @param bridgedTo name and descriptor of the method that this bridge calls; null: it is none
 * @param isInlined whether Kotlin copies it into its callers in Kotlin, where nothing can be woven
 */
record MethodFile(
        String owner,
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        @Nullable Elements elements,
        @Nullable List<String> parameterNames,
        List<Integer> chatIds,
        @Nullable String bridgedTo,
        boolean isInlined) {

    private static final String SUSPENDS = "Lkotlin/coroutines/Continuation;)Ljava/lang/Object;";

    /** Whether a method is a function of Kotlin's that suspends: by its descriptor, or by name and descriptor. */
    static boolean suspends(String descriptor) {
        return descriptor.endsWith(SUSPENDS);
    }

    boolean suspends() {
        return suspends(descriptor);
    }

    /** What tells it apart within its class. */
    String key() {
        return name + descriptor;
    }

    boolean is(int flag) {
        return (access & flag) != 0;
    }

    /** Bridges and other methods that a compiler made: it copies annotations to them, and they only delegate. */
    boolean isMadeByCompiler() {
        return is(Opcodes.ACC_BRIDGE) || is(Opcodes.ACC_SYNTHETIC);
    }

    boolean isConstructor() {
        return name.startsWith("<");
    }

    boolean hasBody() {
        return !is(Opcodes.ACC_ABSTRACT) && !is(Opcodes.ACC_NATIVE);
    }

    /** Whether a type below can override it at all. */
    boolean isInheritable() {
        return !is(Opcodes.ACC_STATIC) && !is(Opcodes.ACC_PRIVATE) && !isConstructor();
    }

    /** Whether a type below inherits it, or overrides it by its name. */
    boolean isSeenFrom(TypeFile type) {
        return is(Opcodes.ACC_PUBLIC)
                || is(Opcodes.ACC_PROTECTED)
                || packageOf(owner).equals(packageOf(type.name()));
    }

    private static String packageOf(String type) {
        return type.substring(0, type.lastIndexOf('/') + 1);
    }

    int parameterCount() {
        return Type.getArgumentCount(descriptor);
    }

    /** The same method, with other elements. */
    MethodFile saying(Elements others) {
        return new MethodFile(
                owner, access, name, descriptor, signature, others, parameterNames, chatIds, bridgedTo, isInlined);
    }

    /** As a rule names it within its class: {@code ask[java.lang.String,int]}. */
    String nameAndTypes() {
        StringBuilder text = new StringBuilder(name).append('[');
        Type[] types = Type.getArgumentTypes(descriptor);
        for (int i = 0; i < types.length; i++) {
            text.append(i == 0 ? "" : ",").append(types[i].getClassName());
        }
        return text.append(']').toString();
    }

    /** For people: {@code com.acme.Chat#ask(String, int)}. */
    String readable() {
        StringBuilder text = new StringBuilder(owner.replace('/', '.'))
                .append('#')
                .append(name)
                .append('(');
        Type[] types = Type.getArgumentTypes(descriptor);
        for (int i = 0; i < types.length; i++) {
            String type = types[i].getClassName();
            text.append(i == 0 ? "" : ", ")
                    .append(type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1));
        }
        return text.append(')').toString();
    }
}
