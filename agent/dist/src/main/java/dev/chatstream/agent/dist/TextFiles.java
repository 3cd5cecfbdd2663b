package dev.chatstream.agent.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files that users name, while the application waits to start. */
final class TextFiles {

    private static final int LARGEST = 1 << 20;

    private TextFiles() {}

    /** Regular files only, and of bounded size: reading a pipe or a device could hold up the application's start. */
    static byte[] read(Path path) throws IOException {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("no regular file");
        }
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(LARGEST + 1);
        }
        if (bytes.length > LARGEST) {
            throw new IOException("larger than 1 MiB");
        }
        return bytes;
    }
}
