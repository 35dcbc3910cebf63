"""The turn after an emergency begins with the question whether help is on the way. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

EMERGENCY_REPLIES = ("utter_emergency", "utter_crisis")
QUESTION = "Is help on the way? If not, call {emergency} now."


def follows_emergency(events: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the newest reply of the assistant, before the newest message of the person, was one to an emergency."""
    users = [place for place, event in enumerate(events) if event.get("event") == "user"]
    earlier = events[: users[-1]] if users else []
    replies = [event for event in earlier if event.get("event") == "bot"]
    return bool(replies) and (replies[-1].get("metadata") or {}).get("utter_action") in EMERGENCY_REPLIES


def ask_first(text: str, *, events: Sequence[Mapping[str, Any]], emergency: str) -> str:
    """`text`, after the question on help where the last turn was an emergency."""
    return f"{QUESTION.format(emergency=emergency)}\n\n{text}" if follows_emergency(events) else text
