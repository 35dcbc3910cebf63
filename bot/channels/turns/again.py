"""A message that was sent again, perhaps to another server: what was said to it is kept with the conversation. Imports no Rasa."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from typing import Any

from bot.aid.kept import form_without_page, is_page, without_page
from bot.channels.turns.aside import aside
from bot.channels.turns.budget import budget
from bot.conversations.store import conversations
from bot.errors import StoreError

logger = logging.getLogger(__name__)
NAMED = "sent-"
TURNS = 2  # messages of the person that are read back; the policies look at two
PARTS = ("text", "buttons", "custom")


def name_of(*parts: object) -> str:
    """The name of a message whose sender gave it an id: the same id with the same words is the same message."""
    return NAMED + hashlib.sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def last_of(events: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """What is kept of a turn to be said again; nothing where the message has no name, or where the reply was an error."""
    asked = next((event for event in events if event["event"] == "user"), {})
    if not str(asked.get("message_id") or "").startswith(NAMED):
        return None
    given = [{**(event.get("data") or {}), "text": event.get("text")} for event in events if event["event"] == "bot"]
    said = [_without_page({part: one[part] for part in PARTS if one.get(part)}) for one in given]
    if not said or any((one.get("custom") or {}).get("kind") == "error" for one in said):
        return None
    return {"sent": asked["message_id"], "said": said}


def _without_page(said: dict[str, Any]) -> dict[str, Any]:
    """A reply as it may be kept: a person's own page is not."""
    custom: Any = said.get("custom")
    if not is_page(custom):
        return said
    custom = {**custom, "form": form_without_page(custom["form"]), "sources": [], "notice": None}
    return {**said, "text": without_page(str(said.get("text") or "")), "custom": custom}


async def reply_given(conversation: str, *, sent: str | None) -> list[dict[str, Any]]:
    """The whole reply to the message of that name, where it was the newest and was answered; else nothing.

    To know it is to read the conversation: what the turn needs of it is left in its budget, so that it is read once.
    """
    if sent is None:
        return []
    try:
        found = await aside().run(lambda: conversations().recent(conversation, turns=TURNS))
    except StoreError as error:
        logger.error("%s", error)
        return []
    if turn := budget():
        turn.read[conversation] = found
    last = (found.last if found else None) or {}
    return list(last["said"]) if last.get("sent") == sent else []
