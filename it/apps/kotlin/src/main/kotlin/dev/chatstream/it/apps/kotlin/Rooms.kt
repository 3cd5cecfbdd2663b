package dev.chatstream.it.apps.kotlin

import dev.chatstream.ChatId
import dev.chatstream.ChatStream
import dev.chatstream.it.apps.Trial
import java.util.concurrent.CompletableFuture
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.DelicateCoroutinesApi
import kotlinx.coroutines.GlobalScope
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.future.future
import kotlinx.coroutines.runInterruptible

@JvmInline
value class RoomId(val id: String)

data class Request(val chatId: String, val isFast: Boolean = false, val room: RoomId = RoomId(chatId)) {
    internal val inner: String = chatId
}

class Envelope(val request: Request?)

interface Talk {
    @ChatStream
    fun talk(@ChatId chat: String): String = Trial.hold(chat)
}

class Talking : Talk

class Delegating(talk: Talk) : Talk by talk

@ChatStream(chatId = "#chat")
fun topLevel(chat: String): String = Trial.hold(chat)

@ChatStream(chatId = "#chat")
fun String.extended(chat: String): String = Trial.hold(chat)

object Lobby {
    @ChatStream(chatId = "#chat")
    fun answer(chat: String): String = Trial.hold(chat)
}

open class Rooms {

    @ChatStream(chatId = "#request.chatId")
    fun data(request: Request): String = Trial.hold(request.chatId)

    @ChatStream(chatId = "#envelope.request?.chatId")
    fun nullable(envelope: Envelope): String = Trial.hold(envelope.request!!.chatId)

    @ChatStream(chatId = "#chat")
    @JvmOverloads
    fun defaults(chat: String, tone: String = "kind"): String = Trial.hold(chat)

    @ChatStream(chatId = "#room")
    fun value(room: RoomId): String = Trial.hold(room.id)

    @ChatStream(chatId = "#request.room")
    fun valueInside(request: Request): String = Trial.hold(request.chatId)

    @ChatStream(chatId = "#request.inner")
    fun internalInside(request: Request): String = Trial.hold(request.chatId)

    @ChatStream(chatId = "#chat")
    internal fun internally(chat: String): String = Trial.hold(chat)

    @ChatStream(chatId = "#chat")
    fun flow(chat: String): Flow<String> = flowOf(chat)

    @ChatStream(chatId = "#chat")
    fun deferred(chat: String): Deferred<String> = CompletableDeferred(chat)

    @ChatStream(chatId = "#chat")
    fun sequence(chat: String): Sequence<String> = sequenceOf(chat)

    @ChatStream(chatId = "#chat")
    suspend fun suspending(chat: String): String {
        delay(1)
        return runInterruptible { Trial.hold(chat) }
    }

    @ChatStream(chatId = "#chat")
    @OptIn(DelicateCoroutinesApi::class)
    fun future(chat: String): CompletableFuture<String> = GlobalScope.future { unending(chat) }

    private suspend fun unending(chat: String): String {
        try {
            awaitCancellation()
        } finally {
            Trial.say("coroutine", "cancelled in $chat")
        }
    }

    @ChatStream(chatId = "#chat")
    inline fun inlined(chat: String, body: (String) -> String): String = body(chat)

    companion object {
        @JvmStatic
        @ChatStream(chatId = "#chat")
        fun static(chat: String): String = Trial.hold(chat)
    }
}
