package dev.chatstream.demo.tour;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void findsTextsAndNumbersWhereverTheyStand() {
        String json = "{\"a\":{\"text\":\"one\"},\"b\":[{\"text\" : \"say \\\"two\\\"\"}],\"words\":12}";
        assertThat(Json.values(json, "text")).containsExactly("one", "say \\\"two\\\"");
        assertThat(Json.value(json, "words")).isEqualTo("12");
    }

    @Test
    void whatIsNullOrNotThereIsEmpty() {
        assertThat(Json.value("{\"heldBy\":null}", "heldBy")).isEmpty();
        assertThat(Json.value("{}", "heldBy")).isEmpty();
    }
}
