package dev.chatstream.it.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.Pod;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Two pods of one application of {@code it/apps}, and the model that both call. */
final class Upstream implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    /** Nobody waits for the end of such an answer: it would take eight minutes. */
    static final int ENDLESS = 10_000;

    private final String application;
    private final TokenServer model = TokenServer.start();
    private final Stage stage;

    private Upstream(String application, String mainClass) {
        this.application = application;
        this.stage = Stage.with(plan ->
                plan.classPath(Libraries.of(application)).mainClass(mainClass).arguments(model.url()));
    }

    static Upstream of(String application, String mainClass) {
        return new Upstream(application, mainClass);
    }

    TokenServer model() {
        return model;
    }

    Stage stage() {
        return stage;
    }

    PodPlan plan() {
        return stage.plan();
    }

    /** Has a call answered, each of whose tokens comes at the model's pace. */
    void ask(Pod pod, String call, String method, String thread, int tokens) {
        pod.tell("ask", call, call, method, thread, "answer " + call + " tokens " + tokens);
    }

    /** Has a call answered on the first pod without end, and waits until its consumer hears the first token. */
    void askAndHear(String call, String method, String thread) {
        ask(stage.first(), call, method, thread, ENDLESS);
        stage.first().output().await("heard " + call);
    }

    /** Has a call answered on the first pod by a model that falls silent after three tokens. */
    void askSilent(Pod pod, String call, String method, String thread) {
        pod.tell("ask", call, call, method, thread, "answer " + call + " tokens " + ENDLESS + " pause 3");
    }

    /** Presses Stop on the second pod, and waits until the consumer on the first has been told. */
    Stopped stop(String call, String method) {
        return pressStop(call, method).told(stage.first());
    }

    /** Presses Stop on the second pod. */
    Pressed pressStop(String call, String method) {
        Pod second = stage.second();
        Speech speech = model.to(call);
        String holder = stage.holderOf(call);
        int before = speech.said();
        assertThat(second.query("abortChat", call)).isEqualTo("Optional[" + holder + "]");
        return new Pressed(application + " " + method, call, before, speech);
    }

    /** A Stop of which the consumer may not know yet. */
    record Pressed(String what, String call, int before, Speech speech) {

        Stopped told(Pod pod) {
            String told = pod.threw(call);
            return new Stopped(what, told, before, speech.said(), speech);
        }
    }

    /** How often the consumer of a call that is called back was told that it is over. */
    List<String> signalsOf(String call) {
        return stage.first().output().containing("signal " + call + " ");
    }

    /** Another call gets in, on the other pod, and its answer is whole. */
    void assertFree(String chatId, String method, String thread) {
        stage.awaitHolder(chatId, null);
        String call = chatId + "-next";
        stage.second().tell("ask", call, chatId, method, thread, "answer " + call + " tokens 3");
        assertThat(stage.second().left(call)).startsWith("3 tokens");
        stage.awaitHolder(chatId, null);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        stage.beforeAll(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        stage.afterEach(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stage.afterAll(context);
        model.close();
    }
}
