"""The payloads behind the guide's buttons, in the form that Rasa reads. Imports no Rasa."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.aid.reading import Move

INTENT = "guide"
ANSWER_TO = "answer_to"  # in a message's metadata: the screen of the controls with which an answer was given


def button(do: str, *, at: str = "", value: str = "") -> str:
    """The payload of a button that makes this move."""
    whole = {"do": do, **({"at": at} if at else {}), **({"value": value} if value else {})}
    return f"/{INTENT}" + json.dumps(whole, separators=(",", ":"))


def move_of(values: Mapping[str, Any]) -> Move:
    """The move that a pressed button names."""
    return Move(str(values.get("do") or "continue"), str(values.get("at") or ""), values.get("value"))
