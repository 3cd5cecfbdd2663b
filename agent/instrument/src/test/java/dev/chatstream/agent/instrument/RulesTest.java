package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A rule guards")
class RulesTest {

    private static final String R = Application.SUBJECTS + "Ruled$";

    private final Application application = new Application();
    private @Nullable Woven woven;

    @AfterEach
    void close() {
        if (woven != null) {
            woven.close();
        }
    }

    private Woven ruled(String... rules) {
        woven = Woven.ruled(R + String.join("|" + R, rules), false, application.number);
        return woven;
    }

    private @Nullable Object call(String type, String method, Object... arguments) throws Exception {
        return Application.call(application.create("Ruled$" + type), method, arguments);
    }

    @Test
    void theMethodsThatItsClassDeclares() throws Exception {
        Woven ruled = ruled("Overloads#ask[String](#chat)", "Overloads#ask[java.lang.String,int](#p0 + #p1)");
        assertThat(call("Overloads", "other", "c")).isEqualTo("other");
        assertThat(ruled.engine.visits).isEmpty();
        assertThat(call("Overloads", "ask", "c")).isEqualTo("one");
        assertThat(call("Overloads", "ask", "c", 7)).isEqualTo("two");
        assertThat(ruled.engine.calls())
                .containsExactly(R + "Overloads#ask(String) c", R + "Overloads#ask(String, int) c7");
        assertThat(ruled.said()).isEmpty();
        assertThat(ruled.idle()).isEmpty();
    }

    @Test
    void allOverloadsWhereItPicksNoneAndOneThatPicksCountsBefore() throws Exception {
        Woven ruled = ruled("Overloads#ask(#p0)", "Overloads#ask[String...]('many')");
        call("Overloads", "ask", "c");
        call("Overloads", "ask", "c", 7);
        Object overloads = application.create("Ruled$Overloads");
        overloads.getClass().getMethod("ask", String[].class).invoke(overloads, (Object) new String[] {"d"});
        assertThat(ruled.engine.visits).extracting(visit -> visit.call.chatId()).containsExactly("c", "c", "many");
    }

    @Test
    void byEitherSpellingOfANestedClass() throws Exception {
        woven = Woven.ruled(R.replace('$', '.') + "Base#stream[String](#p0)", false, application.number);
        call("Base", "stream", "c");
        assertThat(woven.engine.calls()).containsExactly(R + "Base#stream(String) c");
    }

    @Test
    void staticAndPrivateOnes() throws Exception {
        Woven ruled = ruled("Base#stat(#p0)", "Base#hidden(#p0)");
        assertThat(application.callStatic("Ruled$Base", "stat", "c")).isEqualTo("static c");
        assertThat(call("Base", "callHidden", "d")).isEqualTo("hidden d");
        assertThat(ruled.engine.calls()).containsExactly(R + "Base#stat(String) c", R + "Base#hidden(String) d");
    }

    @Test
    void asAnnotationsDoWithPoliciesAndFurtherIds() throws Exception {
        Woven ruled = ruled("Base#stream[String,int](#chat,streamId='s' + #number,onBusy=REJECT,acquireTimeout=3s,"
                + "onLost=CONTINUE,interruptible=false)");
        call("Base", "stream", "c", 7);
        assertThat(ruled.engine.only().call.streamId()).isEqualTo("s7");
        assertThat(ruled.engine.only().call.rule())
                .hasToString("Rule[method=" + R
                        + "Base#stream(String, int), onBusy=REJECT, acquireTimeout=PT3S, onLost=CONTINUE,"
                        + " interruptible=false, subscribed=false]");
    }

    @Test
    void beforeTheAnnotationOfTheSameMethod() throws Exception {
        Woven ruled = ruled("Base#annotated('ruled ' + #p0)");
        call("Base", "annotated", "c");
        assertThat(ruled.engine.only().call.chatId()).isEqualTo("ruled c");
    }

    @Test
    void whatImplementsItsInterface() throws Exception {
        Woven ruled = ruled("Talk#talk(#p0)");
        assertThat(call("Chatterbox", "talk", "c")).isEqualTo("chatterbox c");
        assertThat(call("Talker", "talk", "d")).isEqualTo("talker d");
        Class<?> talk = application.type("Ruled$Talk");
        Object proxy = Proxy.newProxyInstance(
                application, new Class<?>[] {talk}, (self, method, arguments) -> "proxy " + arguments[0]);
        assertThat(talk.getMethod("talk", String.class).invoke(proxy, "e")).isEqualTo("proxy e");
        assertThat(ruled.engine.visits).extracting(visit -> visit.call.chatId()).containsExactly("c", "d", "e");
        assertThat(ruled.idle()).isEmpty();
    }

    @Test
    void genericMethodsByTheirErasure() throws Exception {
        Woven ruled = ruled("Generic#take[Object](#p0)", "Strings#pass(#p0)");
        assertThat(call("Strings", "take", "c")).isEqualTo("taken c");
        assertThat(call("Strings", "pass", "c")).isEqualTo("passed c");
        assertThat(ruled.engine.calls()).containsExactly(R + "Strings#take(String) c", R + "Generic#pass(Object) c");
    }
}
