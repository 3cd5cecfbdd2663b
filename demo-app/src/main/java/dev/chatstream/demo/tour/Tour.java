package dev.chatstream.demo.tour;

import dev.chatstream.demo.tour.Scene.Finding;
import dev.chatstream.demo.tour.Scene.Otherwise;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Plays the scenes, draws the table, and ends with 0 only if every row is as promised. */
final class Tour {
    private static final List<Scene> SCENES = List.of(
            new TwoMessages(),
            new OutlivesMethod(),
            new StopElsewhere(),
            new KilledPod(),
            new RedisGone(),
            new NodePod());

    private final Narrator narrator;
    private final Household household;
    private final Options.Play options;

    private Tour(Narrator narrator, Household household, Options.Play options) {
        this.narrator = narrator;
        this.household = household;
        this.options = options;
    }

    public static void main(String[] arguments) throws InterruptedException {
        switch (Options.parse(arguments)) {
            case Options.Help help -> System.out.println("./demo-app/tour --help tells the options.");
            case Options.Wrong wrong -> {
                System.err.println(wrong.message());
                System.exit(2);
            }
            case Options.Play options -> System.exit(play(options));
        }
    }

    private static int play(Options.Play options) throws InterruptedException {
        Narrator narrator = new Narrator(
                System.out,
                Boolean.getBoolean("tour.terminal"),
                Boolean.getBoolean("tour.colours"),
                Integer.getInteger("tour.columns", 100));
        Household household = new Household();
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                narrator.fallSilent();
                household.clear();
            }));
            return new Tour(narrator, household, options).run();
        } catch (TourException | IOException e) {
            narrator.plain("The tour could not be played: " + e.getMessage());
            return 1;
        } finally {
            household.clear();
        }
    }

    private int run() throws IOException, InterruptedException {
        Stage stage = Stage.set(household, narrator, options.redis());
        Table table = new Table(narrator.columns());
        for (Scene scene : SCENES) {
            narrator.scene(SCENES.indexOf(scene) + 1, scene.title());
            narrator.part("without ChatStream");
            Finding without = play(stage, () -> scene.without(stage));
            narrator.part("with ChatStream");
            Finding with = play(stage, () -> scene.with(stage));
            table.add(scene.title(), without, with, scene.promise());
        }
        narrator.plain("");
        narrator.plain(table.draw("lock-ttl=" + stage.lockTtl().toSeconds() + "s"));
        narrator.plain(
                table.allAsPromised()
                        ? "Every row is as promised."
                        : "Not every row is as promised: see the rows marked NO.");
        if (options.stay()) {
            stay(stage);
        }
        return table.allAsPromised() ? 0 : 1;
    }

    private Finding play(Stage stage, Half half) {
        try {
            Finding finding = half.play();
            narrator.say((finding instanceof Otherwise ? "NOT AS PROMISED: " : "= ") + finding.measured());
            return finding;
        } catch (TourException | IOException e) {
            narrator.say("NOT AS PROMISED: " + e.getMessage());
            stage.showTrouble();
            return new Otherwise("the scene broke off: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private void stay(Stage stage) throws InterruptedException {
        stage.plain2().kill();
        narrator.plain(Invitation.to(stage.agent1(), stage.agent2()));
        new CountDownLatch(1).await();
    }

    private interface Half {
        Finding play() throws IOException;
    }
}
