"""The Redis that server processes share: how long it may take to answer, and when a lost one is asked again. Imports no Rasa."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from redis.asyncio import Redis
from redis.exceptions import RedisError

ANSWER = 0.5  # seconds in which Redis must answer
PAUSE = 5.0  # seconds for which a lost Redis is not asked again
LOST = (RedisError, OSError, asyncio.TimeoutError)


def connect(url: str) -> Redis:
    """A client of the Redis at `url` that keeps nobody waiting for long."""
    made: Redis = Redis.from_url(url, socket_timeout=ANSWER, socket_connect_timeout=ANSWER)
    return made


class Pause:
    """Remembers that Redis was lost, so that not everyone waits for it again."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until = float("-inf")

    def begin(self) -> None:
        """Redis did not answer: from now on it is left alone for a while."""
        self._until = self._clock() + PAUSE

    def __bool__(self) -> bool:
        return self._clock() < self._until
