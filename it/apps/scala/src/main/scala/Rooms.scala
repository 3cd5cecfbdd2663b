package dev.chatstream.it.apps.scala

import dev.chatstream.{ChatId, ChatStream}
import dev.chatstream.it.apps.Trial
import java.util.concurrent.CompletionStage
import scala.concurrent.{Future, Promise}
import scala.jdk.FutureConverters.FutureOps

final case class Request(chatId: String, inner: Option[String] = None)

case class Opened(chatId: String)

trait Talk:
  @ChatStream
  def talk(@ChatId chat: String): String = Trial.hold(chat)

class Talking extends Talk

class Overriding extends Talk:
  override def talk(chat: String): String = super.talk(chat)

object Lobby:
  @ChatStream(chatId = "#chat")
  def answer(chat: String): String = Trial.hold(chat)

@ChatStream(chatId = "#chat")
def topLevel(chat: String): String = Trial.hold(chat)

class Rooms:
  @ChatStream(chatId = "#request.chatId")
  def caseClass(request: Request): String = Trial.hold(request.chatId)

  @ChatStream(chatId = "#request.chatId")
  def openCaseClass(request: Opened): String = Trial.hold(request.chatId)

  @ChatStream(chatId = "#chat")
  def defaults(chat: String, tone: String = "kind"): String = Trial.hold(chat)

  @ChatStream(chatId = "#chat")
  def curried(chat: String)(using tone: String): String = Trial.hold(chat)

  @ChatStream(chatId = "#chat")
  def byName(chat: String, text: => String): String = Trial.hold(chat)

  @ChatStream(chatId = "#chat")
  def stage(chat: String): CompletionStage[String] = Promise[String]().future.asJava

  @ChatStream(chatId = "#chat")
  def future(chat: String): Future[String] = Future.successful(chat)
