package dev.chatstream.it.beside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Stage;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import java.nio.file.Path;
import org.apache.commons.logging.LogFactory;
import org.aspectj.weaver.loadtime.Agent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aop.framework.Advised;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.expression.Expression;

/** Code that Spring, Lombok, Kotlin and Scala made. */
class LanguagesIT {

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    @Test
    void beansBehindProxiesOfSpringsOfBothKindsAreGuardedOnce() {
        Beside beside = Beside.run(
                Beside.application(
                        stage,
                        "ProxiedChats",
                        ApplicationContext.class,
                        Advised.class,
                        BeanFactory.class,
                        Ordered.class,
                        Expression.class,
                        LogFactory.class,
                        KeyValue.class,
                        Observation.class,
                        Agent.class),
                directory);
        beside.areGuarded("jdk-class", "jdk-class-async", "jdk-interface", "jdk-interface-async");
        beside.areGuarded("cglib-class", "cglib-class-async", "cglib-interface", "cglib-interface-async");
        assertThat(beside.said("jdk")).containsExactly("JDK proxies true true");
        assertThat(beside.said("cglib")).containsExactly("JDK proxies false false");
        assertThat(beside.said("advised")).hasSize(2 * 4 * 3).allMatch(line -> line.endsWith(" outside the stream"));
        assertThat(beside.guarded())
                .as("no method of a proxy's")
                .containsExactly(
                        "ProxiedChats$Talking#later(String)",
                        "ProxiedChats$Talking#talk(String)",
                        "ProxiedChats$Telling#tell(String)",
                        "ProxiedChats$Telling#tellLater(String)");
        assertThat(beside.complaints()).isEmpty();
    }

    @Test
    void whatLombokWrites() {
        Beside beside = Beside.run(Beside.application(stage, "lombok", "LombokChats"), directory);

        beside.areGuarded("data", "built", "fluent", "sneaky", "synchronized", "locked");
        beside.areGuarded("delegated", "delegated-interface");
        assertThat(beside.said("thrown")).containsExactly("java.io.IOException: nobody declares it");
        assertThat(beside.guarded())
                .as("of @Delegate only what implements an annotated interface")
                .containsExactly(
                        "LombokChats$Front#talk(String)",
                        "LombokChats$Talking#talk(String)",
                        "Rooms#alone(String)",
                        "Rooms#built(Built)",
                        "Rooms#data(Plain)",
                        "Rooms#fluent(Fluent)",
                        "Rooms#locked(String)",
                        "Rooms#sneaky(String)");
        assertThat(beside.complaints()).singleElement().asString().contains("was called with a blank chat id");
    }

    @Test
    void kotlinIsGuardedAndWhatCannotBeIsSaid() {
        Beside beside = Beside.run(Beside.application(stage, "kotlin", "KotlinChats"), directory);

        beside.areGuarded("data", "nullable", "defaults", "overload", "value", "value-inside");
        beside.areGuarded("internal", "internal-inside", "companion", "static", "top-level", "extension", "object");
        beside.areGuarded("interface", "delegated");
        assertThat(beside.said("inline")).containsExactly("unguarded, whole");
        assertThat(beside.said("suspend"))
                .containsExactly(
                        "locked, busy, aborted STOPPED by dev.chatstream.ChatAbortedException, free, whole, free");
        assertThat(beside.said("coroutine")).containsExactly("cancelled in future");
        assertThat(beside.said("future"))
                .singleElement()
                .asString()
                .matches("dev[.]chatstream[.]ChatBusyException: .*; dev[.]chatstream[.]ChatAbortedException: .*, free");
        assertThat(beside.complaints())
                .satisfiesExactlyInAnyOrder(
                        inlined -> assertThat(inlined)
                                .startsWith("Rooms#inlined(String, Function1): it is an inline function: "),
                        flow -> isNotFollowed(flow, "Rooms#flow(String)", "kotlinx.coroutines.flow.Flow"),
                        deferred -> isNotFollowed(deferred, "Rooms#deferred(String)", "kotlinx.coroutines.Deferred"),
                        sequence -> isNotFollowed(sequence, "Rooms#sequence(String)", "kotlin.sequences.Sequence"));
    }

    @Test
    void scalaIsGuardedAndWhatCannotBeIsSaid() {
        Beside beside = Beside.run(Beside.application(stage, "scala", "ScalaChats"), directory);

        beside.areGuarded("case-class", "open-case-class", "defaults", "curried", "by-name");
        beside.areGuarded("trait", "override", "object", "forwarder", "top-level");
        assertThat(beside.said("stage")).containsExactly("ChatBusyException, ChatAbortedException, free");
        assertThat(beside.guarded())
                .as("no static forwarder")
                .contains("Lobby$#answer(String)", "Rooms$package$#topLevel(String)")
                .doesNotContain("Lobby#answer(String)");
        assertThat(beside.complaints())
                .satisfiesExactly(future -> isNotFollowed(future, "Rooms#future(String)", "scala.concurrent.Future"));
    }

    private static void isNotFollowed(String line, String method, String type) {
        assertThat(line).startsWith(method + ": it returns " + type + ", which is not followed yet: ");
    }
}
