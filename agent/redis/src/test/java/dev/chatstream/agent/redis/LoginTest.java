package dev.chatstream.agent.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who logs in: the password file, then the settings, stand before what the address says. */
class LoginTest {

    private static final String URI = "redis://of-the-uri:of-the-uri@host";

    @TempDir
    Path directory;

    private static Login login(String uri, Stores.Builder settings) throws Trouble {
        return Login.now(settings.build(), Seeds.of(List.of(uri)));
    }

    private static Stores.Builder settings(String uri) {
        return new Stores.Builder(Stores.settings(uri));
    }

    @Test
    void nobodyWhereNobodyIsNamed() throws Trouble {
        assertThat(login("redis://host", settings("redis://host"))).isNull();
    }

    @Test
    void whoeverTheAddressNames() throws Trouble {
        assertThat(login(URI, settings(URI))).isEqualTo(new Login(Optional.of("of-the-uri"), "of-the-uri"));
    }

    @Test
    void theSettingsStandBeforeTheAddress() throws Trouble {
        assertThat(login(URI, settings(URI).login("bob", "pw"))).isEqualTo(new Login(Optional.of("bob"), "pw"));
        assertThat(login(URI, settings(URI).login("bob", null))).isEqualTo(new Login(Optional.of("bob"), "of-the-uri"));
        assertThat(login(URI, settings(URI).login(null, "pw"))).isEqualTo(new Login(Optional.of("of-the-uri"), "pw"));
    }

    @Test
    void theFileStandsBeforeBoth() throws Trouble, IOException {
        Path file = Files.writeString(directory.resolve("password"), " of the file \n");
        assertThat(login(URI, settings(URI).login("bob", "pw").passwordFile(file)))
                .as("but for the end of its line")
                .isEqualTo(new Login(Optional.of("bob"), " of the file "));
    }
}
