package dev.chatstream.it.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process that was run to its end: its exit code and, to the byte, what it printed. */
public record Output(int code, List<Byte> stdout, String stderr) {

    public static Output of(PodPlan plan) {
        try {
            ProcessBuilder builder = new ProcessBuilder(plan.command());
            builder.environment().keySet().removeIf(name -> name.startsWith("CHATSTREAM"));
            builder.environment().putAll(plan.environment());
            Process process = builder.start();
            process.getOutputStream().close();
            ByteArrayOutputStream errors = new ByteArrayOutputStream();
            Thread reader = Thread.ofPlatform().daemon().start(() -> copy(process.getErrorStream(), errors));
            byte[] out = process.getInputStream().readAllBytes();
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("it does not end: " + new String(out, StandardCharsets.UTF_8));
            }
            reader.join();
            return new Output(process.exitValue(), bytes(out), errors.toString(StandardCharsets.UTF_8));
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    public String text() {
        byte[] bytes = new byte[stdout.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = stdout.get(i);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public List<String> errors() {
        return stderr.lines().toList();
    }

    private static void copy(InputStream from, ByteArrayOutputStream to) {
        try (from) {
            from.transferTo(to);
        } catch (IOException gone) {
            // what was read so far is there
        }
    }

    private static List<Byte> bytes(byte[] array) {
        Byte[] boxed = new Byte[array.length];
        for (int i = 0; i < array.length; i++) {
            boxed[i] = array[i];
        }
        return List.of(boxed);
    }
}
