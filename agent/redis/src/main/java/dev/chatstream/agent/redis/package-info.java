/** Core's store over Lettuce: the only place that knows keys and scripts. */
@NullMarked
package dev.chatstream.agent.redis;

import org.jspecify.annotations.NullMarked;
