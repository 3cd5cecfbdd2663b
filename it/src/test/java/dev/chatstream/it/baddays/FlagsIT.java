package dev.chatstream.it.baddays;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chatstream.it.harness.JavaHomes;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Flags of the JVM that change how classes are loaded, compiled and kept, or that leave little room. */
class FlagsIT {

    private static final int FIRST_WITHOUT_A_SECURITY_MANAGER = 24;

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path folder;

    private static PodPlan plan() {
        return Odds.oneCall(stage.plan());
    }

    @Test
    void everythingVerifiedAndNothingSharedUnderAnotherCollectorADebuggerAndARecording() {
        Odds.isGuarded(plan().flags(
                        "-Xverify:all",
                        "-Xshare:off",
                        "-XX:-UseSerialGC",
                        "-XX:+UseZGC",
                        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0",
                        "-Xlog:jfr*=off",
                        "-XX:StartFlightRecording=filename=" + folder.resolve("recording.jfr")));
    }

    @Test
    void onlyInterpretedInAHeapOf32Megabytes() {
        Odds.isGuarded(plan().flags("-Xint", "-Xmx32m"));
    }

    @Test
    void aHeapOf12Megabytes() {
        Odds.isGuarded(plan().flags("-Xmx12m"));
    }

    @Test
    void aSecurityManagerThatOnlyItsFlagRemembers() {
        Odds.isGuarded(plan().flags("-Djava.security.manager=disallow", "-Djava.security.policy=/nonexistent"));
    }

    /** Before Java 24 there may be one: it judges the agent as it judges any jar on the class path. */
    @Test
    void aSecurityManagerThatAllowsEverything() throws IOException {
        assumeThat(JavaHomes.versionOf(JavaHomes.ofPods()))
                .as("the version of Java, where one with a security manager is needed")
                .isLessThan(FIRST_WITHOUT_A_SECURITY_MANAGER);
        Path policy = Files.writeString(folder.resolve("policy"), "grant { permission java.security.AllPermission; };");
        Odds.isGuarded(plan().flags("-Djava.security.manager", "-Djava.security.policy==" + policy));
    }
}
