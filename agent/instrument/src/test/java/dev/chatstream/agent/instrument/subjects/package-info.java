/** What the tests have woven: classes as applications write them. */
@NullMarked
package dev.chatstream.agent.instrument.subjects;

import org.jspecify.annotations.NullMarked;
