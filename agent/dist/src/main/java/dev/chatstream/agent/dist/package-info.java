/** premain, settings and composition: the one place that puts the parts together. */
@NullMarked
package dev.chatstream.agent.dist;

import org.jspecify.annotations.NullMarked;
