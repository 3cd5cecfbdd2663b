package dev.chatstream.agent.instrument;

import net.bytebuddy.asm.Advice;

/**
 * What is put around the body of a guarded method that returns nothing or a primitive. Byte Buddy copies these bodies into
 * other people's classes; they never run here. Nothing but the dispatcher may be called, and no member is added, so that
 * every later retransformation by whatever agent is allowed.
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

    @Advice.OnMethodExit(onThrowable = Throwable.class, backupArguments = false)
    static void exit(@Advice.Enter Object token, @Advice.Thrown Throwable thrown) {
        ChatStreamDispatcher.exit(token, null, thrown);
    }
}
