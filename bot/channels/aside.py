"""Work on the conversations beside the event loop, with an end: a database that hangs keeps nobody waiting. Imports no Rasa."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TypeVar

from bot.errors import StoreError
from bot.settings import settings

REST = 3.0  # seconds for which a database that did not answer in time is not asked again
THREADS = 4
T = TypeVar("T")


class Aside:
    """Runs work in threads of its own: slow actions fill the loop's, and must not hold up everyone else's conversations."""

    def __init__(self, *, longest: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="conversations")
        self._longest, self._clock = longest, clock
        self._lost_until = float("-inf")

    @property
    def lost(self) -> bool:
        """Whether the database did not answer a moment ago."""
        return self._clock() < self._lost_until

    async def run(self, work: Callable[[], T], *, to_its_end: bool = False) -> T:
        """What `work` gives. Raises StoreError: its own, or when the database does not answer in time or did not a moment ago.

        Work that nobody waits for any more is dropped where it has not begun, except `to_its_end`.
        """
        if self.lost:
            raise StoreError("The conversations cannot be used: their database does not answer.")
        running = asyncio.get_running_loop().run_in_executor(self._threads, work)
        try:
            return await asyncio.wait_for(asyncio.shield(running) if to_its_end else running, timeout=self._longest)
        except asyncio.TimeoutError:
            self._lost_until = self._clock() + REST
            running.add_done_callback(lambda done: done.cancelled() or done.exception())  # what becomes of it is not news
            raise StoreError("The conversations cannot be used: their database does not answer in time.") from None


@lru_cache(maxsize=1)
def aside() -> Aside:
    """The threads of this process."""
    return Aside(longest=settings().action_timeout / 2)
