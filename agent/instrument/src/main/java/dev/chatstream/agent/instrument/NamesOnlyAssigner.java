package dev.chatstream.agent.instrument;

import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.assign.TypeCasting;

/**
 * Assigns without looking at the types: what is woven only turns arguments into Objects and an Object into what is
 * returned. Byte Buddy's own assigner would have the files of these types read, which may not be there.
 */
enum NamesOnlyAssigner implements Assigner {
    INSTANCE;

    @Override
    public StackManipulation assign(
            TypeDescription.Generic source, TypeDescription.Generic target, Assigner.Typing typing) {
        if (source.isPrimitive() || target.isPrimitive()) {
            return Assigner.DEFAULT.assign(source, target, typing);
        }
        return target.represents(Object.class) || source.equals(target)
                ? StackManipulation.Trivial.INSTANCE
                : TypeCasting.to(target);
    }
}
