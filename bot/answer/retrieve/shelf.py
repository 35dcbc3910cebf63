"""Finds the foremost facts of a large topic by index, so that a reply takes no longer with many facts. Imports no Rasa.

Only what can stand in a reply or behind "more" is looked at closely. A topic with few facts is looked at whole.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np

from bot.answer.retrieve.rank import Fit, fit, scores
from bot.answer.retrieve.snapshot import Snapshot
from bot.facts.schema import Fact
from bot.facts.store import searchable

MANY = 60  # facts of a topic that are looked at whole
BEST, LIKEST, OTHERS = 40, 10, 10  # taken of more: by score, by likeness, and of each kind that balance or place may need


class Shelf:
    """The facts of one topic as arrays."""

    def __init__(self, topic: str, facts: Sequence[Fact], vectors: Mapping[str, np.ndarray]) -> None:
        self._facts = facts
        width = len(next(iter(vectors.values()), np.zeros(1)))
        rows = [[vectors[text] for text in searchable(fact) if text in vectors] or [np.zeros(width)] for fact in facts]
        self._starts = np.cumsum([0, *(len(row) for row in rows[:-1])])
        self._matrix = np.array([vector for row in rows for vector in row], dtype=np.float32)
        gains = scores(facts, {}, topic=topic)
        self._gain = np.array([gains[fact.id] for fact in facts])
        self._against = np.array([fact.stance == "against" for fact in facts])
        # Facts of one kind have the same scope and states of health: these are judged once for all of the kind.
        kinds: dict[tuple, int] = {}
        self._kind = np.array([kinds.setdefault(self._kind_of(fact), len(kinds)) for fact in facts])
        first = {kind: place for place, kind in reversed(list(enumerate(self._kind)))}
        self._samples = [facts[first[kind]] for kind in range(len(kinds))]

    @staticmethod
    def _kind_of(fact: Fact) -> tuple:
        scope = fact.scope
        return scope.route, scope.use, scope.origin, scope.jurisdiction, fact.conditions

    def _each(self, judge: Callable[[Fact], float]) -> np.ndarray:
        return np.array([judge(sample) for sample in self._samples])[self._kind]

    def foremost(
        self, *, scope: Mapping[str, str], vector: np.ndarray | None, conditions: Collection[str], losing: Callable[[Fact], float]
    ) -> list[Fact]:
        """The best facts for the scope and the question; `losing` says what a fact's kind loses in likeness."""
        zeros = np.zeros(len(self._facts))
        likeness = zeros if vector is None else np.maximum.reduceat(self._matrix @ vector, self._starts)
        likeness = likeness - self._each(losing)
        fits = 10.0 * self._each(lambda fact: fit(fact, scope))  # scope comes before likeness
        free = self._each(lambda fact: not conditions or not fact.conditions or bool(set(conditions) & set(fact.conditions))) > 0
        score = fits + likeness + self._gain
        taken = [(score, free, BEST), (likeness, free & (fits > 0), LIKEST), (score, free & self._against, OTHERS)]
        if "jurisdiction" in scope:
            place = {"jurisdiction": scope["jurisdiction"]}
            taken.append((score, free & (self._each(lambda fact: fit(fact, place)) == Fit.NAMED), OTHERS))
        places = {int(place) for worth, allowed, count in taken for place in _top(worth, allowed, count)}
        return [self._facts[place] for place in sorted(places)]


def _top(worth: np.ndarray, allowed: np.ndarray, count: int) -> np.ndarray:
    """The places of the `count` highest among those allowed."""
    places = np.flatnonzero(allowed)
    if len(places) <= count:
        return places
    return places[np.argpartition(-worth[places], count)[:count]]


def foremost(
    topic: str,
    *,
    snapshot: Snapshot,
    scope: Mapping[str, str],
    vector: np.ndarray | None,
    conditions: Collection[str],
    losing: Callable[[Fact], float] = lambda fact: 0.0,
) -> Sequence[Fact]:
    """The facts of a topic, or the foremost of them where there are many."""
    facts = snapshot.of_topic(topic)
    if len(facts) <= MANY:
        return facts
    if topic not in snapshot.shelves:
        shown = [fact for fact in snapshot.sourced(facts) if fact.id not in snapshot.outdated]
        snapshot.shelves[topic] = Shelf(topic, shown, snapshot.vectors) if shown else None
    shelf = snapshot.shelves[topic]
    return shelf.foremost(scope=scope, vector=vector, conditions=conditions, losing=losing) if shelf else []
