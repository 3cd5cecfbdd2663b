package dev.chatstream.it.apps.kotlin

import dev.chatstream.ChatAbortedException
import dev.chatstream.it.apps.Trial
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

/** Holds these chats in functions that suspend, until somebody ends them. */
object SuspendingPod {
    @JvmStatic
    fun main(chats: Array<String>) {
        Trial.awaitRedis()
        val talks = Talks()
        runBlocking {
            for (chat in chats) {
                launch(Dispatchers.Default) {
                    val thrown = runCatching { talks.unending(chat, chat) { Trial.say(chat, it) } }.exceptionOrNull()
                    Trial.say(chat, "threw ${(thrown as? ChatAbortedException)?.reason() ?: thrown}")
                }
            }
        }
    }
}
