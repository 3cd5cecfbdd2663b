package dev.chatstream.it.apps.scala

import dev.chatstream.ChatStreams
import dev.chatstream.it.apps.Trial
import java.util.concurrent.TimeUnit
import scala.util.Try

/** Tries each method once. */
object ScalaChats:
  def main(arguments: Array[String]): Unit =
    val rooms = Rooms()
    given String = "kind"
    Trial.of("case-class", chat => rooms.caseClass(Request(chat)))
    Trial.of("open-case-class", chat => rooms.openCaseClass(Opened(chat)))
    Trial.of("defaults", chat => rooms.defaults(chat))
    Trial.of("curried", chat => rooms.curried(chat))
    Trial.of("by-name", chat => rooms.byName(chat, "text"))
    Trial.of("trait", chat => Talking().talk(chat))
    Trial.of("override", chat => Overriding().talk(chat))
    Trial.of("object", chat => Lobby.answer(chat))
    Trial.of("forwarder", chat => Class.forName("dev.chatstream.it.apps.scala.Lobby").getMethod("answer", classOf[String]).invoke(null, chat))
    Trial.of("top-level", chat => topLevel(chat))
    stopAFuture(rooms)

  private def stopAFuture(rooms: Rooms): Unit =
    val answer = rooms.stage("stage").toCompletableFuture
    val second = Try(rooms.stage("stage")).failed.map(_.getClass.getSimpleName)
    ChatStreams.abortChat("stage")
    val first = Try(answer.get(60, TimeUnit.SECONDS)).failed.map(_.getCause.getClass.getSimpleName)
    Trial.say("stage", s"${second.get}, ${first.get}, ${Trial.freed("stage")}")
