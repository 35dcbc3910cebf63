"""What was understood of a message, and what is remembered of the conversation. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Optional

from bot.answer.reply.contract import Kind


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
    routes: tuple[str, ...] = ()  # ways to give it that the message names; `scope` holds the first of them
    parts: Mapping[str, str] = field(default_factory=dict)
    here: Optional[str] = None  # the country to go by after this message: not one where they only were treated
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
    kind: Optional[Kind] = None
    country: Optional[str] = None
    said: str = ""
    routes: tuple[str, ...] = ()  # the last two ways to give it that were named

    def to_slot(self) -> dict[str, Any]:
        """As plain JSON data for the slot."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

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
            kind=value.get("kind") or None,
            country=value.get("country"),
            said=str(value.get("said") or ""),
            routes=tuple(value.get("routes") or ()),
        )


def with_named(question: Question, memory: Memory) -> Memory:
    """`memory` with what the message names, whatever becomes of it: the country that the person is in, the routes."""
    named = question.routes or tuple(filter(None, [question.scope.get("route")]))
    routes = (*(route for route in memory.routes if route not in named), *named)[-2:]
    return replace(memory, country=question.here or memory.country, routes=routes)
