/**
 * One stream at a time in a chat, on however many JVMs; and a Stop that reaches it wherever it runs.
 *
 * <p>A chat service streams answers from several JVMs behind one load balancer. Two tabs, an impatient user or a
 * retrying proxy start a second answer in a chat whose first is still running, and both are written into the same
 * history; Stop arrives at a JVM that does not run the stream; a JVM that dies must not leave its chats locked.
 * ChatStream takes care of all three, with a lock in Redis that is renewed while the stream runs. The application
 * writes three things:
 *
 * {@snippet lang = java:
 * @ChatStream                                                         // 1. one at a time in a chat
 * public void answer(@ChatId String chatId, Question question, SseEmitter events) { ... }
 *
 * @PostMapping("/chats/{chatId}/stop")
 * void stop(@PathVariable String chatId) {
 *     ChatStreams.abortChat(chatId);                                  // 2. Stop, on whichever JVM it runs
 * }
 *
 * @ExceptionHandler
 * ProblemDetail busy(ChatBusyException e) {                           // 3. what a second call gets
 *     return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "An answer is still being written.");
 * }
 * }
 *
 * <p>The work is done by an agent, {@code -javaagent:chatstream-agent.jar}, which also has all the settings. Without it
 * the annotation means nothing, every call in this package does nothing, cheaply, and the application behaves as if
 * ChatStream were not there; so tests and local runs need neither the agent nor Redis.
 *
 * <h2>In order of need</h2>
 * <ol>
 *   <li>{@link ChatStream} and {@link ChatId} say which methods stream, and into which chat.
 *   <li>{@link ChatStreams} stops streams and tells who holds a chat.
 *   <li>{@link ChatBusyException} (answer 409), {@link ChatLockUnavailableException} (503) and {@link
 *       ChatAbortedException} (somebody pressed Stop: save what there is) are what can come back.
 *   <li>{@link ActiveStream}, from {@link ChatStreams#current()}, is for code inside a stream: has it been stopped,
 *       what is its fence, how does it go on after the method has returned.
 * </ol>
 *
 * <p>Nothing here takes or returns {@code null} where it does not say so; a null argument is a {@link
 * NullPointerException} that names the parameter, with and without the agent. Everything may be called from any
 * thread.
 */
@NullMarked
package dev.chatstream;

import org.jspecify.annotations.NullMarked;
