package dev.chatstream.agent.shapes;

import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * A {@link CompletionStage} that is no CompletableFuture: it can be observed, not completed, so an abort reaches its code
 * through {@code onAbort} only. Its {@code toCompletableFuture()} is no way in: that may be a copy, or throw.
 */
final class CompletionStageShape implements Shape {

    private final Inner inner;

    CompletionStageShape(Inner inner) {
        this.inner = inner;
    }

    @Override
    public List<String> types() {
        return List.of("java.util.concurrent.CompletionStage");
    }

    @Override
    public Object follow(Object value, Outlet outlet) {
        CompletionStage<?> stage = (CompletionStage<?>) value;
        outlet.endIfForgotten(stage);
        stage.whenComplete((result, failure) -> outlet.endWith(result, inner));
        return stage;
    }
}
