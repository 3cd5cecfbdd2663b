package dev.chatstream.agent.instrument;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;

/**
 * What is put at the end of a JAX-RS runtime's own lookup of exception mappers: where nobody was found, or only the
 * runtime's own default, the agent is asked. Whatever goes wrong here, the answer stays what it was.
 */
final class WovenMapperLookup {
    private WovenMapperLookup() {}

    @Advice.OnMethodExit(suppress = Throwable.class, backupArguments = false)
    static void exit(
            @Advice.Origin Class<?> runtime,
            @Advice.Origin("#r") String returned,
            @Advice.AllArguments Object[] arguments,
            @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object found) {
        if (found == null || found.getClass().getName().equals("org.glassfish.jersey.server.DefaultExceptionMapper")) {
            Object answer =
                    ChatStreamDispatcher.bridge("unmapped", runtime, new Object[] {runtime, returned, arguments});
            if (answer != null) {
                found = answer;
            }
        }
    }
}
