package dev.chatstream.demo.tour;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The load balancer sends a Stop to a pod that does not run the answer. */
final class StopElsewhere implements Scene {
    private static final Duration WITHIN = Duration.ofMillis(1_500);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final int WORDS_BEFORE = 8;

    @Override
    public String title() {
        return "Stop pressed on the other pod";
    }

    @Override
    public String promise() {
        return "it reaches the answer within abort-poll (1 s), wherever that runs";
    }

    @Override
    public Finding without(Stage stage) {
        String chat = stage.chat("stop-plain");
        Answer answer = stage.send(stage.plain1(), chat, "Count to 32");
        answer.awaitWords(WORDS_BEFORE);
        long sent = stage.plain1().sentByModel();
        stage.stop(stage.plain2(), chat, Pod.ANN);
        Answer.End end = answer.end();
        stage.narrator()
                .say("plain-2 knows of no answer in this chat. The model goes on to its end, " + end.words()
                        + " words.");
        long after = stage.plain1().sentByModel() - sent;
        return Scene.finding(
                end.state().equals("DONE") && after > 1, "not stopped: the model sent " + after + " more words");
    }

    @Override
    public Finding with(Stage stage) throws IOException {
        String chat = stage.chat("stop");
        int mark = stage.agent1().log().mark();
        Answer answer = stage.send(stage.agent1(), chat, "Count to 80");
        String streamId = answer.streamId();
        answer.awaitWords(WORDS_BEFORE);
        stage.showLock(chat);
        HttpResponse<String> bobs = stage.stop(stage.agent2(), chat, Pod.BOB);
        long sent = stage.agent1().sentByModel();
        long pressed = System.nanoTime();
        HttpResponse<String> anns = stage.stop(stage.agent2(), chat, Pod.ANN);
        Answer.End end = answer.end();
        Duration took = Duration.ofNanos(end.at() - pressed);
        long sentAtEnd = stage.agent1().sentByModel();
        stage.showLog(stage.agent1(), mark, streamId);
        stage.showLock(chat);
        String shown = stage.agent2().show(chat);
        stage.narrator().see("saved", Json.values(shown, "text").getLast() + "  [" + Json.value(shown, "state") + "]");
        stage.letPass(QUIET);
        long late = stage.agent1().sentByModel() - sentAtEnd;
        stage.narrator()
                .see("agent-1", "GET /model: " + late + " words more in the " + Say.seconds(QUIET) + " after the end");
        boolean stopped = end.state().equals("STOPPED")
                && took.compareTo(WITHIN) <= 0
                && late == 0
                && bobs.statusCode() == 403
                && Json.value(anns.body(), "streamId").equals(streamId);
        return Scene.finding(
                stopped,
                "stopped after " + Say.seconds(took) + ": the model sent " + (sentAtEnd - sent) + " more words, then "
                        + (late == 0 ? "none" : late + " more") + "; a stranger's Stop gets " + bobs.statusCode());
    }
}
