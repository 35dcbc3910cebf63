"""A question that many threads ask at once is asked once, and only so long. Imports no Rasa."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from typing import Generic, TypeVar

T = TypeVar("T")


class Shared(Generic[T]):
    """Calls `work` in a thread of its own; whoever asks while it runs waits for the same outcome."""

    def __init__(self, work: Callable[[], T], *, patience: float) -> None:
        self._work, self._patience = work, patience
        self._lock = threading.Lock()
        self._running: tuple[Future[T], float] | None = None

    def __call__(self) -> T:
        """What `work` gives or raises. TimeoutError when it takes longer than `patience`; at once when that is known already."""
        with self._lock:
            running = self._running
            if running is None:
                running = self._running = Future(), time.monotonic() + self._patience
                threading.Thread(target=self._run, args=(running[0],), daemon=True).start()
        future, until = running
        try:
            return future.result(timeout=max(0.0, until - time.monotonic()))
        except NotYet:
            raise TimeoutError from None

    def _run(self, future: Future[T]) -> None:
        try:
            found = self._work()
        except Exception as error:
            self._done()
            future.set_exception(error)
        else:
            self._done()
            future.set_result(found)

    def _done(self) -> None:
        with self._lock:
            self._running = None
