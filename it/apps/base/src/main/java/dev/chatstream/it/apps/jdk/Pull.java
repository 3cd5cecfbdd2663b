package dev.chatstream.it.apps.jdk;

import dev.chatstream.it.apps.Source;
import dev.chatstream.it.apps.Source.Run;
import dev.chatstream.it.apps.Source.Tap;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** What a reader takes from a source, token by token; it waits for each, until the source is closed. */
final class Pull implements AutoCloseable {

    private sealed interface Item {
        record Token(String text) implements Item {}

        record Failure(Throwable failure) implements Item {}

        record End() implements Item {}
    }

    private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();
    private final Run run;
    private boolean over;

    Pull(Source source) {
        run = source.run();
        run.begin(Tap.of(
                token -> items.add(new Item.Token(token)),
                failure -> items.add(new Item.Failure(failure)),
                () -> items.add(new Item.End())));
    }

    /** The next token; empty at the end. */
    Optional<String> take() {
        if (over) {
            return Optional.empty();
        }
        Item item = taken();
        over = !(item instanceof Item.Token);
        return switch (item) {
            case Item.Token token -> Optional.of(token.text());
            case Item.Failure failed ->
                throw new IllegalStateException(failed.failure().getMessage());
            case Item.End end -> Optional.empty();
        };
    }

    private Item taken() {
        try {
            return items.take();
        } catch (InterruptedException stopped) {
            run.letGo();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    @Override
    public void close() {
        run.letGo();
        items.add(new Item.End());
    }
}
