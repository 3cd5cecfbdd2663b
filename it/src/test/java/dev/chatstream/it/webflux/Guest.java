package dev.chatstream.it.webflux;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client that sees the answer as it comes, and can leave in the middle. It has a connection of its own. */
final class Guest implements AutoCloseable {

    /** Not a measure of anything: a test that hangs is to fail by itself. */
    private static final Duration HANG = Duration.ofSeconds(60);

    private final HttpClient client;
    private final HttpClient.Version version;
    private final CompletableFuture<HttpResponse<InputStream>> response;
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();

    private Guest(HttpClient client, HttpClient.Version version, HttpRequest request) {
        this.client = client;
        this.version = version;
        this.response = client.sendAsync(request, BodyHandlers.ofInputStream());
    }

    static Guest of(int port, String path, HttpClient.Version version) {
        HttpClient client = HttpClient.newBuilder().version(version).build();
        URI address = URI.create("http://127.0.0.1:" + port + path);
        return new Guest(
                client,
                version,
                HttpRequest.newBuilder(address).header("Accept", "*/*").build());
    }

    HttpResponse<InputStream> response() {
        try {
            HttpResponse<InputStream> come = response.get(HANG.toSeconds(), TimeUnit.SECONDS);
            if (come.version() != version) {
                throw new AssertionError("asked for " + version + ", got " + come);
            }
            return come;
        } catch (Exception failure) {
            throw new AssertionError("no response", failure);
        }
    }

    /** Reads until this has come. */
    Guest sees(String text) {
        try {
            while (!all().contains(text)) {
                if (!read()) {
                    throw new AssertionError("the response ended before '" + text + "':\n" + all());
                }
            }
            return this;
        } catch (IOException broken) {
            throw new AssertionError("the response broke off before '" + text + "':\n" + all(), broken);
        }
    }

    /** Reads to the end; whether that was a normal one. */
    boolean sawItsEnd() {
        try {
            while (read()) {}
            return true;
        } catch (IOException broken) {
            return false;
        }
    }

    String all() {
        return seen.toString(StandardCharsets.UTF_8);
    }

    private boolean read() throws IOException {
        InputStream in = response().body();
        int one = in.read();
        if (one < 0) {
            return false;
        }
        seen.write(one);
        seen.write(in.readNBytes(in.available()));
        return true;
    }

    /** HTTP/1.1: closes its connection; HTTP/2: resets its stream, on a connection that stays. */
    void leaves() {
        if (!response.isDone()) {
            response.cancel(true);
            return;
        }
        try {
            response().body().close();
        } catch (IOException alreadyBroken) {
            // as wanted
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
