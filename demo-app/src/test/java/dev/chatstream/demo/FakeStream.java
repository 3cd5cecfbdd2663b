package dev.chatstream.demo;

import dev.chatstream.AbortReason;
import dev.chatstream.ActiveStream;
import java.lang.reflect.Proxy;
import java.util.Optional;

/** A stream as the agent gives it, as far as the service asks. */
final class FakeStream {
    private long fence;
    private Optional<AbortReason> reason = Optional.empty();

    static FakeStream withFence(long fence) {
        FakeStream stream = new FakeStream();
        stream.fence = fence;
        return stream;
    }

    void aborted(AbortReason why) {
        reason = Optional.of(why);
    }

    void gets(long newFence) {
        fence = newFence;
    }

    Optional<ActiveStream> seen() {
        return Optional.of((ActiveStream) Proxy.newProxyInstance(
                FakeStream.class.getClassLoader(),
                new Class<?>[] {ActiveStream.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "fence" -> fence;
                    case "abortReason" -> reason;
                    default -> throw new UnsupportedOperationException(method.getName());
                }));
    }
}
