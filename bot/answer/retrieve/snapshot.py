"""The part of the facts store that answers need, read once per release. Imports no Rasa."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Union

import numpy as np

from bot.answer.retrieve.nearest import NearestTexts, highest
from bot.facts.schema import Caveat, Fact, Gap, Source, Topic
from bot.facts.store import searchable

Entry = Union[Fact, Gap]
TEXTS = 6  # of one entry that may be among the nearest
REMEMBERED = 32  # questions whose likeness to everything is kept, those of the replies that are being made


@dataclass(frozen=True)
class Snapshot:
    """All records of one release. `vectors` holds a unit vector for each text of `searchable(record)`; it may be empty."""

    release: int
    facts: dict[str, Fact]
    gaps: dict[str, Gap]
    sources: dict[str, Source]
    topics: dict[str, Topic]
    caveats: dict[str, Caveat]
    vectors: dict[str, np.ndarray] = field(default_factory=dict)
    shelves: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # see `bot.answer.retrieve.shelf`
    _asked: dict[bytes, np.ndarray] = field(default_factory=dict, init=False, compare=False, repr=False)  # see `_likeness`

    def of_topic(self, topic: str) -> tuple[Fact, ...]:
        """The facts of a topic."""
        return self._facts_by_topic.get(topic, ())

    def gaps_of(self, topic: str) -> tuple[Gap, ...]:
        """The gaps of a topic."""
        return self._gaps_by_topic.get(topic, ())

    def sourced(self, facts: Iterable[Fact]) -> list[Fact]:
        """Those of `facts` whose sources are all on file."""
        return [fact for fact in facts if all(citation.source in self.sources for citation in fact.citations)]

    @cached_property
    def outdated(self) -> frozenset[str]:
        """The facts that another one on file replaces, whatever its topic: they are no longer shown."""
        return frozenset(old for fact in self.sourced(self.facts.values()) for old in fact.supersedes)

    @cached_property
    def followed(self) -> frozenset[str]:
        """The facts that another one must stand behind."""
        return frozenset(id for fact in self.facts.values() for id in fact.follows)

    @cached_property
    def _facts_by_topic(self) -> dict[str, tuple[Fact, ...]]:
        return _by_topic(self.facts.values())

    @cached_property
    def _gaps_by_topic(self) -> dict[str, tuple[Gap, ...]]:
        closed = {id for fact in self.sourced(self.facts.values()) for id in fact.closes or ()}
        return _by_topic(gap for gap in self.gaps.values() if gap.id not in closed)

    @cached_property
    def _index(self) -> tuple[dict[str, Entry], np.ndarray, NearestTexts]:
        """The entries that have vectors, the row where the texts of each begin, and the texts."""
        entries: dict[str, Entry] = {**self.facts, **self.gaps}
        texts = {id: [text for text in searchable(entry) if text in self.vectors] for id, entry in entries.items()}
        order = [text for own in texts.values() for text in own]
        rows = np.stack([self.vectors[text] for text in order]) if order else np.zeros((0, 0), dtype=np.float32)
        self.vectors.update(zip(order, rows))  # each is a view of its row now: the vectors are held once
        counts = [len(own) for own in texts.values() if own]
        kept = {id: entry for id, entry in entries.items() if texts[id]}
        return kept, np.cumsum([0, *counts])[:-1], NearestTexts(rows)

    def _likeness(self, vector: np.ndarray) -> np.ndarray | None:
        """The highest likeness of each entry's texts to `vector`, in the order of the index; None where there are too many.

        One reply asks for it several times, and looking at all texts is most of what finding takes.
        """
        key = vector.tobytes()
        if (known := self._asked.get(key)) is None:
            entries, starts, texts = self._index
            each = texts.all(vector) if entries else None
            if each is None:
                return None
            known = np.maximum.reduceat(each, starts)
            if len(self._asked) >= REMEMBERED:
                self._asked.clear()
            self._asked[key] = known
        return known

    @cached_property
    def _places(self) -> dict[str, int]:
        return {id: place for place, id in enumerate(self._index[0])}

    def relevance(self, entries: Sequence[Entry], vector: np.ndarray | None) -> dict[str, float]:
        """For each entry the highest likeness (-1 to 1) of its texts to the question; 0 where no vector is known."""
        if vector is None:
            return {entry.id: 0.0 for entry in entries}
        if (each := self._likeness(vector)) is not None:
            places = self._places
            return {entry.id: float(each[places[entry.id]]) if entry.id in places else 0.0 for entry in entries}
        return {
            entry.id: max((float(self.vectors[t] @ vector) for t in searchable(entry) if t in self.vectors), default=0.0)
            for entry in entries
        }

    def nearest(self, vector: np.ndarray, *, count: int = 8) -> list[tuple[Entry, float]]:
        """The `count` entries whose texts are most like the question, best first."""
        known, starts, texts = self._index
        if not known:
            return []
        entries = list(known.values())
        if (each := self._likeness(vector)) is not None:
            return [(entries[place], float(each[place])) for place in highest(each, count)]
        best: dict[str, tuple[Entry, float]] = {}
        for row, likeness in zip(*texts.nearest(vector, count=count * TEXTS)):
            entry = entries[int(np.searchsorted(starts, row, side="right")) - 1]
            best.setdefault(entry.id, (entry, float(likeness)))
        return list(best.values())[:count]

    def prepare(self) -> Snapshot:
        """Itself, with its texts made ready for the search: with many of them that takes seconds, which no question should wait."""
        self._places  # noqa: B018  (made once, on the first look, with the index)
        return self


def _by_topic(entries: Iterable[Entry]) -> dict[str, tuple]:
    grouped: dict[str, list] = {}
    for entry in entries:
        for topic in entry.topics:
            grouped.setdefault(topic, []).append(entry)
    return {topic: tuple(found) for topic, found in grouped.items()}  # every reply reads them: none may change them
