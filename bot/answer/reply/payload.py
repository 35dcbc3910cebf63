"""The payloads behind buttons: an intent and its values, in the form that Rasa reads. Imports no Rasa."""

from __future__ import annotations

import json
from collections.abc import Mapping


def ask(topic: str, scope: Mapping[str, str] | None = None) -> str:
    """The payload of a button that asks about `topic` within `scope`."""
    return "/ask" + json.dumps({"topic": topic, **(scope or {})}, separators=(",", ":"), sort_keys=True)


def more() -> str:
    """The payload of the button for the next facts of the last answer."""
    return "/more"
