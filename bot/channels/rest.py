"""The REST channel: Rasa's own, made to keep the answer contract and never to fall silent."""

from __future__ import annotations

import asyncio
import inspect
import logging
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.channels.rest import RestInput
from rasa.shared.core.events import BotUttered
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.answer.contract import Reply
from bot.channels import envelope
from bot.channels.incoming import clean, disarm, readable, shorten
from bot.clinic import clinic
from bot.safety.personal import scrub
from bot.settings import settings

logger = logging.getLogger(__name__)
PREFIX = "rest-"
OFFERED_TURNS = 12  # how many replies back a button may still be pressed


class WholeMessages(CollectingOutputChannel):
    """Keeps text, buttons and `custom` of one utterance together in one message."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Collects the utterance as it is."""
        kept = {key: message[key] for key in ("text", "buttons", "custom") if message.get(key)}
        self.messages.append({"recipient_id": recipient_id, **kept})


class RestChannel(RestInput):
    """`POST /webhooks/rest/webhook` with `{"sender", "message"}`; answers with the messages of one turn."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel."""
        module = inspect.getmodule(self)
        webhook = Blueprint("rest_channel", module.__name__ if module else None)

        @webhook.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @webhook.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            try:
                body = request.json
            except Exception:  # Sanic raises several kinds for a body that is not JSON
                body = None
            if not isinstance(body, dict) or not isinstance(body.get("message", ""), str):
                return response.json({"error": 'Send JSON such as {"sender": "me", "message": "hello"}.'}, status=400)
            sender = str(body.get("sender") or uuid.uuid4().hex)[:200]
            said = await self._turn(request, on_new_message, sender=sender, text=body.get("message") or "")
            return response.json(said)

        return webhook

    async def _turn(
        self, request: Request, on_new_message: Callable[[UserMessage], Awaitable[Any]], *, sender: str, text: str
    ) -> list[dict[str, Any]]:
        emergency = clinic().at(None).emergency
        text = clean(shorten(text, limit=settings().max_message_chars))
        if not readable(text):
            return [envelope.message(Reply(kind="clarify", text=envelope.EMPTY), sender)]
        collector = WholeMessages()
        try:
            offered = await self._offered(request, PREFIX + sender) if text.startswith("/") else set()
            if text not in offered:
                text = scrub(disarm(text, offered=offered)).text or "?"
            message = UserMessage(text, collector, PREFIX + sender, input_channel=self.name())
            await asyncio.wait_for(on_new_message(message), timeout=2 * settings().action_timeout)
        except Exception as error:  # whatever went wrong, the person gets a reply; the log gets no message text
            logger.error("A turn failed: %s", type(error).__name__)
            return envelope.failure(sender, emergency=emergency)
        return envelope.turn(collector.messages, sender, emergency=emergency)

    @staticmethod
    async def _offered(request: Request, conversation: str) -> set[str]:
        """The payloads of the buttons that this conversation was lately offered."""
        tracker = await request.app.ctx.agent.tracker_store.retrieve(conversation)
        if tracker is None:
            return set()
        replies = [event for event in tracker.events if isinstance(event, BotUttered)][-OFFERED_TURNS:]
        return {button["payload"] for reply in replies for button in reply.data.get("buttons") or []}
