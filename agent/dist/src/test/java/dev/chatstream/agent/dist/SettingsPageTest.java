package dev.chatstream.agent.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {

    @Test
    void thePageOfSettingsHoldsTheTableOfTheCode() throws IOException {
        Path page = Path.of("../docs/settings.md");

        assertThat(Files.readString(page))
                .as("where this fails, put the table below into %s", page)
                .contains(SettingsText.markdown());
    }

    @Test
    void everyDefaultIsAllowed() {
        SettingsTable.ALL.stream()
                .filter(setting -> setting.standard().isPresent())
                .forEach(setting -> assertThat(setting.standardValue()).isNotNull());
    }

    @Test
    void noKeyIsTakenTwice() {
        assertThat(SettingsTable.ALL.stream().map(Setting::key)).doesNotHaveDuplicates();
    }
}
