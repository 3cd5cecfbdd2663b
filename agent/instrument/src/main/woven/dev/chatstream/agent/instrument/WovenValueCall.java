package dev.chatstream.agent.instrument;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** As {@link WovenCall}, for a method that returns an object, which the agent may replace by one that stands for it. */
final class WovenValueCall {
    private WovenValueCall() {}

    @Advice.OnMethodEnter
    static Object enter(
            @Advice.Origin Class<?> owner,
            @Advice.Origin("#m#d") String method,
            @Advice.This(optional = true) Object self,
            @Advice.AllArguments Object[] arguments) {
        return ChatStreamDispatcher.enter(owner, method, self, arguments);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(
            @Advice.Enter Object token,
            @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object returned,
            @Advice.Thrown Throwable thrown) {
        returned = ChatStreamDispatcher.exit(token, returned, thrown);
    }
}
