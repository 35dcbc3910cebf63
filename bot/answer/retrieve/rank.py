"""Puts facts in order for a question. Imports no Rasa.

The order: facts that match the scope of the question, then how well a fact answers it, with a little more weight for a
leading fact and for stronger evidence, then newer. A fact that leans on another one of the same study comes after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

from bot.answer.retrieve.snapshot import Snapshot
from bot.answer.thresholds import AT
from bot.answer.topics import NOT_IN_PEOPLE, RESULTS
from bot.facts.schema import Fact, Gap, earliest_day
from bot.vocabulary import EU_MEMBERS, EVIDENCE, LAW_TOPICS

STRENGTH = {name: place for place, name in enumerate(EVIDENCE)}


class Fit(IntEnum):
    """How well the scope of a fact or a gap meets that of a question; what is no fit counts as false."""

    NONE = 0  # it is about something else
    GENERAL = 1
    NAMED = 2  # it names what was asked


def fit(fact: Fact | Gap, scope: Mapping[str, str]) -> Fit:
    """How well the fact's scope meets the question's."""
    named = False
    for key, value in scope.items():
        limits = getattr(fact.scope, key)
        if limits and value not in limits and not ("EU" in limits and value in EU_MEMBERS):
            return Fit.NONE
        named = named or bool(limits)
    return Fit.NAMED if named else Fit.GENERAL


def leads(fact: Fact, topic: str = "") -> bool:
    """Whether the fact leads on `topic`: its first topic, or the law as a whole. Without a topic: whether it leads at all."""
    law = topic in LAW_TOPICS and fact.topics[0] in LAW_TOPICS and topic in fact.topics
    return fact.lead and (law or topic in ("", fact.topics[0]))


def scores(facts: Sequence[Fact], relevance: Mapping[str, float], *, topic: str = "") -> dict[str, float]:
    """For each fact its likeness to the question (-1 to 1), with what it gains as a leading fact and by its evidence."""
    weakest = len(STRENGTH) - 1
    return {
        fact.id: relevance.get(fact.id, 0.0)
        + (AT.lead if leads(fact, topic) else 0.0)
        + AT.strength * (1 - STRENGTH[fact.evidence] / weakest)
        - (AT.not_in_people if topic in RESULTS and fact.evidence == NOT_IN_PEOPLE else 0.0)
        for fact in facts
    }


def order(facts: Sequence[Fact], *, scope: Mapping[str, str], relevance: Mapping[str, float], topic: str = "") -> list[Fact]:
    """`facts` with the best first."""
    scored = scores(facts, relevance, topic=topic)

    def key(fact: Fact) -> tuple:
        newest = earliest_day(fact.as_of).toordinal()
        near = fit(fact, scope)
        if near and relevance.get(fact.id, 0.0) >= AT.word_for_word:  # general, and yet what was asked
            near = Fit.NAMED
        return (-near, -round(scored[fact.id] * AT.steps), STRENGTH[fact.evidence], -newest, fact.id)

    return sorted(facts, key=key)


def with_what_they_follow(facts: Sequence[Fact], *, snapshot: Snapshot, told: frozenset[str]) -> list[Fact]:
    """`facts` in their order, each fact that follows others moved behind the best of these.

    A fact to follow that is on file but not among `facts` is put in; where none can be shown and none was `told`
    before, the fact that follows is left out.
    """
    places = {fact.id: place for place, fact in enumerate(facts)}
    placed: dict[str, Fact] = {}

    def place(fact: Fact, above: frozenset[str]) -> bool:
        if fact.id in placed or fact.id in told:
            return True
        if fact.id in above:  # a circle: the rules refuse it, and no reply may hang on it
            return False
        if fact.follows and not told.intersection(fact.follows):
            first = sorted(fact.follows, key=lambda id: (id not in placed, places.get(id, len(places))))
            known = [snapshot.facts[id] for id in first if id in snapshot.facts]
            usable = [other for other in snapshot.sourced(known) if other.id not in snapshot.outdated]
            if not any(place(other, above | {fact.id}) for other in usable):
                return False
        placed[fact.id] = fact
        return True

    for fact in facts:
        if fact.id not in told:
            place(fact, frozenset())
    return list(placed.values())
