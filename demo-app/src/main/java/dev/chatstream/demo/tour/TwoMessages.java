package dev.chatstream.demo.tour;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Two tabs, two pods, one chat. */
final class TwoMessages implements Scene {
    private static final double WAIT_SECONDS = 5;
    private static final double SLACK_SECONDS = 2;

    @Override
    public String title() {
        return "Two messages in one chat, on two pods";
    }

    @Override
    public String promise() {
        return "one answer at a time; the second waits 5 s at most, then 409";
    }

    @Override
    public Finding without(Stage stage) {
        String chat = stage.chat("two-plain");
        Answer first = stage.send(stage.plain1(), chat, "Count to 24");
        first.awaitWords(2);
        Answer second = stage.send(stage.plain2(), chat, "Spell 20 letters");
        first.end();
        second.end();
        List<String> saved = savedAnswers(stage, stage.plain2(), chat);
        int switches = switches(saved, first.words());
        return Scene.finding(
                switches > 2, "2 answers at once; the saved text jumps " + switches + " times from one to the other");
    }

    @Override
    public Finding with(Stage stage) throws IOException {
        String shortChat = stage.chat("two");
        String longChat = stage.chat("two-long");
        int mark = stage.agent2().log().mark();
        Answer first = stage.send(stage.agent1(), shortChat, "Count to 24");
        Answer endless = stage.send(stage.agent1(), longChat, "Count to 80");
        first.awaitWords(2);
        String holder = endless.streamId();
        Answer second = stage.send(stage.agent2(), shortChat, "Spell 20 letters");
        Answer refused = stage.send(stage.agent2(), longChat, "Spell 20 letters");
        stage.showLock(shortChat);
        Answer.End firstEnd = first.end();
        Answer.Begin secondBegin = second.begin();
        stage.narrator()
                .say("The first is done, the second begins, " + Say.seconds(second.until(secondBegin))
                        + " after it was sent.");
        Answer.Refused no = refused.refusal();
        stage.narrator().see("agent-2", no.status() + " " + no.body());
        stage.stop(stage.agent2(), longChat, Pod.ANN);
        endless.end();
        second.end();
        List<String> saved = savedAnswers(stage, stage.agent1(), shortChat);
        stage.showLog(stage.agent2(), mark, shortChat);
        boolean inOrder = secondBegin.at() >= firstEnd.at()
                && saved.equals(List.of(String.join(" ", first.words()), String.join(" ", second.words())));
        double patience = refused.until(no).toNanos() / 1e9;
        boolean refusedWell = no.status() == 409
                && Json.value(no.body(), "chatId").equals(longChat)
                && Json.value(no.body(), "streamId").equals(holder)
                && Math.abs(patience - WAIT_SECONDS) < SLACK_SECONDS;
        return Scene.finding(
                inOrder && refusedWell,
                String.format(
                        Locale.ROOT,
                        "the second waited %s and came after; where the first went on: %d after %.1f s, naming its stream",
                        Say.seconds(second.until(secondBegin)),
                        no.status(),
                        patience));
    }

    private static List<String> savedAnswers(Stage stage, Pod pod, String chat) {
        String shown = pod.show(chat);
        List<String> texts = Json.values(shown, "text");
        List<String> roles = Json.values(shown, "role");
        stage.narrator().say("What is saved, as " + pod + " shows it with GET /chats/" + chat + ":");
        for (int i = 0; i < texts.size(); i++) {
            stage.narrator().see(roles.get(i), texts.get(i));
        }
        return IntStream.range(0, texts.size())
                .filter(i -> roles.get(i).equals("assistant"))
                .mapToObj(texts::get)
                .toList();
    }

    /** How often two neighbours in a saved answer come from different answers. */
    private static int switches(List<String> saved, List<String> wordsOfOne) {
        Set<String> one = new HashSet<>(wordsOfOne);
        int switches = 0;
        for (String text : saved) {
            List<Boolean> sides =
                    Arrays.stream(text.split(" ", -1)).map(one::contains).toList();
            for (int i = 1; i < sides.size(); i++) {
                switches += sides.get(i).equals(sides.get(i - 1)) ? 0 : 1;
            }
        }
        return switches;
    }
}
