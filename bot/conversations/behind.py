"""What a database that is down could not keep is kept as soon as it is back, once and in order. Imports no Rasa."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError

from bot import logs
from bot.conversations.store import ConversationStore
from bot.errors import StoreError

logger = logging.getLogger(__name__)
EVERY = 0.5  # seconds between two tries
MOST = 5_000  # turns that wait in this process; then the oldest is lost, which is logged
HOPELESS = (DataError, IntegrityError, ProgrammingError)  # the turn is wrong, not the database down


@dataclass(frozen=True, eq=False)
class Turn:
    """What one turn adds; see `ConversationStore.append`."""

    conversation: str
    events: Sequence[Mapping[str, Any]]
    state: Mapping[str, Any] | None
    last: Mapping[str, Any] | None = None


class Behind:
    """Keeps turns in `store`. One that fails waits in memory and is tried again; what waits is lost with the process only."""

    def __init__(self, store: ConversationStore, *, every: float = EVERY, most: int = MOST) -> None:
        self._store, self._every, self._most = store, every, most
        self._waiting: deque[Turn] = deque()
        self._busy: Counter[str] = Counter()  # conversations of which a turn is being kept
        self._lock, self._one_flush = threading.Lock(), threading.Lock()
        self._thread: threading.Thread | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def keep(self, turn: Turn) -> None:
        """Keeps a turn, or lets it wait: always behind those of its conversation that wait already. Raises StoreError then."""
        with self._lock:
            if first := all(waiting.conversation != turn.conversation for waiting in self._waiting):
                self._busy[turn.conversation] += 1
        if not first:
            self.later(turn)
            raise StoreError("A turn waits until those before it are kept.")
        try:
            self._append(turn)
        except StoreError as error:
            if not isinstance(error.__cause__, HOPELESS):
                self.later(turn)
            raise
        finally:
            with self._lock:
                self._busy -= Counter([turn.conversation])

    def later(self, turn: Turn) -> None:
        """Lets a turn wait."""
        with self._lock:
            self._waiting.append(turn)
            while len(self._waiting) > self._most:
                self._waiting.popleft()
                logger.error("A turn was not kept: too many wait for the database.")
            if self._thread is None:
                self._thread = threading.Thread(target=self._try_again, name="behind", daemon=True)
                self._thread.start()

    def flush(self) -> bool:
        """Tries once to keep what waits; whether nothing waits any more. The try before may have worked after all: `once`."""
        with self._one_flush:
            with self._lock:
                waiting = list(self._waiting)
            for turn in waiting:
                if self._busy[turn.conversation]:
                    continue
                try:
                    self._append(turn, once=True)
                except StoreError as error:
                    if not isinstance(error.__cause__, HOPELESS):
                        return False
                    logger.error("A turn was not kept: %s", error)
                except Exception as error:  # what cannot be written now never can be; the others must not wait for it
                    logger.error("A turn was not kept: %s", logs.told(error))
                with self._lock, suppress(ValueError):  # it was one too many
                    self._waiting.remove(turn)
            return not self._waiting

    def _append(self, turn: Turn, *, once: bool = False) -> None:
        self._store.append(turn.conversation, turn.events, state=turn.state, last=turn.last, once=once)

    def _try_again(self) -> None:
        try:
            while True:
                time.sleep(self._every)
                self.flush()
                with self._lock:
                    if not self._waiting:
                        self._thread = None
                        return
        finally:  # whatever ended it, the next turn that waits starts another one
            with self._lock:
                if self._thread is threading.current_thread():
                    self._thread = None
