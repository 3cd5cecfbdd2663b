/** Spring MVC: emitters, deferred results, tasks, and entities around any of these. */
@NullMarked
package dev.chatstream.agent.adapters.springmvc;

import org.jspecify.annotations.NullMarked;
