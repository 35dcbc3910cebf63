"""The channel of the website widget: a signed session, one message at a time, one form for replies and errors.

Routes under `/webhooks/widget/`: `start` gives a session, `message` takes a message of the session that its token names.
A conversation's name comes from the token alone; nothing in a body or a query chooses it.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.exceptions import PayloadTooLarge
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from bot import logs
from bot.channels import envelope
from bot.channels.http import address_of, body_of, bound, drain
from bot.channels.incoming import clean, readable, shorten
from bot.channels.turns.again import name_of
from bot.channels.turns.guard import alarming, guard
from bot.channels.turns.remembered import remembered
from bot.channels.turns.turn import OnNewMessage, take
from bot.channels.widget.envelope import Envelope, error, replied
from bot.channels.widget.replies import Replies
from bot.channels.widget.sessions import Session, SessionExpired, SessionInvalid, Sessions
from bot.clinic import clinic
from bot.origins import allowed, headers
from bot.settings import settings

ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
LANGUAGE = "en"


@dataclass(frozen=True)
class Sent:
    """A message of the widget, its text cleaned; `pressed`: a button's payload and not typed text."""

    id: str
    text: str
    pressed: bool


def sent_in(body: dict[str, Any]) -> Sent | None:
    """The message in a body: its `id`, and `text` or `payload`. None where one is missing or is no text."""
    id, given = body.get("id"), [name for name in ("text", "payload") if body.get(name) is not None]
    if not isinstance(id, str) or not ID.fullmatch(id) or len(given) != 1 or not isinstance(body[given[0]], str):
        return None
    text = clean(shorten(body[given[0]], limit=settings().max_message_chars))
    return Sent(id=id, text=text, pressed=given == ["payload"])


class WidgetChannel(InputChannel):
    """Sessions and messages of the widget. Each process keeps its own counts and the newest replies."""

    def __init__(self) -> None:
        chosen = settings()
        secret = chosen.widget_secret.get_secret_value().strip() if chosen.widget_secret else None
        self._sessions = Sessions(secret=secret, minutes=chosen.widget_session_minutes)
        self._guard = guard()
        self._origins = chosen.origins
        self._replies: Replies[Envelope] = Replies(keep=lambda reply: reply.final)

    @classmethod
    def name(cls) -> str:
        return "widget"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The routes of the channel."""
        webhook = Blueprint("widget_channel")
        bound(webhook)

        @webhook.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @webhook.route("/start", methods=["POST"])
        async def start(request: Request) -> HTTPResponse:
            if not self._from_allowed(request):
                return self._send(request, error("origin_refused", emergency=clinic().emergency_line()))
            return self._send(request, self._start(body_of(request).get("token")))

        @webhook.route("/message", methods=["POST"])
        async def message(request: Request) -> HTTPResponse:
            logs.withhold()
            if not self._from_allowed(request):
                return self._send(request, error("origin_refused", emergency=clinic().emergency_line()))
            return self._send(request, await self._message(request, on_new_message))

        @webhook.route("/start", methods=["OPTIONS"], name="start_preflight")
        @webhook.route("/message", methods=["OPTIONS"], name="message_preflight")
        async def preflight(request: Request) -> HTTPResponse:
            opened = headers(_origin(request), origins=self._origins, preflight=True)
            return empty(204 if self._from_allowed(request) else 403, headers=opened)

        @webhook.exception(PayloadTooLarge)
        async def too_large(request: Request, _: Exception) -> HTTPResponse:
            await drain(request)
            return self._send(request, error("too_large", emergency=clinic().emergency_line()))

        return webhook

    def _from_allowed(self, request: Request) -> bool:
        return allowed(_origin(request), host=request.host, origins=self._origins)

    def _send(self, request: Request, reply: Envelope) -> HTTPResponse:
        opened = headers(_origin(request), origins=self._origins)
        return json(reply.body, status=reply.status, headers={**opened, **reply.headers})

    def _start(self, old: Any) -> Envelope:
        """A new session, or the one of `old` for longer. It costs next to nothing and keeps nothing, so it is not counted."""
        session, renewed = None, False
        if isinstance(old, str):
            with contextlib.suppress(SessionInvalid):
                session, renewed = self._sessions.renew(old), True
        session = session or self._sessions.start()
        own = clinic()
        body = {
            "token": session.token,
            "expires": datetime.fromtimestamp(session.expires, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "renewed": renewed,
            "country": own.country,
            "emergency": remembered().of(session.conversation).emergency,
            "clinic": {"name": own.name, "phone": own.phone, "hours": own.hours},
            "language": LANGUAGE,
        }
        return Envelope(200, body)

    async def _message(self, request: Request, on_new_message: OnNewMessage) -> Envelope:
        sent = sent_in(body_of(request))
        id = sent.id if sent else None
        try:
            session = self._sessions.read(_token(request))
        except SessionInvalid as problem:
            code = "session_expired" if isinstance(problem, SessionExpired) else "session_invalid"
            return error(code, emergency=clinic().emergency_line(), id=id)
        if sent is None:
            return error("bad_request", emergency=clinic().emergency_line())

        async def work() -> Envelope:
            return await self._answer(sent, session, address=address_of(request), on_new_message=on_new_message)

        return await self._replies.once(session.conversation, sent, work)

    async def _answer(self, sent: Sent, session: Session, *, address: str, on_new_message: OnNewMessage) -> Envelope:
        conversation = session.conversation
        held = remembered().of(conversation)
        admitted = await self._guard.admits(conversation=conversation, address=address)
        with self._guard.at_work(conversation) as room:
            if not (admitted and room) and not alarming(sent.text):
                wait = 1 if admitted else await self._guard.wait(conversation=conversation, address=address)
                return error("too_many", emergency=held.emergency, id=sent.id, wait=wait)
            if not readable(sent.text):
                return replied(sent.id, envelope.unreadable("", first=held.asked()), emergency=held.emergency)
            name = name_of(sent.id, sent.text, sent.pressed)
            said = await take(
                on_new_message, text=sent.text, conversation=conversation, channel=self.name(), buttons=sent.pressed, sent=name
            )
            held = remembered().of(conversation)
            return replied(sent.id, said, emergency=held.emergency, first=held.asked())


def _origin(request: Request) -> str | None:
    found = request.headers.getall("origin", [])
    return str(",".join(found)) if found else None


def _token(request: Request) -> str:
    scheme, _, token = str(request.headers.get("authorization", "")).partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
