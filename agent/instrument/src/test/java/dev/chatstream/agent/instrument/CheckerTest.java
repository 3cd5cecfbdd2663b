package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.agent.instrument.Weaving.Finding;
import dev.chatstream.agent.instrument.Weaving.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A check")
class CheckerTest {

    @TempDir
    Path directory;

    private Packed packed = new Packed(Path.of("."));

    @BeforeEach
    void aPlaceToCompile() {
        packed = new Packed(directory);
    }

    private static Weaving.Checked check(String rules, Path... paths) throws Exception {
        Weaving.Rules read = Weaving.Rules.none();
        assertThat(read.read(rules, "the test")).isEmpty();
        return Weaving.check(List.of(paths), read);
    }

    private static Finding only(Weaving.Checked checked) {
        assertThat(checked.mistakes()).isEmpty();
        assertThat(checked.findings()).hasSize(1);
        return checked.findings().get(0);
    }

    @Test
    void tellsShapeAndNamesOfAMethodAndRunsNothing() throws Exception {
        Path classes = packed.compiled("Chat", """
                public class Chat {
                    static { System.setProperty("checked.was.run", "yes"); }
                    @ChatStream(chatId = "#chat", streamId = "'s-' + #chat", onBusy = OnBusy.REJECT)
                    public java.util.concurrent.CompletableFuture<String> ask(String chat) { return null; }
                }
                """, "-parameters");

        assertThat(only(check("", classes)))
                .isEqualTo(new Finding(
                        Verdict.GUARDED,
                        "p.Chat#ask(String)",
                        "annotation",
                        "java.util.concurrent.CompletableFuture",
                        Map.of("chatId", "#chat", "streamId", "'s-' + #chat", "onBusy", "REJECT"),
                        List.of(),
                        ""));
        assertThat(System.getProperty("checked.was.run")).isNull();
    }

    @Test
    void tellsUntilWhenAChatIsHeldByWhatIsDeclared() throws Exception {
        Path classes = packed.compiled("Chat", """
                public interface Chat {
                    @ChatStream(chatId = "#p0") java.util.Optional<java.io.InputStream> around(String chat);
                    @ChatStream(chatId = "#p0") java.util.List<String> list(String chat);
                    @ChatStream(chatId = "#p0") Object any(String chat);
                    @ChatStream(chatId = "#p0") Iterable<String> each(String chat);
                    @ChatStream(chatId = "#p0") void none(String chat);
                    @ChatStream(chatId = "#p0") java.util.concurrent.locks.Lock lock(String chat);
                }
                """);

        assertThat(check("", classes).findings())
                .extracting(Finding::method, Finding::shape)
                .map(Object::toString)
                .containsExactly(
                        "(\"p.Chat#any(String)\", \"as what is returned\")",
                        "(\"p.Chat#around(String)\", \"java.util.Optional around java.io.InputStream\")",
                        "(\"p.Chat#each(String)\", \"java.lang.Iterable\")",
                        "(\"p.Chat#list(String)\", \"until it returns\")",
                        "(\"p.Chat#lock(String)\", \"until it returns\")",
                        "(\"p.Chat#none(String)\", \"until it returns\")");
    }

    @Test
    void namesEveryMistake() throws Exception {
        Path classes = packed.compiled("Wrong", """
                public abstract class Wrong {
                    public record Ask(String chat) {}
                    @ChatStream(chatId = "#chta") public void misspelt(String chat) {}
                    @ChatStream(chatId = "#p0.room") public void property(Ask ask) {}
                    @ChatStream(chatId = "#p0.") public void syntax(String chat) {}
                    @ChatStream public void nothing(String chat) {}
                    @ChatStream(chatId = "#p0") public native void foreign(String chat);
                    @ChatStream(chatId = "#p0") public abstract void open(String chat);
                }
                """, "-g:none");

        Weaving.Checked checked = check("", classes);

        assertThat(checked.findings()).allMatch(finding -> finding.verdict() == Verdict.NOT_GUARDED);
        assertThat(checked.findings().stream()
                        .map(finding -> finding.method().substring("p.Wrong#".length()) + " " + finding.why()))
                .satisfiesExactly(
                        foreign -> assertThat(foreign).contains("native methods have no body"),
                        misspelt -> assertThat(misspelt).contains("chatId = \"#chta\", character 1:", "#p0"),
                        nothing -> assertThat(nothing).contains("it says no chat id"),
                        open -> assertThat(open).contains("it is abstract, and nothing that was given implements it"),
                        property -> assertThat(property).contains("character 4: p.Wrong$Ask has no .room"),
                        syntax -> assertThat(syntax).contains("chatId = \"#p0.\", character 5"));
    }

    @Test
    void findsWhatImplementsAnInterfaceOfAnotherArchiveAndSaysWhereNothingDoes() throws Exception {
        Path api = packed.compiled(
                "Talk", "public interface Talk { @ChatStream(chatId = \"#p0\") void talk(String chat); }");
        Path classes = packed.compiled(
                "Talker", "public class Talker implements Talk { public void talk(String chat) {} }", api.toString());

        Finding implementation = only(check("", classes, api));
        assertThat(implementation.method()).isEqualTo("p.Talker#talk(String)");
        assertThat(implementation.source()).isEqualTo("annotation of p.Talk#talk(String)");
        Finding open = only(check("", api));
        assertThat(open.verdict()).isEqualTo(Verdict.GUARDED);
        assertThat(open.remarks()).singleElement().asString().contains("nothing that was given implements it");
        assertThat(check("", classes).findings())
                .as("its interface is not there")
                .isEmpty();
    }

    @Test
    void readsAnnotationsWhoseTypesAreNotThereAndMethodsOfMissingTypes() throws Exception {
        Path library = packed.compiled("Library", "public class Library {}");
        Path classes = packed.compiled("Chat", """
                public class Chat extends Library {
                    @ChatStream(chatId = "#p0.id") public Library ask(Library library) { return library; }
                }
                """, library.toString());

        assertThat(only(check("", classes)).names()).containsExactly(Map.entry("chatId", "#p0.id"));
    }

    @Test
    void appliesRulesAndNamesWhatTheyMayHaveMeant() throws Exception {
        Path classes = packed.compiled("Base", """
                public class Base<T> {
                    public void stream(String chat) {}
                    public T take(T chat) { return chat; }
                    static class Child extends Base<String> { @Override public String take(String c) { return c; } }
                }
                """);

        Weaving.Checked checked = check(
                "p.Base$Child#stream(#p0)|p.Base#strem(#p0)|p.Bsae#stream(#p0)|p.Base#stream[int](#p0)"
                        + "|p.Base.Child#take[Object](#p0)|p.Base#take(#p1)",
                classes);

        assertThat(checked.findings().stream().map(finding -> finding.verdict() + " " + finding.method()))
                .contains("GUARDED p.Base#stream(String) for objects of p.Base$Child");
        assertThat(checked.mistakes())
                .satisfiesExactly(
                        method -> assertThat(method)
                                .endsWith("guards nothing: p.Base has no method strem; similar: stream."),
                        type -> assertThat(type).endsWith("no class p.Bsae was given; similar: p.Base."),
                        overload -> assertThat(overload).contains("there are stream[java.lang.String]"),
                        bridge -> assertThat(bridge).contains("is made by the compiler"));
        assertThat(checked.findings())
                .filteredOn(finding -> finding.source().startsWith("rule p.Base#take(#p1) (the test, column "))
                .extracting(Finding::verdict)
                .as("said once, as a method")
                .containsOnly(Verdict.NOT_GUARDED)
                .isNotEmpty();
    }

    @Test
    void saysOfAClassThatCannotBeParsedThatItWouldRunUnguarded() throws Exception {
        Path classes = packed.compiled(
                "Chat", "public class Chat { @ChatStream(chatId = \"#p0\") public void ask(String chat) {} }");
        Path file = classes.resolve("p/Chat.class");
        byte[] bytes = Files.readAllBytes(file);
        bytes[7] = (byte) 255; // a version that is still to come
        byte[] cut = java.util.Arrays.copyOf(bytes, bytes.length - 4);
        Files.write(file, cut);

        assertThat(check("", classes).mistakes())
                .singleElement()
                .asString()
                .startsWith("p.Chat cannot be read, and would run unguarded: ");
    }
}
