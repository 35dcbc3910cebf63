"""Turns what Rasa says in one turn into the answer contract: a list of messages, exactly one with `custom`. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bot.answer.reply.contract import Reply

SORRY = (
    "Sorry, a part of this service is not working, so I can't answer right now. Please try again in a few minutes. "
    "If you feel very ill or it is urgent, call {emergency} now."
)
EMPTY = "I didn't get any words I can read. Please type your question about exosome treatments."
LIMITED = (
    "You are writing faster than I can answer, so please wait a minute and then ask again. "
    "If you feel very ill or it is urgent, call {emergency} now."
)
ANSWER = "I could not read that. You can answer yes or no."
TOO_LARGE = "That message is too large for me to read. Please type your question about exosome treatments in a few lines."


def message(reply: Reply, recipient: str) -> dict[str, Any]:
    """One message in Rasa's REST form."""
    made: dict[str, Any] = {"recipient_id": recipient, "text": reply.text}
    if reply.buttons:
        made["buttons"] = [{"title": button.title, "payload": button.payload} for button in reply.buttons]
    return {**made, "custom": reply.custom()}


def failure(recipient: str, *, emergency: str, first: str = "") -> list[dict[str, Any]]:
    """The turn that says that a part is down, and what to do if it is urgent; after an emergency, `first` asks on help."""
    return [message(Reply(kind="error", text=_after(first, SORRY.format(emergency=emergency))), recipient)]


def limited(recipient: str, *, emergency: str) -> list[dict[str, Any]]:
    """The turn that asks a person to wait."""
    return [message(Reply(kind="conversation", text=LIMITED.format(emergency=emergency)), recipient)]


def unreadable(recipient: str, *, too_large: bool = False, first: str = "") -> list[dict[str, Any]]:
    """The turn for a message without words, or with far too many; after an emergency, `first` asks on help."""
    text = TOO_LARGE if too_large else EMPTY
    return [message(Reply(kind="clarify", text=_after(first, ANSWER) if first else text), recipient)]


def turn(messages: Sequence[dict[str, Any]], recipient: str, *, emergency: str, first: str = "") -> list[dict[str, Any]]:
    """What one turn said, in the contract's form; nothing said is a failure, see there. The last `custom` counts."""
    said = [dict(item, recipient_id=recipient) for item in messages if item.get("text") or item.get("custom")]
    with_custom = [item for item in said if item.get("custom")]
    if not with_custom:
        return failure(recipient, emergency=emergency, first=first)
    for item in with_custom[:-1]:
        item.pop("custom")
    return said


def _after(first: str, text: str) -> str:
    return f"{first}\n\n{text}" if first else text
