package dev.chatstream.it.beside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.beside.OtherAgents.Order;
import dev.chatstream.it.harness.AgentJar;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.aspectj.weaver.loadtime.Agent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mockito.Mockito;
import org.objenesis.Objenesis;
import org.reactivestreams.Publisher;
import reactor.blockhound.BlockHound;
import reactor.core.publisher.Flux;

/** AspectJ's weaver, Mockito's inline mocks and BlockHound, on either side of our flag. */
class OtherAgentsIT {

    private static final String OUTSIDE = "stub outside a stream";
    private static final String INSIDE = "stub inside a stream";

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Order.class)
    void anAspectRunsAtEachCallOfWhatIsGuarded(Order order) throws IOException {
        Path aspects = directory.resolve("aspects");
        Files.writeString(Files.createDirectories(aspects.resolve("META-INF")).resolve("aop.xml"), """
                <aspectj>
                  <aspects><aspect name="dev.chatstream.it.beside.AspectedChats$Advising"/></aspects>
                  <weaver><include within="dev.chatstream.it.beside..*"/></weaver>
                </aspectj>
                """);
        PodPlan plan = Beside.application(stage, "AspectedChats", List.of(aspects), Agent.class);
        Beside beside = Beside.run(OtherAgents.beside(plan, AgentJar.placeOf(Agent.class), "", order), directory);

        beside.areGuarded("method", "static", "future");
        assertThat(beside.said("advised"))
                .as("not of the calls that were refused")
                .containsExactly(
                        "answer inside the stream",
                        "answer inside the stream",
                        "fixed inside the stream",
                        "fixed inside the stream",
                        "later inside the stream",
                        "later inside the stream");
        assertThat(beside.guarded()).hasSize(3);
        assertThat(beside.complaints()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void spiesAreGuardedAndMocksWhereMockitosFlagStandsFirst(Order order) {
        Beside beside =
                Beside.run(OtherAgents.beside(mocking(), AgentJar.placeOf(Mockito.class), "", order), directory);

        areMocked(beside, order == Order.OURS_FIRST ? OUTSIDE : INSIDE);
    }

    @Test
    void spiesAreGuardedAndMocksAreNotWhereMockitoAttachesItself() {
        areMocked(Beside.run(mocking().flags("-XX:+EnableDynamicAgentLoading"), directory), OUTSIDE);
    }

    private static PodPlan mocking() {
        return Beside.application(
                stage, "MockedChats", Mockito.class, ByteBuddy.class, ByteBuddyAgent.class, Objenesis.class);
    }

    private static void areMocked(Beside beside, String stub) {
        beside.areGuarded("before", "spy", "real", "static", "after", "implementation");
        assertThat(beside.said("mock")).containsExactly(stub);
        assertThat(beside.said("mock of an interface")).containsExactly(OUTSIDE);
        assertThat(beside.said("mock of an abstract class")).containsExactly(stub + ", " + OUTSIDE);
        assertThat(beside.said("constructed")).containsExactly("null of 1");
        assertThat(beside.said("stubbed spy")).containsExactly(stub);
        assertThat(beside.said("mocked static")).containsExactly(stub);
        assertThat(beside.guarded())
                .containsExactly(
                        "MockedChats$Half#answer(String)",
                        "MockedChats$Rooms#answer(String)",
                        "MockedChats$Rooms#fixed(String)",
                        "MockedChats$Talking#talk(String)");
        assertThat(beside.complaints())
                .allMatch(line -> stub.equals(INSIDE) && line.contains("was called with a blank chat id"));
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void nothingOfOursBlocksAndBlockHoundFindsWhatDoes(Order order) {
        isHounded(Beside.run(OtherAgents.beside(hounding(), AgentJar.placeOf(BlockHound.class), "", order), directory));
    }

    @Test
    void nothingOfOursBlocksWhereTheApplicationInstallsBlockHound() {
        isHounded(Beside.run(hounding().flags("-XX:+EnableDynamicAgentLoading").arguments("install"), directory));
    }

    private static PodPlan hounding() {
        return Beside.application(stage, "HoundedChats", BlockHound.class, Flux.class, Publisher.class)
                .flags("-XX:+AllowRedefinitionToAddDeleteMethods");
    }

    private static void isHounded(Beside beside) {
        assertThat(beside.said("own")).as(beside.toString()).containsExactly("BlockingOperationError");
        assertThat(beside.said("flux")).containsExactly("locked");
        assertThat(beside.said("mono")).containsExactly("locked");
        assertThat(beside.said("own in a guarded flux")).containsExactly("BlockingOperationError");
        assertThat(beside.said("plain")).containsExactly("locked, then free");
        assertThat(beside.said("future")).containsExactly("locked, then free");
        assertThat(beside.said("asked without blocking")).containsExactly("asked");
        assertThat(beside.said("own afterwards")).containsExactly("BlockingOperationError");
        assertThat(beside.said("busy flux")).containsExactly("ChatBusyException");
        assertThat(beside.said("busy plain")).containsExactly("ChatBusyException");
        assertThat(beside.said("busy future")).containsExactly("ChatBusyException");
        assertThat(beside.said("stopped")).containsExactly("ChatAbortedException");
        assertThat(beside.said("then")).containsExactly("free");
        assertThat(beside.complaints())
                .hasSize(2)
                .allMatch(line -> line.contains(" is called on an event loop, which must not block: "));
    }
}
