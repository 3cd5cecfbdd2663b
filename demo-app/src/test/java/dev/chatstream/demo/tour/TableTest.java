package dev.chatstream.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chatstream.demo.tour.Scene.AsPromised;
import dev.chatstream.demo.tour.Scene.LeftOut;
import dev.chatstream.demo.tour.Scene.Otherwise;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final AsPromised GOOD = new AsPromised("as it should be");
    private final Table table = new Table(100);

    @Test
    void isAsPromisedWhenEveryRowIs() {
        table.add("one", GOOD, GOOD, "a promise");
        table.add("two", GOOD, new LeftOut("no Redis to kill"), "a promise");
        assertThat(table.allAsPromised()).isTrue();
        assertThat(table.draw("lock-ttl=6s")).contains("| yes ", "| left out |").doesNotContain("NO");
    }

    @Test
    void isNotWhenOneHalfOfOneRowIsNot() {
        table.add("one", GOOD, GOOD, "a promise");
        table.add("two", new Otherwise("not mixed"), GOOD, "a promise");
        assertThat(table.allAsPromised()).isFalse();
        assertThat(table.draw("")).contains("| NO ");
    }

    @Test
    void allLinesAreEquallyLongHoweverLongTheCellsAre() {
        table.add("a".repeat(70), GOOD, new AsPromised("word ".repeat(40).strip()), "");
        assertThat(table.draw("lock-ttl=6s").lines().map(String::length).distinct())
                .hasSize(1)
                .allSatisfy(length -> assertThat(length).isBetween(90, 100));
    }

    @Test
    void staysReadableOnANarrowTerminal() {
        Table narrow = new Table(20);
        narrow.add("one", GOOD, GOOD, "a promise");
        assertThat(narrow.draw("").lines())
                .allSatisfy(line -> assertThat(line.length()).isBetween(60, 72));
    }

    @Test
    void wrapsAtSpacesAndCutsWhatHasNone() {
        assertThat(Table.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(Table.wrap("abcdefghij", 4)).containsExactly("abcd", "efgh", "ij");
        assertThat(Table.wrap("", 4)).containsExactly("");
    }
}
