package dev.chatstream.it.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs all benchmarks one after the other and prints a table; asserts nothing, since machines differ. */
class Benchmarks {

    @Test
    @Timeout(3600)
    void all() throws RunnerException, InterruptedException {
        List<String> lines = new ArrayList<>();
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("dev.chatstream.it.bench.*")
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        for (RunResult result : results) {
            double allocated =
                    result.getSecondaryResults().get("gc.alloc.rate.norm").getScore();
            lines.add("%-60s %10.2f %s   %8.0f B allocated a call"
                    .formatted(
                            result.getParams().getBenchmark().replaceAll(".*bench\\.", ""),
                            result.getPrimaryResult().getScore(),
                            result.getPrimaryResult().getScoreUnit(),
                            allocated));
        }
        lines.add(new OpenStreams(10_000).measure());
        lines.add(new OpenStreams(100_000).measure());
        System.out.println("\nBenchmarks\n" + String.join("\n", lines));
    }
}
