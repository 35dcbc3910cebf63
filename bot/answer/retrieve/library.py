"""Reads a snapshot of each new release of the facts and hands out the newest. Imports no Rasa."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

from bot.answer.retrieve.shared import Shared
from bot.answer.retrieve.snapshot import Snapshot
from bot.errors import StoreError
from bot.facts.store import Encoder, FactStore, searchable

PATIENCE = 1.0  # seconds that a question waits for a new release to be read; after that the one before answers it


def read(store: FactStore, encoder: Encoder | None) -> Snapshot:
    """Reads the newest release. Without an encoder there is no search by meaning."""
    release = store.release()
    kinds = ("facts", "gaps", "sources", "topics", "caveats")
    found = {kind: {record.id: record for record in store.records(kind, release=release)} for kind in kinds}
    texts = [text for kind in ("facts", "gaps") for entry in found[kind].values() for text in searchable(entry)]
    vectors = store.vectors(texts, encoder) if encoder else {}
    return Snapshot(release=release, vectors=vectors, **found).prepare()


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
