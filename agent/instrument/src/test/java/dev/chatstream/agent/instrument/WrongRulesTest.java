package dev.chatstream.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.chatstream.agent.instrument.Weaving.WrongRule;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Rules")
class WrongRulesTest {

    private final MethodRules rules = new MethodRules();

    private WrongRule wrong(String text) {
        List<WrongRule> wrong = rules.read(text, "here");
        assertThat(wrong).as(text).hasSize(1);
        return wrong.get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#ask ! 1 ! '#' stands where the name of a class may",
                "com.acme.*#ask ! 10 ! a name is missing after the dot",
                "*#ask ! 1 ! there are no wildcards: name the class, or an interface that all of them implement",
                "com..Chat#ask ! 5 ! a name is missing after the dot",
                "java.util.List#add ! 1 ! classes of the JDK cannot be guarded; name the method that calls it",
                "com.acme.Chat ! 14 ! # and the name of a method are missing behind the class; write it as com.acme.Chat#stream(#p0)",
                "com.acme.Chat.ask(#p0) ! 18 ! between class and method stands a #: com.acme.Chat#ask",
                "com.acme.Chat::ask ! 14 ! between class and method stands a #",
                "com/acme/Chat#ask ! 4 ! the parts of a name stand apart by dots",
                "a.B# ! 5 ! the name of a method is missing behind a.B#; write it as com.acme.Chat#stream(#p0)",
                "a.B#<init>(#p0) ! 5 ! constructors cannot be guarded; name the method that streams",
                "a.B#* ! 5 ! there are no wildcards: name each method",
                "a.B#c[String ! 13 ! ] is missing behind the types of the parameters, as in [java.lang.String,int]",
                "a.B#c[String,](#p0) ! 14 ! ']' stands where the type of a parameter, as in [java.lang.String,int], may",
                "a.B#c[List<String>] ! 11 ! types stand here without their own: List (a type variable is its bound, mostly java.lang.Object)",
                "a.B#c[int[] ! 12 ! ] is missing behind the types of the parameters, as in [java.lang.String,int]",
                "a.B#c[int[ ! 11 ! ] is missing: an array is int[]",
                "a.B#c(#p0 ! 10 ! ) is missing behind the arguments",
                "a.B#c(#p0) x ! 12 ! 'x' stands where the rule should end",
                "a.B#c x ! 7 ! 'x' stands where [types], (arguments) or the end may",
                "a.B#c(,streamId=#p0) ! 7 ! an argument is missing",
                "a.B#c(#p0,) ! 11 ! an argument is missing",
                "a.B#c(#p0,#p1) ! 11 ! only the first argument, the chat id, stands without a name; write element=value with chatId, streamId, requestId, onBusy, acquireTimeout, onLost, onStop and interruptible",
                "a.B#c(chat) ! 7 ! \"chat\" is neither an expression, such as #chat or 'chat', nor element=value",
                "a.B#c(#p0,id=#p1) ! 11 ! \"id\" is no element; there are chatId, streamId, requestId, onBusy, acquireTimeout, onLost, onStop and interruptible",
                "a.B#c(#p0,chatId=#p1) ! 11 ! chatId is said twice",
                "a.B#c(#p0,streamId=#p1,streamId=#p1) ! 24 ! streamId is said twice",
                "a.B#c(#p0,streamId=) ! 20 ! streamId has no value",
                "a.B#c(#p0,onBusy=QUEUE) ! 18 ! onBusy is one of DEFAULT, WAIT, REJECT, SUPERSEDE",
                "a.B#c(#p0,onLost=x) ! 18 ! onLost is one of DEFAULT, ABORT, CONTINUE",
                "a.B#c(#p0,onStop=x) ! 18 ! onStop is one of DEFAULT, ERROR, COMPLETE",
                "a.B#c(#p0,acquireTimeout=5) ! 26 ! acquireTimeout is a number with ms, s, m or h, or ISO as PT5S, from 0 to 10 minutes",
                "a.B#c(#p0,interruptible=no) ! 25 ! interruptible is true or false",
                "a.B#c(\"#p0\") ! 7 ! double quotes are not needed here, and texts stand in single ones",
                "a.B#c(#p0.) ! 11 ! chatId: the name of a property is missing",
                "a.B#c(#p0.getId()) ! 16 ! chatId: methods cannot be called; name the property instead: .id",
                "a.B#c('room + #p0) ! 7 ! chatId: the quote that begins here does not end",
                "a.B#c(#p0,requestId=#p1 #p2) ! 25 ! requestId: '#' is not known here: what may follow is .property, ?.property, ['key'] or +",
            })
    void thatAreWrongAreToldWithTheirColumnAndWhatIsAllowed(String row) {
        String[] cells = row.split(" ! ");
        assertThat(wrong(cells[0])).isEqualTo(new WrongRule(cells[0], "here, column " + cells[1], cells[2]));
        assertThat(rules.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.B#c('x + #p0)",
                "a.B#c('x + #p0) ",
                "a.B#c(#p0",
                "a.B#c[",
                "a.B",
                "a.B#c(#p0))",
                "a.B#c((#p0)",
                "a.B#c(#p0,'|' + 'x)"
            })
    void thatAreWrongHideNoOther(String text) {
        assertThat(rules.read("x.Y#first|" + text + "|x.Y#second('s' + #p0)| x.Y#third", "here"))
                .singleElement()
                .returns(text.strip(), WrongRule::rule);
        assertThat(rules.all()).extracting(MethodRule::method).containsExactly("first", "second", "third");
    }

    @Test
    void thatNameTheSameAreTold() {
        assertThat(rules.read("a.B$C#d(#p0)|a.B.C#d(#p1)|a.B.C#d[int]|a.B.C#d[int](#p0)", "here"))
                .extracting(WrongRule::place, WrongRule::what)
                .containsExactly(
                        tuple("here, column 14", "it names the same as the rule at here, column 1, which counts"),
                        tuple("here, column 40", "it names the same as the rule at here, column 27, which counts"));
        assertThat(rules.all()).hasSize(2);
    }
}
