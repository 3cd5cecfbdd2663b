package dev.chatstream.agent.core;

import dev.chatstream.agent.core.LeaseStore.Failure;

/**
 * How a {@link Lane} is.
 *
 * <pre>
 *          link up                     nothing answered for a command timeout
 *   Missing ─────▶ Up ─────────────────────────────────────────────────────────▶ Down
 *     │  ▲          ▲  └── link down ──▶ Missing                                   │
 *     │  └─ link down (only the reason changes)                                    │
 *     │             └───────────────────────────── an answer, or link up ──────────┘
 *     ├── missing for a command timeout ──▶ Down
 *     └── so at the start, but no attempt has failed and no call waits ──▶ Slow ── either of them, or four more ──▶ Down
 * </pre>
 *
 * <p>Slow is no outage: a busy JVM may need longer than a command timeout to load the driver, and nobody misses it yet.
 */
sealed interface Health {

    /** There is a connection. */
    record Up() implements Health {}

    /**
     * There is none, and calls wait for it.
     *
     * @param tried an attempt to connect has failed, or a connection was lost
     */
    record Missing(String why, boolean tried) implements Health {}

    /** There is none yet, and nobody has missed it: the first who does makes it an outage. */
    record Slow(Failure failure) implements Health {}

    /** It cannot be asked, and no call waits. */
    record Down(Failure failure) implements Health {}
}
