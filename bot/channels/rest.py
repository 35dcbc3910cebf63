"""The REST channel: Rasa's own, made to keep the answer contract and never to fall silent."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import logs
from bot.channels import envelope
from bot.channels.http import address_of, body_of, bound
from bot.channels.incoming import clean, readable, sender_name, shorten
from bot.channels.turns.guard import alarming, guard
from bot.channels.turns.remembered import remembered
from bot.channels.turns.turn import take
from bot.settings import settings

PREFIX = "rest-"


class RestChannel(RestInput):
    """`POST /webhooks/rest/webhook` with `{"sender", "message"}`; answers with the messages of one turn.

    Every body gets a reply in the form of the contract; only `sender` and `message` are read from it.
    """

    @classmethod
    def name(cls) -> str:
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel."""
        module = inspect.getmodule(self)
        webhook = Blueprint("rest_channel", module.__name__ if module else None)
        counts = guard()
        bound(webhook)

        @webhook.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return response.json({"status": "ok"})

        @webhook.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            logs.withhold()
            body = body_of(request)
            sender = sender_name(body.get("sender"))
            text = body["message"] if isinstance(body.get("message"), str) else ""
            text = clean(shorten(text, limit=settings().max_message_chars))
            admitted = await counts.admits(conversation=PREFIX + sender, address=address_of(request))
            with counts.at_work(PREFIX + sender) as room:
                if not (admitted and room) and not alarming(text):
                    return response.json(envelope.limited(sender, emergency=remembered().of(PREFIX + sender).emergency))
                if not readable(text):
                    return response.json(envelope.unreadable(sender, first=remembered().of(PREFIX + sender).asked()))
                said = await take(on_new_message, text=text, conversation=PREFIX + sender, channel=self.name())
                held = remembered().of(PREFIX + sender)
                return response.json(envelope.turn(said, sender, emergency=held.emergency, first=held.asked()))

        return webhook
