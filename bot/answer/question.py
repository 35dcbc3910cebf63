"""What was understood of a message, and what is remembered of the conversation. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Optional

from bot.safety.countries import named_country


@dataclass(frozen=True)
class Question:
    """One message as understood.

    `topics` ranks topic ids with their probabilities; `intent` is the label of the whole message, with `confidence`.
    `scope` holds what the message itself names; `inside` is the probability
    that the message belongs to the field at all. `parts` holds, by topic, the part of a message with two questions that
    is on this topic; facts are then judged by that part alone.
    """

    text: str
    intent: str = ""
    confidence: float = 0.0
    topics: tuple[tuple[str, float], ...] = ()
    inside: float = 1.0
    scope: Mapping[str, str] = field(default_factory=dict)
    conditions: tuple[str, ...] = ()  # states of health that the message names
    agencies: tuple[str, ...] = ()  # agencies that the message names, where their name tells no country
    brands: tuple[str, ...] = ()  # makers and products that the message names
    places: tuple[str, ...] = ()  # countries that the message names; `scope` holds the first of them
    parts: Mapping[str, str] = field(default_factory=dict)
    perhaps: str | None = None  # a topic that may have been asked about too
    chosen: bool = False  # a button was pressed: the topic is certain

    @property
    def words(self) -> int:
        """How many words the message has."""
        return len(self.text.split())


@dataclass(frozen=True)
class Memory:
    """What the last turns left behind, kept in one slot; `country` lasts for the whole conversation.

    `said` is the last whole question, in the words of the person as they were cleaned: a follow-up is read together with it.
    """

    topics: tuple[str, ...] = ()
    scope: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    kind: str = ""
    country: Optional[str] = None
    said: str = ""

    def to_slot(self) -> dict[str, Any]:
        """As plain JSON data for the slot."""
        return {**asdict(self), "topics": list(self.topics), "shown": list(self.shown), "rest": list(self.rest)}

    @classmethod
    def from_slot(cls, value: Mapping[str, Any] | None) -> Memory:
        """From the slot's value; an empty or foreign value gives an empty memory."""
        if not isinstance(value, Mapping):
            return cls()
        return cls(
            topics=tuple(value.get("topics") or ()),
            scope=dict(value.get("scope") or {}),
            shown=tuple(value.get("shown") or ()),
            rest=tuple(value.get("rest") or ()),
            kind=str(value.get("kind") or ""),
            country=value.get("country"),
            said=str(value.get("said") or ""),
        )


def heard(question: Question, memory: Memory) -> Memory:
    """`memory` with the country that the message names, whatever becomes of the message: it may say nothing else."""
    place = question.scope.get("jurisdiction")
    return replace(memory, country=place) if place else memory


def country_named(events: Iterable[Mapping[str, Any]]) -> Optional[str]:
    """The country that the newest of the person's turns among `events` named, if one did: a set reply remembers nothing."""
    turns = [event for event in events if event.get("event") == "user"]
    for turn in reversed(turns):
        entities = (turn.get("parse_data") or {}).get("entities") or []
        spoken = next((str(entity["value"]) for entity in entities if entity["entity"] == "language"), None)
        if country := named_country(turn.get("text") or "", entities, spoken):
            return country
    return None
