package dev.chatstream.agent.instrument;

import net.bytebuddy.asm.Advice;

/** What is put into every copy of the API's seam, {@code dev.chatstream.Bridge.call}: the agent's answer is returned. */
final class WovenBridge {
    private WovenBridge() {}

    @Advice.OnMethodExit(backupArguments = false)
    static void exit(
            @Advice.Argument(0) String operation,
            @Advice.Argument(1) Object target,
            @Advice.Argument(2) Object argument,
            @Advice.Return(readOnly = false) Object answer) {
        answer = ChatStreamDispatcher.bridge(operation, target, argument);
    }
}
