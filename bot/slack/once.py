"""Each thing that happens in Slack is handled once, however often Slack tells of it. Imports no Rasa.

In this process by memory; among several processes by names in Redis, each set only if it is not there, with an end.
"""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable

from bot.channels.turns.shared_redis import LOST, Pause, connect

logger = logging.getLogger(__name__)
SECONDS = 60 * 60  # Slack tries again after 0, 1 and 5 minutes
MOST = 10_000
PREFIX = "exoguide:slack:"


class OnceHere:
    """Remembers in this process, at most `most` names and none for longer than `seconds`; the oldest go first."""

    def __init__(self, *, seconds: float = SECONDS, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._most, self._clock = seconds, most, clock
        self._seen: OrderedDict[str, float] = OrderedDict()

    def __len__(self) -> int:
        return len(self._seen)

    def first(self, *names: str) -> bool:
        """Whether none of `names` was seen lately; from now on all of them were, so that a thing told of in two ways is one."""
        now = self._clock()
        while self._seen and next(iter(self._seen.values())) < now - self._seconds:
            self._seen.popitem(last=False)
        fresh = not any(name in self._seen for name in names)
        for name in names:
            self._seen[name] = now
            self._seen.move_to_end(name)
        while len(self._seen) > self._most:
            self._seen.popitem(last=False)
        return fresh


class OnceEverywhere:
    """Remembers for all processes that use the Redis at `url`. A lost Redis holds nobody up: better answered twice than never."""

    def __init__(self, url: str, *, seconds: int = SECONDS, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis, self._pause = connect(url), Pause(clock=clock)
        self._seconds = seconds

    async def first(self, *names: str) -> bool:
        """Whether this is the first process that names any of `names`. All are set in one step: of two processes one is first."""
        if not names or self._pause:
            return True
        try:
            async with self._redis.pipeline(transaction=True) as step:
                for name in names:
                    step.set(PREFIX + name, 1, nx=True, ex=self._seconds)
                return all(await step.execute())
        except LOST as error:
            logger.error("Redis does not answer, so another process may answer the same: %s", type(error).__name__)
            self._pause.begin()
            return True

    async def close(self) -> None:
        """Closes the connections."""
        await self._redis.close()
