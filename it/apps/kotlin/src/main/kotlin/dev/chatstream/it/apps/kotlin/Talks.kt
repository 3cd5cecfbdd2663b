package dev.chatstream.it.apps.kotlin

import dev.chatstream.ChatStream
import dev.chatstream.ChatStreams
import dev.chatstream.OnBusy
import java.util.concurrent.CompletableFuture
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancel
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield

/** The chat of the stream that the calling code runs in. */
fun here(): String = ChatStreams.current().map { if (it.holdsLock()) it.chatId() else "no lock" }.orElse("none")

interface Speaks {
    @ChatStream(chatId = "#chat")
    suspend fun speak(chat: String): String {
        delay(1)
        return here()
    }
}

class Speaking : Speaks

@ChatStream(chatId = "#chat")
suspend fun topLevelTalk(chat: String): String {
    delay(1)
    return here()
}

/** Functions that suspend, as services have them. */
open class Talks : Speaks {

    @ChatStream(chatId = "#chat")
    suspend fun everywhere(chat: String): String {
        val places = mutableListOf(here())
        delay(1)
        places += here()
        withContext(Dispatchers.IO) {
            places += here()
            delay(1)
            places += here()
        }
        coroutineScope {
            launch { places += here() }
            delay(1)
            places += here()
        }
        yield()
        return (places + here()).joinToString(" ")
    }

    suspend fun unguarded(chat: String): String {
        delay(1)
        return "$chat in ${here()}"
    }

    @ChatStream(chatId = "#chat")
    suspend fun flow(chat: String): Flow<String> = flowOf(chat)

    @ChatStream(chatId = "#chat")
    suspend fun told(chat: String, tell: suspend (String) -> Unit): String {
        tell("one")
        delay(1)
        coroutineScope { tell("two") }
        tell(here())
        return here()
    }

    @ChatStream(chatId = "#chat")
    suspend fun failing(chat: String, failure: Throwable): String {
        delay(1)
        throw failure
    }

    @ChatStream(chatId = "#chat")
    suspend fun failingAtOnce(chat: String, failure: Throwable): String = throw failure

    @ChatStream(chatId = "#chat")
    suspend fun atOnce(chat: String): String = here()

    @ChatStream(chatId = "#chat")
    suspend fun tail(chat: String, then: suspend () -> String): String = then()

    @ChatStream(chatId = "#chat")
    suspend fun nothing(chat: String): String? {
        delay(1)
        return null
    }

    @ChatStream(chatId = "#chat")
    suspend fun unit(chat: String) {
        delay(1)
    }

    @ChatStream(chatId = "#chat")
    suspend fun value(chat: String): RoomId {
        delay(1)
        return RoomId(here())
    }

    @ChatStream(chatId = "#chat")
    suspend fun result(chat: String): Result<String> {
        delay(1)
        return Result.failure(IllegalStateException("a value"))
    }

    @ChatStream(chatId = "#room")
    suspend fun ofRoom(room: RoomId, primitive: Long, more: Int = 1): String {
        delay(1)
        return "${here()} ${primitive + more}"
    }

    @ChatStream(chatId = "#chat")
    open suspend fun open(chat: String): String {
        delay(1)
        return "open " + here()
    }

    @ChatStream(chatId = "#chat")
    suspend fun recursive(chat: String, depth: Int): String {
        delay(1)
        val below = if (depth == 0) "" else recursive(chat, depth - 1)
        delay(1)
        return "$below ${here()}"
    }

    @ChatStream(chatId = "#chat")
    suspend fun inside(chat: String, then: suspend () -> String): String {
        delay(1)
        return here() + " " + then() + " " + here()
    }

    @ChatStream(chatId = "#chat", onBusy = OnBusy.WAIT, acquireTimeout = "20s")
    suspend fun waiting(chat: String, then: suspend () -> String): String = then()

    @ChatStream(chatId = "#chat", streamId = "#id", onBusy = OnBusy.WAIT, acquireTimeout = "20s")
    suspend fun waitingAs(chat: String, id: String): String = "$id in ${here()}"

    @ChatStream(chatId = "#chat", streamId = "#id")
    suspend fun unending(chat: String, id: String, say: (String) -> Unit): String {
        try {
            coroutineScope {
                launch { awaitCancellation() }
                say("entered ${here()}")
                awaitCancellation()
            }
        } finally {
            say("finally " + ChatStreams.current().flatMap { it.abortReason() }.map { it.name }.orElse("not aborted"))
        }
    }

    @ChatStream(chatId = "#chat")
    suspend fun later(chat: String, answer: CompletableFuture<String>): CompletableFuture<String> {
        delay(1)
        return answer
    }

    @ChatStream(chatId = "#chat")
    suspend fun leaving(chat: String, child: suspend () -> Unit): String {
        CoroutineScope(currentCoroutineContext()).launch { child() }
        delay(1)
        return here()
    }

    @ChatStream(chatId = "#chat")
    suspend fun cancelling(chat: String): String {
        currentCoroutineContext().cancel()
        delay(1)
        return "not cancelled"
    }
}

class Overriding : Talks() {
    override suspend fun open(chat: String): String {
        delay(1)
        return "overridden " + super.open(chat) + " " + here()
    }
}
