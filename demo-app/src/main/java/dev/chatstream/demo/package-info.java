/**
 * A small chat service: one message in, one answer streamed out. It works by itself as any such service does; with the ChatStream agent on
 * the JVM a chat has one answer at a time, on whichever pod. All that it knows of ChatStream: {@link dev.chatstream.demo.Answers} is guarded,
 * {@link dev.chatstream.demo.Draft} saves with the fence, {@link dev.chatstream.demo.ChatController} has the Stop and asks who holds a chat,
 * {@link dev.chatstream.demo.Problems} says busy.
 */
@NullMarked
package dev.chatstream.demo;

import org.jspecify.annotations.NullMarked;
