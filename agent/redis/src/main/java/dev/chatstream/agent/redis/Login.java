package dev.chatstream.agent.redis;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who logs in. Found anew for every connection: the password file may have changed since. */
record Login(Optional<String> username, String password) {

    /** A user that needs no password takes any. */
    private static final String ANY = "nopass";

    /**
     * The file, then the settings, then what the address says; null: nobody.
     *
     * @throws Trouble where the password file cannot be read
     */
    static @Nullable Login now(RedisStore.Settings settings, Seeds seeds) throws Trouble {
        Optional<String> username = settings.username().or(seeds::username);
        Optional<String> password = settings.passwordFile().isPresent()
                ? Optional.of(read(settings.passwordFile().get()))
                : settings.password().or(seeds::password);
        if (username.isEmpty() && password.isEmpty()) {
            return null;
        }
        return new Login(username, password.orElse(ANY));
    }

    private static String read(Path file) throws Trouble {
        try {
            String password = Files.readString(file).replaceFirst("\\R$", "");
            if (password.isEmpty()) {
                throw new Trouble("the password file " + file + " (redis-password-file) is empty");
            }
            return password;
        } catch (NoSuchFileException e) {
            throw new Trouble("the password file " + file + " (redis-password-file) does not exist");
        } catch (AccessDeniedException e) {
            throw new Trouble("the password file " + file + " (redis-password-file) may not be read by this process");
        } catch (MalformedInputException e) {
            throw new Trouble("the password file " + file + " (redis-password-file) is not in UTF-8");
        } catch (IOException e) {
            throw new Trouble("the password file " + file + " (redis-password-file) cannot be read: "
                    + e.getClass().getSimpleName());
        }
    }

    @Override
    public String toString() {
        return "Login of " + username.orElse("default");
    }
}
