/**
 * Two pods and a plain client against each other, under random deaths, pauses and lost connections of pods and of Redis; and
 * a checker that reads afterwards what everybody saw and what Redis wrote.
 *
 * <p>{@link dev.chatstream.it.chaos.ChaosApp} and {@link dev.chatstream.it.chaos.PlainClient} are the participants, {@link
 * dev.chatstream.it.chaos.Conductor} plays the faults, {@link dev.chatstream.it.chaos.Ledger} is read from Redis' append-only
 * file, and {@link dev.chatstream.it.chaos.Checker} compares. Times are System.nanoTime, which on Linux all processes of a
 * machine share; each pod is asked for it when it starts.
 */
@NullMarked
package dev.chatstream.it.chaos;

import org.jspecify.annotations.NullMarked;
