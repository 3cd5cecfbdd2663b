package dev.chatstream.agent.instrument;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/**
 * Looks into class files, when a method is woven, whether the properties that its expressions name exist. A type that
 * others may extend can have them in a type below: then there is a doubt, no mistake.
 */
final class StaticTypes {

    /** What is known of a property before any call. */
    sealed interface Answer {
        /** It has this type. */
        record Typed(String descriptor) implements Answer {}

        /** Only the object will tell. */
        record Open() implements Answer {}

        /** It may be there in a type below. */
        record Doubtful(String message) implements Answer {}

        /** It cannot be there. */
        record Missing(String message) implements Answer {}
    }

    private static final Answer OPEN = new Answer.Open();

    private final ClassLoader loader;

    StaticTypes(ClassLoader loader) {
        this.loader = loader;
    }

    /** What the expression gives, as far as the types of the parameters tell. */
    Answer of(Expression expression, Type[] parameters) {
        if (expression instanceof Expression.Parameter parameter) {
            return new Answer.Typed(parameters[parameter.number()].getDescriptor());
        }
        if (expression instanceof Expression.Property property) {
            return then(of(property.of(), parameters), "." + property.name(), property.name(), property.position());
        }
        if (expression instanceof Expression.Key key) {
            return then(of(key.of(), parameters), "['" + key.key() + "']", null, key.position());
        }
        if (expression instanceof Expression.Sum sum) {
            return worst(sum, parameters);
        }
        return OPEN;
    }

    private Answer worst(Expression.Sum sum, Type[] parameters) {
        Answer worst = OPEN;
        for (int i = 0; i < sum.terms().size(); i++) {
            Answer term = of(sum.terms().get(i), parameters);
            if (term instanceof Answer.Missing) {
                return term;
            }
            worst = term instanceof Answer.Doubtful ? term : worst;
        }
        return worst;
    }

    /** The next step; a null property stands for a key. */
    private Answer then(Answer before, String written, @Nullable String property, int position) {
        if (!(before instanceof Answer.Typed typed)) {
            return before;
        }
        Type type = Type.getType(typed.descriptor());
        if (type.getSort() != Type.OBJECT) {
            return new Answer.Missing(message(type, written, position));
        }
        Search search = new Search(property);
        search.in(type.getInternalName(), 0);
        return search.answer(type, message(type, written, position));
    }

    private static String message(Type type, String written, int position) {
        return "character " + position + ": " + type.getClassName() + " has no " + written;
    }

    /** One property, in one type and those above it. */
    private final class Search {
        private final @Nullable String property;
        private @Nullable String found;
        private boolean isMap;
        private boolean allRead = true;
        private int accessOfFirst;

        Search(@Nullable String property) {
            this.property = property;
        }

        void in(String type, int depth) {
            isMap |= type.equals("java/util/Map");
            byte[] file = depth > 50 ? null : ClassFiles.read(loader, type);
            if (file == null) {
                allRead = false;
                return;
            }
            Members members = new Members(property);
            OpenedClassReader.of(file).accept(members, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG);
            if (depth == 0) {
                accessOfFirst = members.access;
            }
            found = found == null ? members.found : found;
            for (int i = 0; found == null && !isMap && i < members.supertypes.size(); i++) {
                in(members.supertypes.get(i), depth + 1);
            }
        }

        Answer answer(Type type, String message) {
            if (isMap) {
                return OPEN;
            }
            if (found != null) {
                return new Answer.Typed(found);
            }
            if (!allRead) {
                return OPEN;
            }
            if ((accessOfFirst & Opcodes.ACC_FINAL) != 0) {
                return new Answer.Missing(message);
            }
            boolean saysNothing = (accessOfFirst & Opcodes.ACC_INTERFACE) != 0
                    || type.getInternalName().equals("java/lang/Object");
            return saysNothing ? OPEN : new Answer.Doubtful(message);
        }
    }
}
