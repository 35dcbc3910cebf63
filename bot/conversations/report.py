"""What is kept of one conversation, as a person can read it. Imports no Rasa."""

from __future__ import annotations

import datetime as dt
from typing import Any

from bot.conversations.store import Whole

SPEAKERS = {"user": "person", "bot": "assistant"}


def _time(seconds: float) -> str:
    return dt.datetime.fromtimestamp(seconds, dt.timezone.utc).isoformat(timespec="seconds")


def _message(event: dict[str, Any]) -> dict[str, Any]:
    custom = (event.get("data") or {}).get("custom") or {}
    said = {"at": _time(event["timestamp"]), "from": SPEAKERS[event["event"]], "text": event.get("text") or ""}
    return {**said, "kind": custom["kind"]} if custom.get("kind") else said


def readable(whole: Whole) -> dict[str, Any]:
    """As JSON data: first what was said, in order and with times in UTC, then everything as it is kept."""
    kept = {"state": whole.state, "events": list(whole.events), **({"last": whole.last} if whole.last else {})}
    return {
        "conversation": whole.id,
        "started": _time(whole.started_at),
        "last": _time(whole.last_at),
        "messages": [_message(event) for event in whole.events if event["event"] in SPEAKERS],
        "kept": kept,
    }
