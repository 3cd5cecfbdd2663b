package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.chatstream.agent.instrument.Weaving.WrongRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Rules")
class MethodRulesTest {

    private static final String NO_CHAT = "com.acme.Chat#ask";

    private final MethodRules rules = new MethodRules();

    private MethodRule one(String text) {
        assertThat(rules.read(text, "here")).isEmpty();
        assertThat(rules.all()).hasSize(1);
        return rules.all().get(0);
    }

    @Test
    void ofTheContractAreRead() {
        String text = "com.acme.Chat#stream(#p0)|com.acme.Other#ask[java.lang.String,int]"
                + "(#request.chatId,streamId=#p1,onBusy=REJECT)";
        assertThat(rules.read(text, "agent argument")).isEmpty();
        assertThat(rules.all())
                .extracting(MethodRule::readable)
                .containsExactly(
                        "com.acme.Chat#stream(#p0) (agent argument, column 1)",
                        "com.acme.Other#ask[java.lang.String,int](#request.chatId,streamId=#p1,onBusy=REJECT)"
                                + " (agent argument, column 27)");
        Elements elements = rules.all().get(1).elements();
        assertThat(elements.chatId()).isEqualTo("#request.chatId");
        assertThat(elements.streamId()).isEqualTo("#p1");
        assertThat(elements.onBusy()).isEqualTo("REJECT");
        assertThat(elements.onLost()).isEqualTo("DEFAULT");
        assertThat(elements.isInterruptible()).isTrue();
    }

    @Test
    void sayAllThatTheAnnotationDoes() {
        Elements elements = one("a.B#c(chatId=#p0,streamId=#p1,requestId=#p2.id,onBusy=supersede,acquireTimeout=200ms,"
                        + "onLost=Continue,onStop=COMPLETE,interruptible=false)")
                .elements();
        assertThat(elements.chatId()).isEqualTo("#p0");
        assertThat(elements.streamId()).isEqualTo("#p1");
        assertThat(elements.requestId()).isEqualTo("#p2.id");
        assertThat(elements.onBusy()).isEqualTo("SUPERSEDE");
        assertThat(elements.acquireTimeout()).isEqualTo("200ms");
        assertThat(elements.onLost()).isEqualTo("CONTINUE");
        assertThat(elements.onStop()).isEqualTo("COMPLETE");
        assertThat(elements.isInterruptible()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                NO_CHAT,
                NO_CHAT + "()",
                NO_CHAT + "( )",
                " " + NO_CHAT + " ",
                NO_CHAT + "[]",
                "|" + NO_CHAT + "|"
            })
    void withoutArgumentsLeaveTheChatIdToItsParameter(String text) {
        assertThat(one(text).elements().chatId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a|b' + #p0",
                "'a,b)c' + #p0",
                "'it''s (' + #p0 + ')'",
                "#p0['x|y']?.['),']?.z",
                "'|com.acme.Other#ask(#p0)' + #p0"
            })
    void mayHoldAnythingInQuotes(String expression) {
        assertThat(one("a.B#c(" + expression + ",requestId=" + expression + ")").elements())
                .returns(expression, Elements::chatId)
                .returns(expression, Elements::requestId);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "Chat ! Chat",
                "com.acme.Chat ! com/acme/Chat com$acme$Chat com/acme$Chat",
                "com.acme.Outer.Inner ! com/acme/Outer$Inner com/acme/Outer/Inner com/acme$Outer$Inner com$acme$Outer$Inner",
                "a.Outer.Mid.In ! a/Outer$Mid$In a/Outer/Mid/In a/Outer/Mid$In a$Outer$Mid$In",
                "com.acme.Outer$Inner ! com/acme/Outer$Inner com/acme$Outer$Inner com$acme$Outer$Inner"
            })
    void findNestedClassesByEitherSpelling(String type, String names) {
        assertThat(one(type + "#ask").internalNames())
                .startsWith(names.split(" ")[0])
                .containsExactlyInAnyOrder(names.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "[] ! ()V",
                "[java.lang.String] ! (Ljava/lang/String;)V",
                "[String] ! (Ljava/lang/String;)V",
                "[ lang.String , int ] ! (Ljava/lang/String;I)V",
                "[int[],String...] ! ([I[Ljava/lang/String;)V",
                "[long [ ] [ ]] ! ([[J)V",
                "[com.acme.Outer.Inner] ! (Lcom/acme/Outer$Inner;)V",
                "[Outer$Inner] ! (Lcom/acme/Outer$Inner;)V",
                "[Inner] ! (Lcom/acme/Outer$Inner;)V",
            })
    void pickAnOverloadByItsErasedTypes(String types, String descriptor) {
        MethodRule rule = one("a.B#c" + types);
        assertThat(rule.names(method("c", descriptor))).isTrue();
        assertThat(rule.names(method("d", descriptor))).isFalse();
        assertThat(rule.names(method("c", "(Lcom/acme/MyString;)V"))).isFalse();
        assertThat(rule.names(method("c", "(Ljava/lang/String;I[I)V"))).isFalse();
    }

    private static MethodFile method(String name, String descriptor) {
        return new MethodFile("a/B", 0, name, descriptor, null, null, null, List.of(), null, false);
    }

    @Test
    void ofAFileStandOnLines() {
        String text = "# chats\r\n\r\n  com.acme.Chat#stream(#p0)\r\n\t# more\rcom.acme.A#b(#p0)|com.acme.C#d\n"
                + "com.acme.E#f(#p0\ncom.acme.Chat#stream(#p1)\nx.Y#z";
        assertThat(rules.readLines(text, "/etc/chat.rules"))
                .extracting(WrongRule::place, WrongRule::what)
                .containsExactly(
                        tuple("/etc/chat.rules:5:18", "a line holds one rule"),
                        tuple("/etc/chat.rules:6:17", ") is missing behind the arguments"),
                        tuple(
                                "/etc/chat.rules:7:1",
                                "it names the same as the rule at /etc/chat.rules:3:3, which counts"));
        assertThat(rules.all())
                .extracting(MethodRule::readable)
                .containsExactly("com.acme.Chat#stream(#p0) (/etc/chat.rules:3:3)", "x.Y#z (/etc/chat.rules:8:1)");
    }

    /** What is written at random and read again is the same, and one letter too few, too many or other breaks nothing. */
    @Test
    void madeAtRandomAreReadAsTheyWereWritten() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            List<RandomRule> written = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                written.add(RandomRule.of(random, i));
            }
            String text =
                    String.join("|", written.stream().map(RandomRule::text).toList());
            MethodRules read = new MethodRules();
            assertThat(read.read(text, "seed " + seed)).as(text).isEmpty();
            assertThat(read.all()).as(text).hasSameSizeAs(written);
            for (int i = 0; i < written.size(); i++) {
                written.get(i).isReadAs(read.all().get(i));
            }
            new MethodRules().read(damaged(text, random), "seed " + seed);
            new MethodRules().readLines(damaged(text, random), "seed " + seed);
        }
    }

    private static String damaged(String text, Random random) {
        int at = random.nextInt(text.length());
        String anything = String.valueOf("|#()[]',=.$ '\uFEFF<*x\n".charAt(random.nextInt(18)));
        return text.substring(0, at)
                + (random.nextBoolean() ? anything : "")
                + text.substring(Math.min(text.length(), at + random.nextInt(2)));
    }
}
