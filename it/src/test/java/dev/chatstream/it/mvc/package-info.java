/** A chat service on Spring MVC and Tomcat, and what becomes of its chats. The application and its tests. */
@NullMarked
package dev.chatstream.it.mvc;

import org.jspecify.annotations.NullMarked;
