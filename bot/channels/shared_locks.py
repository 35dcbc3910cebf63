"""Whose turn it is when several server processes share conversations: a lock in Redis for each, and a line. Imports no Rasa.

Who comes joins the line, a list in Redis, and only the first in it tries for the lock, so that order is kept. Who waits says so
again and again; one of a process that was killed is passed over. The lock lives for seconds and is renewed while it is held, so
that it does not stay behind either. A lost Redis holds nobody up: then each process keeps order among its own messages only,
which is logged.
"""

from __future__ import annotations

import asyncio
import logging
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import RedisError

from bot.channels.named_locks import NamedLocks

logger = logging.getLogger(__name__)
LIFE = 3.0  # seconds after which the lock of a killed process is gone
LOOK = 0.05  # seconds between two looks whether the lock is free
ANSWER = 0.5  # seconds in which Redis must answer
REST = 5.0  # seconds for which a lost Redis is not asked again
PREFIX = "exoguide:turn:"
LINE = "exoguide:line:"  # a list of names, the first to come first
WAITS = "exoguide:waits:"  # whether the one of that name still does
LINE_LIFE = 60  # seconds after which a line in which nobody moves is gone
LOST = (RedisError, OSError, asyncio.TimeoutError)


class SharedLocks:
    """A lock for each name, shared by all processes that use the Redis at `url`."""

    def __init__(self, url: str, *, wait: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis: Redis = Redis.from_url(url, socket_timeout=ANSWER, socket_connect_timeout=ANSWER)
        self._wait, self._clock = wait, clock
        self._lost_until = float("-inf")
        self._joining = NamedLocks()

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
        lock = self._redis.lock(PREFIX + name, timeout=LIFE, sleep=LOOK, blocking_timeout=self._wait, thread_local=False)
        me = uuid.uuid4().hex
        try:
            async with self._joining.of(name):  # so that those of this process join in the order in which they came
                if self._clock() < self._lost_until:
                    return None
                await self._tell(name, me, joins=True)
            try:
                if await self._comes_first(name, me) and await lock.acquire():
                    return lock
            finally:
                await asyncio.shield(self._leave(name, me))
        except LOST as error:
            logger.error("Redis does not answer, so servers do not wait for each other: %s", type(error).__name__)
            self._lost_until = self._clock() + REST
            return None
        raise asyncio.TimeoutError

    async def _tell(self, name: str, me: str, *, joins: bool = False) -> str:
        """Says that `me` waits in the line of `name`, and gives who is the first there."""
        async with self._redis.pipeline(transaction=True) as step:
            step.set(WAITS + me, 1, px=int(LIFE * 1000))
            if joins:
                step.rpush(LINE + name, me)
            step.expire(LINE + name, LINE_LIFE)
            step.lindex(LINE + name, 0)
            first = (await step.execute())[-1]
        return first.decode() if first else me  # a Redis that was emptied has no line: then the lock alone decides

    async def _comes_first(self, name: str, me: str) -> bool:
        """Waits in the line of `name`; False when that takes too long."""
        until = time.monotonic() + self._wait
        while (first := await self._tell(name, me)) != me:
            if time.monotonic() > until:
                return False
            if await self._redis.exists(WAITS + first):
                await asyncio.sleep(LOOK)
            else:
                await self._redis.lrem(LINE + name, 0, first)
        return True

    async def _leave(self, name: str, me: str) -> None:
        with suppress(*LOST):  # then it is passed over
            async with self._redis.pipeline(transaction=True) as step:
                step.lrem(LINE + name, 0, me)
                step.delete(WAITS + me)
                await step.execute()

    @staticmethod
    async def _renew(lock: Lock, over: asyncio.Event) -> None:
        with suppress(*LOST):  # a lock that cannot be renewed ends by itself
            while not over.is_set():
                await asyncio.sleep(LIFE / 4)
                await lock.extend(LIFE, replace_ttl=True)

    async def close(self) -> None:
        """Closes the connections."""
        await self._redis.close()
