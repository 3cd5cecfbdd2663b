package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.core.Journal.Level;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The annotation counts for overriding and implementing methods")
class InheritanceTest {

    private static final String S = Application.SUBJECTS + "Services$";

    private final Woven woven = Woven.installed();
    private final Application application = new Application();

    @AfterEach
    void close() {
        woven.close();
    }

    /** The JVM shows the implementation first: no test loads the interface before. */
    @Test
    void ofAnInterfaceThatIsNotLoadedYet() throws Exception {
        assertThat(ask("Plain")).isEqualTo("plain c");
        assertThat(woven.engine.calls()).containsExactly(S + "Plain#ask(String) c");
    }

    @Test
    void ofAnInterfaceThatIsLoadedAlready() throws Exception {
        application.type("Service");
        assertThat(ask("Plain")).isEqualTo("plain c");
        assertThat(woven.engine.calls()).containsExactly(S + "Plain#ask(String) c");
    }

    @Test
    void andNotForOthersOfThatName() throws Exception {
        Object plain = application.create("Services$Plain");
        Application.call(plain, "ask", "c", 1);
        Application.call(plain, "unguarded", "c");
        assertThat(woven.engine.visits).isEmpty();
    }

    @Test
    void whoseDescriptorIsAnother() throws Exception {
        assertThat(generic("Plain")).isEqualTo("7c");
        assertThat(woven.engine.only().call.chatId()).isEqualTo("c");
        assertThat(woven.engine.only().call.requestId()).isEqualTo("generic");
    }

    @Test
    void overSeveralSteps() throws Exception {
        assertThat(ask("Below")).isEqualTo("below plain c");
        assertThat(generic("Below")).isEqualTo("below");
        assertThat(woven.engine.calls())
                .containsExactly(
                        S + "Below#ask(String) c", S + "Plain#ask(String) c", S + "Below#generic(Integer, String) c");
    }

    @Test
    void throughInterfacesAndAbstractClassesWithOtherNames() throws Exception {
        assertThat(ask("Deep")).isEqualTo("deep c");
        assertThat(generic("Deep")).isEqualTo("deep");
        assertThat(woven.engine.calls())
                .containsExactly(S + "Deep#ask(String) c", S + "Deep#generic(Integer, String) c");
    }

    /** Interfaces have no debug table, and this one is not compiled with {@code -parameters}. */
    @Test
    void withTheNamesOfTheOneThatImplements() throws Exception {
        assertThat(Application.call(application.create("Services$Named"), "named", "c"))
                .isEqualTo("named c");
        assertThat(woven.engine.calls()).containsExactly(S + "Named#named(String) c");
        assertThat(Application.call(application.create("Services$Misnamed"), "named", "d"))
                .isEqualTo("misnamed d");
        assertThat(woven.engine.visits).hasSize(1);
        assertThat(woven.said()).singleElement().asString().contains("Services$Misnamed#named(String) is not guarded");
    }

    @Test
    void unlessTheyHaveTheirOwn() throws Exception {
        assertThat(ask("Differently")).isEqualTo("differently");
        assertThat(woven.engine.calls()).containsExactly(S + "Differently#ask(String) other c");
    }

    @Test
    void alsoForAnImplementationThatIsInheritedFromAStranger() throws Exception {
        assertThat(ask("Adopted")).isEqualTo("stranger c");
        assertThat(generic("Adopted")).isEqualTo("stranger");
        assertThat(woven.engine.calls())
                .containsExactly(S + "Stranger#ask(String) c", S + "Stranger#generic(Integer, String) c");
        woven.engine.visits.clear();
        assertThat(ask("Stranger")).isEqualTo("stranger c");
        assertThat(woven.engine.visits).as("calls of others").isEmpty();
        assertThat(woven.said()).isEmpty();
    }

    @Test
    void alsoWhereTheStrangerWasLoadedBefore() throws Exception {
        Object stranger = application.create("Services$Stranger");
        assertThat(Application.call(stranger, "ask", "c")).isEqualTo("stranger c");
        assertThat(ask("Adopted")).isEqualTo("stranger c");
        assertThat(woven.engine.calls()).containsExactly(S + "Stranger#ask(String) c");
        Application.call(stranger, "ask", "d");
        assertThat(woven.engine.visits).hasSize(1);
        assertThat(woven.said()).isEmpty();
    }

    /** The one thread links the class that the other is to weave: the wait for it ends, and it is woven a little later. */
    @Test
    void alsoWhereTheStrangerIsBeingLinkedMeanwhile() throws Exception {
        Object made = application.callStatic("Ruled$Factory", "make");
        Await.until(() -> {
            Application.call(made, "made", "c");
            return !woven.engine.visits.isEmpty();
        });
        assertThat(woven.said())
                .singleElement()
                .asString()
                .contains("Ruled$Factory#made(String)", "could not be woven in time, and will be");
    }

    @Test
    void andAGeneratedSubclassThatOnlyDelegatesIsNotGuardedASecondTime() throws Exception {
        assertThat(ask("Plain$$SpringCGLIB$$0")).isEqualTo("plain c");
        assertThat(woven.engine.calls()).containsExactly(S + "Plain#ask(String) c");
    }

    @Test
    void butAGeneratedImplementationIsGuarded() throws Exception {
        assertThat(ask("Client$ByteBuddy$1")).isEqualTo("generated");
        assertThat(woven.engine.calls()).containsExactly(S + "Client$ByteBuddy$1#ask(String) c");
    }

    @Test
    void butNotForLambdasWhichIsSaidWhereOneCouldImplementIt() throws Exception {
        application.type("Service$Naming");
        assertThat(woven.journal.lines()).anySatisfy(line -> {
            assertThat(line.level()).isEqualTo(Level.INFO);
            assertThat(line.message()).contains("Service$Naming#named(String)").contains("lambdas cannot be");
        });
        int said = woven.journal.lines().size();
        application.type("Service");
        assertThat(woven.journal.lines()).as("it has several methods").hasSize(said);
    }

    @Test
    void andForAJdkProxy() throws Exception {
        Object proxy = proxy(application.type("Service"), "proxied");
        assertThat(application
                        .type("Service")
                        .getMethod("generic", Object.class, String.class)
                        .invoke(proxy, 1, "c"))
                .isEqualTo("proxied");
        assertThat(woven.engine.visits).hasSize(1);
        assertThat(woven.engine.only().call.chatId()).isEqualTo("c");
    }

    @Test
    void andAJdkProxyThrowsWhatTheGuardSays() throws Exception {
        Object proxy = proxy(application.type("Service"), "proxied");
        Object answer =
                application.type("Service").getMethod("ask", String.class).invoke(proxy, "c");
        assertThat(answer).isEqualTo("proxied");
        assertThat(woven.engine.calls()).singleElement().asString().endsWith("#ask(String) c");
    }

    @Test
    void andAMistakeInItIsSaidByTheNameOfTheInterface() throws Exception {
        proxy(application.type("Mistakes$ByName"), "proxied");
        assertThat(woven.said())
                .singleElement()
                .asString()
                .contains("#ask(String) is not guarded as "
                        + Application.SUBJECTS
                        + "Mistakes$ByName#ask(String) says: chatId = \"#chat\", character 1: no parameter is"
                        + " called #chat: the class file does not tell parameter names: write #p0, or compile with -parameters (or"
                        + " -g, but not for an interface).");
    }

    /** In a loader that shows no class files, an interface is known only when it passes itself: after its implementation. */
    @Test
    void alsoWhereNoClassFilesCanBeRead() throws Exception {
        Application silent = new Application(Application.class.getClassLoader(), false);
        Object plain = silent.create("Services$Plain");
        Await.until(() -> {
            Application.call(plain, "ask", "c");
            return !woven.engine.visits.isEmpty();
        });
        Await.until(() -> !woven.said().isEmpty());
        assertThat(woven.said())
                .anySatisfy(line -> assertThat(line)
                        .contains("Services$Plain is guarded only now")
                        .contains("subjects.Service could not be read"));
        Object below = silent.create("Services$Below");
        woven.engine.visits.clear();
        Application.call(below, "ask", "d");
        assertThat(woven.engine.calls()).containsExactly(S + "Below#ask(String) d", S + "Plain#ask(String) d");
    }

    private static Object proxy(Class<?> type, Object answer) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), List.of(type).toArray(Class<?>[]::new), (self, method, arguments) -> answer);
    }

    private Object ask(String service) throws Exception {
        return Application.call(application.create("Services$" + service), "ask", "c");
    }

    private Object generic(String service) throws Exception {
        return Application.call(application.create("Services$" + service), "generic", 7, "c");
    }
}
