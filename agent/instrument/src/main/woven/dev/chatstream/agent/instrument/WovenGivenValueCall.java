package dev.chatstream.agent.instrument;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** As {@link WovenValueCall}, for a method that is given callbacks: its body gets what the agent has put in their places. */
final class WovenGivenValueCall {
    private WovenGivenValueCall() {}

    @Advice.OnMethodEnter
    static Object enter(
            @Advice.Origin Class<?> owner,
            @Advice.Origin("#m#d") String method,
            @Advice.This(optional = true) Object self,
            @Advice.AllArguments(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object[] arguments) {
        Object[] given = arguments;
        Object token = ChatStreamDispatcher.enter(owner, method, self, given);
        arguments = given;
        return token;
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(
            @Advice.Enter Object token,
            @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object returned,
            @Advice.Thrown Throwable thrown) {
        returned = ChatStreamDispatcher.exit(token, returned, thrown);
    }
}
