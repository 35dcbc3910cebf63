"""Whose turn it is when several server processes share conversations: a lock in Redis for each conversation. Imports no Rasa.

The lock lives for seconds and is renewed while it is held, so that one of a process that was killed does not stay behind. A lost
Redis holds nobody up: then each process keeps order among its own messages only, which is logged.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
LIFE = 3.0  # seconds after which the lock of a killed process is gone
LOOK = 0.05  # seconds between two looks whether the lock is free
ANSWER = 0.5  # seconds in which Redis must answer
REST = 5.0  # seconds for which a lost Redis is not asked again
PREFIX = "exoguide:turn:"
LOST = (RedisError, OSError, asyncio.TimeoutError)


class SharedLocks:
    """A lock for each name, shared by all processes that use the Redis at `url`."""

    def __init__(self, url: str, *, wait: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis: Redis = Redis.from_url(url, socket_timeout=ANSWER, socket_connect_timeout=ANSWER)
        self._wait, self._clock = wait, clock
        self._lost_until = float("-inf")

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Waits for the lock and holds it. Raises TimeoutError when another process keeps it for too long."""
        lock = await self._take(name)
        if lock is None:
            yield
            return
        over = asyncio.Event()
        renewing = asyncio.create_task(self._renew(lock, over))
        try:
            yield
        finally:
            # A cancel alone can get lost: redis-py takes one that comes while it looks whether a connection is idle for its own.
            over.set()
            renewing.cancel()
            await asyncio.wait({renewing})
            try:
                await asyncio.shield(lock.release())
            except LOST as error:  # it was lost meanwhile, or ends by itself
                logger.error("A lock was not given back: %s", type(error).__name__)

    async def _take(self, name: str) -> Lock | None:
        if self._clock() < self._lost_until:
            return None
        lock = self._redis.lock(PREFIX + name, timeout=LIFE, sleep=LOOK, blocking_timeout=self._wait, thread_local=False)
        try:
            if await lock.acquire():
                return lock
        except LOST as error:
            logger.error("Redis does not answer, so servers do not wait for each other: %s", type(error).__name__)
            self._lost_until = self._clock() + REST
            return None
        raise asyncio.TimeoutError

    @staticmethod
    async def _renew(lock: Lock, over: asyncio.Event) -> None:
        with suppress(*LOST):  # a lock that cannot be renewed ends by itself
            while not over.is_set():
                await asyncio.sleep(LIFE / 4)
                await lock.extend(LIFE, replace_ttl=True)

    async def close(self) -> None:
        """Closes the connections."""
        await self._redis.close()
