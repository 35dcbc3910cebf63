"""The part of the facts store that answers need, read once per release. Imports no Rasa."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Union

import numpy as np

from bot.answer.shared import Shared
from bot.errors import StoreError
from bot.facts.schema import Caveat, Fact, Gap, Source, Topic
from bot.facts.store import Encoder, FactStore, searchable

Entry = Union[Fact, Gap]
PATIENCE = 1.0  # seconds that a question waits for a new release to be read; after that the one before answers it


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
    shelves: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)  # see `bot.answer.shelf`

    def of_topic(self, topic: str) -> list[Fact]:
        """The facts of a topic."""
        return self._facts_by_topic.get(topic, [])

    def gaps_of(self, topic: str) -> list[Gap]:
        """The gaps of a topic."""
        return self._gaps_by_topic.get(topic, [])

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
    def _facts_by_topic(self) -> dict[str, list[Fact]]:
        return _by_topic(self.facts.values())

    @cached_property
    def _gaps_by_topic(self) -> dict[str, list[Gap]]:
        closed = {id for fact in self.sourced(self.facts.values()) for id in fact.closes or ()}
        return _by_topic(gap for gap in self.gaps.values() if gap.id not in closed)

    @cached_property
    def _index(self) -> tuple[list[Entry], np.ndarray]:
        entries: list[Entry] = [*self.facts.values(), *self.gaps.values()]
        rows = [(entry, self.vectors[text]) for entry in entries for text in searchable(entry) if text in self.vectors]
        return [entry for entry, _ in rows], np.stack([vector for _, vector in rows]) if rows else np.zeros((0, 0))

    def relevance(self, entries: Sequence[Entry], vector: np.ndarray | None) -> dict[str, float]:
        """For each entry the highest likeness (-1 to 1) of its texts to the question; 0 where no vector is known."""
        if vector is None:
            return {entry.id: 0.0 for entry in entries}
        return {
            entry.id: max((float(self.vectors[t] @ vector) for t in searchable(entry) if t in self.vectors), default=0.0)
            for entry in entries
        }

    def nearest(self, vector: np.ndarray, *, count: int = 8) -> list[tuple[Entry, float]]:
        """The `count` entries whose texts are most like the question, best first."""
        entries, matrix = self._index
        if not entries:
            return []
        best: dict[str, tuple[Entry, float]] = {}
        scores = matrix @ vector
        wanted = min(count * 6, len(scores))
        best_places = np.argpartition(-scores, wanted - 1)[:wanted]
        for place in best_places[np.argsort(-scores[best_places])]:
            entry = entries[place]
            best.setdefault(entry.id, (entry, float(scores[place])))
        return list(best.values())[:count]


def _by_topic(entries: Iterable[Entry]) -> dict[str, list]:
    grouped: dict[str, list] = {}
    for entry in entries:
        for topic in entry.topics:
            grouped.setdefault(topic, []).append(entry)
    return grouped


def read(store: FactStore, encoder: Encoder | None) -> Snapshot:
    """Reads the newest release. Without an encoder there is no search by meaning."""
    release = store.release()
    kinds = ("facts", "gaps", "sources", "topics", "caveats")
    found = {kind: {record.id: record for record in store.records(kind, release=release)} for kind in kinds}
    texts = [text for kind in ("facts", "gaps") for entry in found[kind].values() for text in searchable(entry)]
    vectors = store.vectors(texts, encoder) if encoder else {}
    return Snapshot(release=release, vectors=vectors, **found)


class Library:
    """Hands out the newest snapshot; a new release is picked up at the next question, without a restart.

    A large one takes longer than a person waits: it is read in a thread, and the one before answers until it is there. A store
    that does not say within `patience` seconds which release is the newest counts as down: a database that hangs holds up
    one thread, and no reply.
    """

    def __init__(self, store: FactStore, encoder: Encoder | None, *, patience: float = PATIENCE) -> None:
        self._store, self._encoder, self._patience = store, encoder, patience
        self._release = Shared(lambda: self._store.release(), patience=patience)
        self._snapshot: Snapshot | None = None
        self._reading: Future[Snapshot] | None = None
        self._reader = ThreadPoolExecutor(max_workers=1, thread_name_prefix="facts")
        self._lock = threading.Lock()
        self._reply = threading.local()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Within it, `current` gives this thread one and the same snapshot: a reply asks the database once, and is of one piece."""
        if getattr(self._reply, "snapshot", None) is not None:
            yield
            return
        self._reply.snapshot = self.current()
        try:
            yield
        finally:
            self._reply.snapshot = None

    def current(self) -> Snapshot:
        """The newest snapshot. Raises StoreError when the store cannot be read."""
        if (held := getattr(self._reply, "snapshot", None)) is not None:
            return held  # type: ignore[no-any-return]
        try:
            # At the start nobody waits for a reply yet, and there is nothing else to answer with.
            release = self._store.release() if self._snapshot is None else self._release()
        except TimeoutError:
            raise StoreError("The facts store does not answer in time.") from None
        with self._lock:
            before = self._snapshot
            if before is not None and before.release == release:
                return before
            reading = self._reading = self._reading or self._reader.submit(read, self._store, self._encoder)
        if not wait([reading], timeout=None if before is None else self._patience).done:
            assert before is not None
            return before
        with self._lock:
            if self._reading is reading:
                self._reading = None
                self._snapshot = reading.result()
        return reading.result()
