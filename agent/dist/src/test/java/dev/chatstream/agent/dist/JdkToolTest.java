package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A command of the launcher")
class JdkToolTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdk.compiler/com.sun.tools.javac.Main -version",
                "java.base/sun.security.tools.keytool.Main",
                "jdk.jshell.execution.RemoteExecutionControl 12345"
            })
    void isOneOfTheJdksTools(String command) {
        assertThat(JdkTool.isNamedBy(command)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.acme.Main x",
                "my.module/com.acme.Main",
                "java.base/app.jar",
                "jdk.of.mine/com.acme.Main",
                "jdk.compiler/com.sun.tools.javac.launcher.SourceLauncher Typed.java",
                "",
                "app.jar"
            })
    void isAnApplication(String command) {
        assertThat(JdkTool.isNamedBy(command)).isFalse();
    }
}
