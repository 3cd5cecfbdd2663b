package dev.chatstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.it.harness.Compiler;
import dev.chatstream.it.harness.Libraries;
import dev.chatstream.it.harness.Output;
import dev.chatstream.it.harness.PodPlan;
import dev.chatstream.it.harness.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Rules, and Spring's proxies of both kinds in an application that does not have the API: each call is guarded, once. */
class RuledProxiesIT {

    private static final String SOURCE = """
            package com.acme;
            import org.springframework.aop.MethodBeforeAdvice;
            import org.springframework.aop.framework.ProxyFactory;
            public class Chat {
                public interface Talk { String talk(String chat); }
                public static class Base { public String talk(String chat) { return "talked"; } }
                public static class Child extends Base implements Talk {}
                public static class Own implements Talk { public String talk(String chat) { return "own"; } }
                static <T> T proxy(Object target, boolean ofClass) {
                    ProxyFactory factory = new ProxyFactory(target);
                    factory.setProxyTargetClass(ofClass);
                    factory.addAdvice((MethodBeforeAdvice) (method, arguments, of) -> System.out.print("advised "));
                    return (T) factory.getProxy(Chat.class.getClassLoader());
                }
                public static void main(String[] a) {
                    System.out.println(new Base().talk("base"));
                    Talk byInterface = proxy(new Child(), false);
                    System.out.println(byInterface.talk("jdk") + java.lang.reflect.Proxy.isProxyClass(byInterface.getClass()));
                    Child byClass = proxy(new Child(), true);
                    System.out.println(byClass.talk("cglib") + byClass.getClass().getName().contains("$$SpringCGLIB$$"));
                    Talk own = proxy(new Own(), true);
                    System.out.println(own.talk("own"));
                }
            }
            """;

    @RegisterExtension
    static final Stage stage = Stage.plain();

    @TempDir
    Path directory;

    private PodPlan plan = PodPlan.bare();

    @BeforeEach
    void anApplicationOfSprings() {
        List<Path> path =
                new ArrayList<>(Libraries.in(Libraries.classes("webflux").resolveSibling("libraries")));
        path.add(Compiler.compile(
                directory, Map.of("com/acme/Chat.java", SOURCE), "-cp", Libraries.joined(path), "-parameters"));
        plan = stage.plan().alone().classPath(path).mainClass("com.acme.Chat").with("log-level", "debug");
    }

    @Test
    void ofAClassThatInheritsTheMethod() {
        Output output = Output.of(plan.with("methods", "com.acme.Chat.Child#talk(#chat)"));
        assertThat(output.text()).isEqualTo("talked\nadvised talkedtrue\nadvised talkedtrue\nadvised own\n");
        assertThat(entered(output)).containsExactly("jdk", "cglib");
    }

    @Test
    void ofAnInterface() {
        Output output = Output.of(plan.with("methods", "com.acme.Chat$Talk#talk(#chat)"));
        assertThat(entered(output)).containsExactly("jdk", "cglib", "own");
    }

    /** By the lines that tell of each stream. */
    private static List<String> entered(Output output) {
        return output.errors().stream()
                .filter(line -> line.contains(" entered"))
                .map(line -> line.replaceAll(".*chat ([^ ,:;]+).*", "$1"))
                .toList();
    }
}
