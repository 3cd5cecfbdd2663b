package dev.chatstream.agent.instrument;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/** As {@link WovenCall}, for a method that is given callbacks: its body gets what the agent has put in their places. */
final class WovenGivenCall {
    private WovenGivenCall() {}

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
    static void exit(@Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
        ChatStreamDispatcher.exit(token, null, thrown);
    }
}
