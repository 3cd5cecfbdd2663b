package dev.chatstream.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The lease protocol's promises under random deaths. {@code -Dchaos.minutes} and {@code -Dchaos.seed} change the short run that
 * is part of the build. The notebooks stay in {@code target/chaos}.
 */
class ChaosIT {

    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final long SEED = 4;

    @Test
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void twoPodsAndAPlainClientKeepThePromisesUnderRandomDeaths() throws IOException, InterruptedException {
        long seed = Long.getLong("chaos.seed", SEED);
        int minutes = Integer.getInteger("chaos.minutes", 0);
        Path folder = Path.of("target", "chaos", Long.toString(System.currentTimeMillis()));
        Files.createDirectories(folder);
        Checker checker =
                new ChaosRun(seed, folder.toAbsolutePath()).play(minutes == 0 ? SHORT : Duration.ofMinutes(minutes));
        System.out.println("chaos, seed " + seed + ", " + (minutes == 0 ? SHORT : minutes + " minutes"));
        System.out.println(checker.counts());
        assertThat(checker.compared()).as("pairs of times of entitlement").isPositive();
        assertThat(checker.violations()).as(checker.extracts()).isEmpty();
    }
}
