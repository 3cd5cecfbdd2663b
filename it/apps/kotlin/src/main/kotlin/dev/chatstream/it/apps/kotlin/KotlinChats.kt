package dev.chatstream.it.apps.kotlin

import dev.chatstream.ChatStreams
import dev.chatstream.it.apps.Trial
import kotlinx.coroutines.runBlocking

/** Tries each function once. */
object KotlinChats {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val rooms = Rooms()
        Trial.of("data") { rooms.data(Request(it)) }
        Trial.of("nullable") { rooms.nullable(Envelope(Request(it))) }
        Trial.of("defaults") { rooms.defaults(it) }
        Trial.of("value") { rooms.value(RoomId(it)) }
        Trial.of("value-inside") { rooms.valueInside(Request(it)) }
        Trial.of("internal-inside") { rooms.internalInside(Request(it)) }
        Trial.of("internal") { rooms.internally(it) }
        Trial.of("companion") { Rooms.static(it) }
        Trial.of("static") { Rooms::class.java.getMethod("static", String::class.java).invoke(null, it) }
        Trial.of("overload") { Rooms::class.java.getMethod("defaults", String::class.java).invoke(rooms, it) }
        Trial.of("top-level") { topLevel(it) }
        Trial.of("extension") { "receiver".extended(it) }
        Trial.of("object") { Lobby.answer(it) }
        Trial.of("interface") { Talking().talk(it) }
        Trial.of("delegated") { Delegating(Talking()).talk(it) }
        Trial.of("inline") { rooms.inlined(it) { chat -> Trial.hold(chat) } }
        Trial.of("suspend") { runBlocking { rooms.suspending(it) } }
        stopACoroutine(rooms)
    }

    private fun stopACoroutine(rooms: Rooms) {
        val answer = rooms.future("future")
        val second = runCatching { rooms.future("future") }.exceptionOrNull()
        ChatStreams.abortChat("future")
        val first = runCatching { answer.join() }.exceptionOrNull()?.cause
        Trial.say("future", "$second; $first, ${Trial.freed("future")}")
    }
}
