"""A browser tab with the widget in it, as the server sees it, and the settings of the server that these tests share."""

from __future__ import annotations

import uuid
from typing import Any

import jwt
import requests

from bot.conversations.store import ConversationStore, Whole, open_conversations
from bot.settings import Settings
from tests.server.conftest import REPLY_SECONDS, Server

SECRET = "only-for-the-tests-" + "0123456789" * 3
WEBSITE = "https://clinic.example"
LIMIT = 6
ENV = {
    "WIDGET_SECRET": SECRET,
    "WIDGET_ORIGINS": f"{WEBSITE}, https://www.clinic.example/",
    "RATE_PER_CONVERSATION": f"{LIMIT}/hour",
    "RATE_PER_ADDRESS": f"{2 * LIMIT}/hour",
    "PROXIES_COUNT": "1",
    "LOG_LEVEL": "DEBUG",
    "LOG_LEVEL_LIBRARIES": "DEBUG",
}
EMERGENCY = "My throat is closing up and I can't breathe"
URGENT = "If you feel very ill or it is urgent, call 911 now."
ENDED = f"This chat has ended. Please start it again. {URGENT}"


class Tab:
    """One browser tab with the widget in it: a session of its own."""

    def __init__(self, server: Server, *, token: str | None = None) -> None:
        self.server = server
        self.token: str = token or self.start()["token"]

    def start(self, **body: str) -> dict[str, Any]:
        reply = requests.post(f"{self.server.url}/webhooks/widget/start", json=body, timeout=REPLY_SECONDS)
        assert reply.status_code == 200
        return dict(reply.json())

    def post(self, body: dict[str, Any], **headers: str) -> requests.Response:
        given = {"Authorization": f"Bearer {self.token}", **headers}
        return requests.post(f"{self.server.url}/webhooks/widget/message", json=body, headers=given, timeout=REPLY_SECONDS)

    def ask(self, text: str) -> list[dict[str, Any]]:
        reply = self.post({"id": uuid.uuid4().hex, "text": text})
        assert reply.status_code == 200, reply.text
        return list(reply.json()["messages"])

    @property
    def conversation(self) -> str:
        return str(jwt.decode(self.token, options={"verify_signature": False})["sub"])

    def kept(self) -> Whole | None:
        return _store(self.server).whole(self.conversation)

    def said(self) -> list[str]:
        kept = self.kept()
        return [event["text"] for event in kept.events if event["event"] == "user"] if kept else []


def _store(server: Server) -> ConversationStore:
    return open_conversations(Settings(database_url=server.env["DATABASE_URL"]).conversations_url)


def failed(code: str, text: str, *, kind: str = "error", id: str | None = None) -> dict[str, Any]:
    """The whole body of an error."""
    empty: dict[str, Any] = {"topics": [], "scope": {}, "facts": [], "sources": [], "caveats": [], "notice": None}
    return {"id": id, "error": code, "messages": [{"text": text, "custom": {"kind": kind, **empty}}]}
