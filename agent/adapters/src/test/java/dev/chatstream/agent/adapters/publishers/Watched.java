package dev.chatstream.agent.adapters.publishers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

/** A consumer that notices signals which come beside another one, after the end, or out of order. */
final class Watched extends Heard {

    private final AtomicInteger inside = new AtomicInteger();
    private volatile String wrong = "";
    private volatile int last = -1;

    private void signal(Runnable heard) {
        if (inside.incrementAndGet() != 1) {
            wrong += " two signals at a time;";
        }
        if (hasEnded()) {
            wrong += " a signal after the end;";
        }
        heard.run();
        inside.decrementAndGet();
    }

    @Override
    void next(Object element) {
        signal(() -> {
            if (element instanceof Integer number) {
                if (number != last + 1) {
                    wrong += " " + number + " after " + last + ";";
                }
                last = number;
            }
        });
    }

    /** A kind that hands over its value and its end in one. */
    @Override
    void done() {
        signal(super::done);
    }

    @Override
    void failed(Throwable failure) {
        signal(() -> super.failed(failure));
    }

    void isWell() {
        assertThat(wrong).isEmpty();
        assertThat(ends()).isLessThanOrEqualTo(1);
    }
}
