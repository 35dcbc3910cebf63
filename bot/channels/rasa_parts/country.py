"""The country to go by, read from Rasa's events and entities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Optional

from bot.safety.emergency.countries import named_country


def country_named(events: Iterable[Mapping[str, Any]]) -> Optional[str]:
    """The country that the newest of the person's turns among `events` named, if one did: a set reply remembers nothing."""
    turns = [event for event in events if event.get("event") == "user"]
    named = (country_of(turn.get("text") or "", (turn.get("parse_data") or {}).get("entities") or ()) for turn in reversed(turns))
    return next(filter(None, named), None)


def country_of(text: str, entities: Sequence[Mapping[str, Any]]) -> Optional[str]:
    """The country that one message names as the one to go by; None where it names none, or only one of a treatment in the past."""
    spoken = next((str(entity["value"]) for entity in entities if entity["entity"] == "language"), None)
    return named_country(text, entities, spoken)
