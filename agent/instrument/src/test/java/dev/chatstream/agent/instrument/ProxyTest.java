package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chatstream.ChatBusyException;
import dev.chatstream.agent.core.Entry;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;

@DisplayName("A JDK proxy")
class ProxyTest {

    private final Woven woven = Woven.installed();
    private final Application application = new Application();
    private final Class<?> service = application.type("Service");

    @AfterEach
    void close() {
        woven.close();
    }

    @Test
    void thatIsTheImplementationIsGuardedAndCalledByTheNameOfItsInterface() throws Exception {
        Object proxy = proxy((self, method, arguments) -> "answer", service);
        assertThat(ask(proxy)).isEqualTo("answer");
        assertThat(woven.engine.calls()).containsExactly(Application.SUBJECTS + "Service#ask(String) c");
    }

    @Test
    void thatIsGuardedThrowsRefusalsAsTheyAre() {
        Object proxy = proxy((self, method, arguments) -> "answer", service);
        woven.engine.answers(call -> new Entry.Busy("busy", "c", null));
        assertThatThrownBy(() -> ask(proxy)).cause().isExactlyInstanceOf(ChatBusyException.class);
    }

    @Test
    void ofSpringThatDelegatesToAGuardedMethodIsNotGuardedASecondTime() throws Exception {
        Object target = application.create("Services$Plain");
        assertThat(ask(springProxy(target, target.getClass()))).isEqualTo("plain c");
        assertThat(woven.engine.calls()).containsExactly(Application.SUBJECTS + "Services$Plain#ask(String) c");
    }

    @Test
    void ofSpringThatDelegatesThroughAGeneratedSubclassNeither() throws Exception {
        Object target = application.create("Services$Plain$$SpringCGLIB$$0");
        assertThat(ask(springProxy(target, target.getClass()))).isEqualTo("plain c");
        assertThat(woven.engine.calls()).containsExactly(Application.SUBJECTS + "Services$Plain#ask(String) c");
    }

    @Test
    void ofSpringWithoutATargetIsGuarded() throws Exception {
        Object client = proxy(
                (self, method, arguments) -> method.getName().equals("getTargetClass") ? null : "answer",
                service,
                Advised.class);
        assertThat(ask(client)).isEqualTo("answer");
        assertThat(woven.engine.visits).hasSize(1);
    }

    @Test
    void ofSpringWhoseTargetIsNotGuardedIsGuarded() throws Exception {
        Object target = application.create("Services$Stranger");
        assertThat(ask(springProxy(target, target.getClass()))).isEqualTo("stranger c");
        assertThat(woven.engine.visits).hasSize(1);
    }

    /** The class file of a proxy names no parameters, and an interface of this one's does. */
    @Test
    void ofSpringThatCannotBeGuardedIsSpokenOfOnlyWhereItsTargetIsNot() throws Exception {
        Class<?> named = application.type("Services$Speaking");
        Object target = application.create("Services$Spoken");
        assertThat(askNamed(named, target.getClass())).isEqualTo("of the target");
        assertThat(woven.journal.ofKind("not guarded")).isEmpty();
        askNamed(named, null);
        askNamed(named, null);
        assertThat(woven.journal.ofKind("not guarded"))
                .singleElement()
                .asString()
                .contains("#named(String) is not guarded as " + Application.SUBJECTS
                        + "Services$Speaking#named(String) says")
                .contains("no parameter is called #chat");
        assertThat(woven.engine.visits).isEmpty();
    }

    private Object askNamed(Class<?> named, @Nullable Class<?> targetClass) throws Exception {
        Object proxy = proxy(
                (self, method, arguments) -> method.getName().equals("getTargetClass") ? targetClass : "of the target",
                named,
                Advised.class);
        return named.getMethod("named", String.class).invoke(proxy, "c");
    }

    private Object springProxy(Object target, @Nullable Class<?> targetClass) {
        return proxy(
                (self, method, arguments) -> method.getName().equals("getTargetClass")
                        ? targetClass
                        : Application.call(target, method.getName(), arguments),
                service,
                Advised.class);
    }

    private Object proxy(InvocationHandler handler, Class<?>... types) {
        return Proxy.newProxyInstance(application, List.of(types).toArray(Class<?>[]::new), handler);
    }

    private Object ask(Object proxy) throws Exception {
        return service.getMethod("ask", String.class).invoke(proxy, "c");
    }
}
