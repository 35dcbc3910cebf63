"""What the widget's routes send: one form for replies and for errors. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.answer.reply.contract import Kind, Reply
from bot.channels import envelope

URGENT = "If you feel very ill or it is urgent, call {emergency} now."
ENDED = f"This chat has ended. Please start it again. {URGENT}"
# code: HTTP status, kind, what is said to the person
ERRORS: dict[str, tuple[int, Kind, str]] = {
    "bad_request": (400, "error", f"I could not read that message. Please type it again. {URGENT}"),
    "session_invalid": (401, "error", ENDED),
    "session_expired": (401, "error", ENDED),
    "origin_refused": (403, "error", f"This website may not use this assistant. {URGENT}"),
    "too_large": (413, "clarify", f"{envelope.TOO_LARGE} {URGENT}"),
    "too_many": (429, "error", envelope.LIMITED),
    "unavailable": (503, "error", envelope.SORRY),
}


@dataclass(frozen=True)
class Envelope:
    """A whole HTTP reply: status, body as JSON data, and headers of its own."""

    status: int
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def final(self) -> bool:
        """Whether the message was taken: sent again, it gets this reply and not a new one."""
        return self.status == 200


def error(code: str, *, emergency: str, id: str | None = None, wait: int | None = None) -> Envelope:
    """The reply to what was not answered; `wait`: seconds after which it can be."""
    status, kind, text = ERRORS[code]
    made = envelope.message(Reply(kind=kind, text=text.format(emergency=emergency)), "")
    body = {"id": id, "error": code, "messages": [_own(made)]}
    return Envelope(status, body, {} if wait is None else {"Retry-After": str(wait)})


def replied(id: str, messages: Sequence[dict[str, Any]], *, emergency: str, first: str = "") -> Envelope:
    """The reply to a message: the turn in the answer contract's form. A part that is down makes it a 503."""
    said = [_own(message) for message in envelope.turn(messages, "", emergency=emergency, first=first)]
    if any(message.get("custom", {}).get("kind") == "error" for message in said):
        return Envelope(503, {"id": id, "error": "unavailable", "messages": said})
    return Envelope(200, {"id": id, "messages": said})


def _own(message: dict[str, Any]) -> dict[str, Any]:
    """A message without the name of the conversation, which is nobody's business."""
    return {key: value for key, value in message.items() if key != "recipient_id"}
