"""Work on the conversations beside the event loop, with an end: a database that hangs keeps nobody waiting. Imports no Rasa."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any, TypeVar

from bot.channels.turns.budget import MOMENT, Budget, budget
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

        Within a turn there is no more time than the turn has left, and only a moment where its message speaks of an emergency.
        Work that nobody waits for any more is dropped where it has not begun, except `to_its_end`.
        """
        if self.lost:
            raise StoreError("The conversations cannot be used: their database does not answer.")
        running = asyncio.get_running_loop().run_in_executor(self._threads, work)
        running.add_done_callback(lambda done: done.cancelled() or done.exception())  # what becomes of it later is not news
        began = time.monotonic()
        try:
            if await self._done(running, turn=budget(), writing=to_its_end):
                return running.result()
        finally:
            if not to_its_end:
                running.cancel()
        if time.monotonic() - began >= self._longest / 2:  # with less time it may only be slow
            self._lost_until = self._clock() + REST
        raise StoreError("The conversations cannot be used: their database does not answer in time.")

    async def _done(self, running: asyncio.Future[Any], *, turn: Budget | None, writing: bool) -> bool:
        """Waits for as long as there is time; whether it is done."""
        longest = self._longest
        if turn is not None:
            longest = min(longest, turn.left if writing else turn.for_reading)
            moment = min(longest, MOMENT)
            if (await asyncio.wait({running}, timeout=moment))[0]:
                return True
            longest = 0.0 if turn.urgent else longest - moment
        return bool((await asyncio.wait({running}, timeout=longest))[0])


@lru_cache(maxsize=1)
def aside() -> Aside:
    """The threads of this process."""
    return Aside(longest=settings().action_timeout / 2)
