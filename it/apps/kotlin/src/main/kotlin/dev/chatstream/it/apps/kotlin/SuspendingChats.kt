package dev.chatstream.it.apps.kotlin

import dev.chatstream.ChatAbortedException
import dev.chatstream.ChatBusyException
import dev.chatstream.ChatStreams
import dev.chatstream.it.apps.Trial
import java.lang.reflect.Proxy
import java.util.concurrent.CompletableFuture
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import kotlin.coroutines.Continuation
import kotlin.coroutines.EmptyCoroutineContext
import kotlin.coroutines.startCoroutine
import kotlinx.coroutines.CancellationException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.TimeoutCancellationException
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.job
import kotlinx.coroutines.joinAll
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.supervisorScope
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield

/** Tries functions that suspend. Each trial has a chat of its own, which has to be free after it. */
object SuspendingChats {
    private val talks = Talks()

    @JvmStatic
    fun main(arguments: Array<String>) {
        Trial.awaitRedis()
        places()
        values()
        ends()
        busy()
        stopped()
        cancelled()
        trial("crowd") { withContext(Dispatchers.Default) { crowd(it) } }
    }

    private fun trial(name: String, body: suspend CoroutineScope.(String) -> Any?) {
        val outcome = runCatching { runBlocking { body(name) } }.getOrElse { "threw $it" }
        Trial.say(name, "$outcome, ${Trial.freed(name)}, ${here()}")
    }

    private fun places() {
        trial("blocking") { talks.everywhere(it) }
        trial("default") { withContext(Dispatchers.Default) { talks.everywhere(it) } }
        trial("unconfined") { withContext(Dispatchers.Unconfined) { talks.everywhere(it) } }
        trial("flow") { chat -> flow { emit(talks.told(chat) { emit(it) }) }.toList() }
        trial("flow-default") { chat ->
            withContext(Dispatchers.Default) { flow { emit(talks.told(chat) { emit(it) }) }.toList() }
        }
        trial("interface") { Speaking().speak(it) }
        trial("inherited") { talks.speak(it) }
        trial("top-level") { topLevelTalk(it) }
        trial("open") { talks.open(it) }
        trial("super") { Overriding().open(it) }
        trial("proxy") { proxy().speak(it) }
        trial("recursive") { talks.recursive(it, 2) }
        trial("nested") { chat ->
            talks.inside(chat) { talks.inside("other") { withContext(Dispatchers.IO) { talks.atOnce(chat) } } }
        }
        trial("no-dispatcher") { raw(it).join() }
        trial("undispatched") { chat ->
            coroutineScope { async(start = CoroutineStart.UNDISPATCHED) { talks.everywhere(chat) }.await() }
        }
    }

    private fun raw(chat: String): CompletableFuture<String> {
        val answer = CompletableFuture<String>()
        suspend { talks.inside(chat) { "raw" } }
            .startCoroutine(
                Continuation(EmptyCoroutineContext) { result ->
                    result.fold(answer::complete, answer::completeExceptionally)
                },
            )
        return answer
    }

    /** As HTTP clients are made of interfaces. */
    private fun proxy(): Speaks =
        Proxy.newProxyInstance(Speaks::class.java.classLoader, arrayOf(Speaks::class.java)) { _, method, arguments ->
            val unguarded = Talks::class.java.getMethod("unguarded", String::class.java, Continuation::class.java)
            if (method.name == "speak") unguarded.invoke(talks, *arguments) else null
        } as Speaks

    private fun values() {
        trial("at-once") { talks.atOnce(it) }
        trial("tail") { talks.tail(it) { here() } }
        trial("tail-suspended") { chat ->
            withContext(Dispatchers.Default) {
                talks.tail(chat) {
                    delay(1)
                    here()
                }
            }
        }
        trial("null") { talks.nothing(it) }
        trial("unit") { talks.unit(it) }
        trial("value-class") { talks.value(it) }
        trial("result") { talks.result(it) }
        trial("of-room") { talks.ofRoom(RoomId(it), 41L) }
    }

    private fun ends() {
        val failure = IllegalStateException("its own")
        trial("failed") { runCatching { talks.failing(it, failure) }.exceptionOrNull() === failure }
        trial("failed-at-once") { runCatching { talks.failingAtOnce(it, failure) }.exceptionOrNull() === failure }
        trial("future") { chat ->
            val answer = CompletableFuture<String>()
            val got = talks.later(chat, answer)
            val held = ChatStreams.owner(chat).isPresent
            answer.complete("done")
            "$held ${got.join()}"
        }
        trial("child") { chat ->
            val child = CompletableDeferred<String>()
            coroutineScope {
                talks.leaving(chat) {
                    delay(20)
                    child.complete("waited for")
                }
            }
            child.isCompleted
        }
        trial("child-fails") { chat ->
            val job = async(Dispatchers.Default + kotlinx.coroutines.SupervisorJob()) {
                talks.leaving(chat) { throw failure }
                delay(10_000)
            }
            runCatching { job.await() }.exceptionOrNull()?.let { it === failure || it.cause === failure }
        }
    }

    private fun busy() {
        trial("busy") { chat ->
            val end = CompletableDeferred<String>()
            coroutineScope {
                val first = async(start = CoroutineStart.UNDISPATCHED) { talks.waiting(chat) { end.await() } }
                while (ChatStreams.owner(chat).isEmpty) delay(1)
                val second = runCatching { talks.atOnce(chat) }.exceptionOrNull()
                end.complete("whole")
                "${second is ChatBusyException} ${first.await()}"
            }
        }
        trial("again") { chat ->
            withContext(Dispatchers.Default) {
                repeat(300) {
                    talks.tail(chat) {
                        yield()
                        here()
                    }
                }
                "never busy"
            }
        }
        trial("one-thread") { chat ->
            Executors.newSingleThreadExecutor().asCoroutineDispatcher().use { one ->
                withContext(one) {
                    (1..5).map { number ->
                        async {
                            talks.waiting(chat) {
                                delay(5)
                                "$number ${here()}"
                            }
                        }
                    }.awaitAll()
                }
            }
        }
    }

    private fun stopped() {
        trial("stopped") { chat ->
            supervisorScope {
                val said = CopyOnWriteArrayList<String>()
                val call = async(Dispatchers.Default) {
                    val thrown = runCatching { talks.unending(chat, chat) { said += it } }.exceptionOrNull()
                    delay(1)
                    said += "caller goes on"
                    thrown
                }
                while (said.isEmpty()) delay(1)
                ChatStreams.abort(chat)
                val thrown = call.await() as ChatAbortedException
                "${thrown.reason()} ${thrown.streamId()} $said"
            }
        }
        trial("stops-race") { "[${stopsRaceWithEnds()}]" }
        trial("stopped-waiting") { chat ->
            val end = CompletableDeferred<String>()
            coroutineScope {
                val first = async { talks.waiting(chat) { end.await() } }
                while (ChatStreams.owner(chat).isEmpty) delay(1)
                val second = async(Dispatchers.Default, CoroutineStart.UNDISPATCHED) {
                    runCatching { talks.waitingAs(chat, "waits") }
                } // until it suspends, which is in its wait
                ChatStreams.abort("waits")
                val thrown = second.await().exceptionOrNull()
                end.complete("whole")
                "${(thrown as? ChatAbortedException)?.reason()} ${first.await()}"
            }
        }
    }

    private fun stopsRaceWithEnds(): String {
        val ends = (1..100).map { number ->
            val chat = "race$number"
            val end = runBlocking(Dispatchers.Default) {
                launch { ChatStreams.abortChat(chat) }
                runCatching { talks.tail(chat) { "whole".also { yield() } } }
            }
            end.getOrElse { (it as ChatAbortedException).reason().name } + " " + Trial.freed(chat)
        }
        return ends.filterNot { it == "whole free" || it == "STOPPED free" }.joinToString()
    }

    private fun cancelled() {
        trial("cancelled") { chat ->
            val said = CopyOnWriteArrayList<String>()
            val call = launch(Dispatchers.Default) { talks.unending(chat, chat) { said += it } }
            while (said.isEmpty()) delay(1)
            call.cancel()
            call.join()
            said
        }
        trial("timed-out") { chat ->
            val said = CopyOnWriteArrayList<String>()
            val thrown = runCatching { withTimeout(1_000) { talks.unending(chat, chat) { said += it } } }.exceptionOrNull()
            "${thrown is TimeoutCancellationException} $said"
        }
        trial("cancelled-waiting") { chat ->
            val end = CompletableDeferred<String>()
            coroutineScope {
                val first = async { talks.waiting(chat) { end.await() } }
                while (ChatStreams.owner(chat).isEmpty) delay(1)
                val ran = AtomicInteger()
                val thrown = CompletableDeferred<Throwable?>()
                val second = launch(Dispatchers.Default, CoroutineStart.UNDISPATCHED) {
                    thrown.complete(runCatching { talks.waiting(chat) { "${ran.incrementAndGet()}" } }.exceptionOrNull())
                }
                second.cancel(CancellationException("enough"))
                second.join()
                end.complete("whole")
                "${thrown.await()?.message} ${ran.get()} ${first.await()}"
            }
        }
        trial("cancels-itself") { chat ->
            val after = AtomicInteger()
            val call = launch(Dispatchers.Default) {
                runCatching { talks.cancelling(chat) }
                delay(1)
                after.incrementAndGet()
            }
            call.join()
            "${call.isCancelled} ${after.get()}"
        }
    }

    /** Each chat is one caller's at a time. */
    private suspend fun crowd(chat: String): String = coroutineScope {
        val inside = AtomicInteger()
        val most = AtomicInteger()
        val calls = List(60) { number ->
            launch {
                talks.waiting(chat) {
                    most.accumulateAndGet(inside.incrementAndGet(), ::maxOf)
                    if (number % 3 == 0) delay(1)
                    inside.decrementAndGet()
                    here()
                }
            }
        }
        calls.joinAll()
        "${most.get()} at a time, ${coroutineContext.job.isCancelled}"
    }
}
