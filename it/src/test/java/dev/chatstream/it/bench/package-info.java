/** What it costs; see {@code agent/docs/benchmarks.md} for how to run it and what was measured. */
@NullMarked
package dev.chatstream.it.bench;

import org.jspecify.annotations.NullMarked;
