/** What the tests of all adapters share. */
@NullMarked
package dev.chatstream.agent.adapters;

import org.jspecify.annotations.NullMarked;
