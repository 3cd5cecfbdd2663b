package dev.chatstream.agent.instrument;

import net.bytebuddy.asm.Advice;

/**
 * What is put around the body of a guarded method that returns nothing or a primitive. Byte Buddy copies these bodies into
 * other people's classes; they never run here. Nothing but the dispatcher may be called, and no member is added, so that
 * every later retransformation by whatever agent is allowed. The arguments are copied for the body ({@code
 * backupArguments}): bodies whose frames forget a parameter, as those of JDK proxies do, could not be woven otherwise.
 */
final class WovenCall {
    private WovenCall() {}

    @Advice.OnMethodEnter
    static Object enter(
            @Advice.Origin Class<?> owner,
            @Advice.Origin("#m#d") String method,
            @Advice.This(optional = true) Object self,
            @Advice.AllArguments Object[] arguments) {
        return ChatStreamDispatcher.enter(owner, method, self, arguments);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class)
    static void exit(@Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
        ChatStreamDispatcher.exit(token, null, thrown);
    }
}
