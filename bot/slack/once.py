"""Each thing that happens in Slack is handled once, however often Slack tells of it. Imports no Rasa.

In this process by memory; among several processes by names in Redis, each set only if it is not there, with an end.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import Callable

from redis.asyncio import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
SECONDS = 60 * 60  # Slack tries again after 0, 1 and 5 minutes
MOST = 10_000
PREFIX = "exoguide:slack:"
ANSWER = 0.5  # seconds in which Redis must answer
REST = 5.0  # seconds for which a lost Redis is not asked again
LOST = (RedisError, OSError, asyncio.TimeoutError)


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
        self._redis: Redis = Redis.from_url(url, socket_timeout=ANSWER, socket_connect_timeout=ANSWER)
        self._seconds, self._clock = seconds, clock
        self._lost_until = float("-inf")

    async def first(self, *names: str) -> bool:
        """Whether this is the first process that names any of `names`. All are set in one step: of two processes one is first."""
        if not names or self._clock() < self._lost_until:
            return True
        try:
            async with self._redis.pipeline(transaction=True) as step:
                for name in names:
                    step.set(PREFIX + name, 1, nx=True, ex=self._seconds)
                return all(await step.execute())
        except LOST as error:
            logger.error("Redis does not answer, so another process may answer the same: %s", type(error).__name__)
            self._lost_until = self._clock() + REST
            return True

    async def close(self) -> None:
        """Closes the connections."""
        await self._redis.close()
