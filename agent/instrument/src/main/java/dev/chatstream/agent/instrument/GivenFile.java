package dev.chatstream.agent.instrument;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Inflater;

/** A class file that is to be looked at: in an archive, or by itself. */
sealed interface GivenFile {

    byte[] bytes(Inflater inflater) throws IOException;

    record Packed(ZipDirectory.Entry entry) implements GivenFile {
        @Override
        public byte[] bytes(Inflater inflater) throws IOException {
            return entry.bytes(inflater);
        }
    }

    record Loose(Path path) implements GivenFile {
        @Override
        public byte[] bytes(Inflater inflater) throws IOException {
            return Files.readAllBytes(path);
        }
    }
}
