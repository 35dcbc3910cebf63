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

from redis.asyncio.lock import Lock
from redis.exceptions import LockNotOwnedError

from bot.channels.turns.named_locks import NamedLocks
from bot.channels.turns.shared_redis import LOST, Pause, connect

logger = logging.getLogger(__name__)
LIFE = 3.0  # seconds after which the lock of a killed process is gone
LOOK = 0.05  # seconds between two looks whether the lock is free
PREFIX = "exoguide:turn:"
LINE = "exoguide:line:"  # a list of names, the first to come first
WAITS = "exoguide:waits:"  # whether the one of that name still does
LINE_LIFE = 60  # seconds after which a line in which nobody moves is gone


class SharedLocks:
    """A lock for each name, shared by all processes that use the Redis at `url`."""

    def __init__(self, url: str, *, wait: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._redis, self._pause = connect(url), Pause(clock=clock)
        self._wait, self._clock = wait, clock
        self._joining = NamedLocks()

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Waits for the lock and holds it. Raises asyncio.TimeoutError when another process keeps it for too long."""
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
                if self._pause:
                    return None
                await self._tell(name, me, joins=True)
            try:
                if await self._comes_first(name, me) and await lock.acquire():
                    return lock
            finally:
                await asyncio.shield(self._leave(name, me))
        except LOST as error:
            logger.error("Redis does not answer, so servers do not wait for each other: %s", type(error).__name__)
            self._pause.begin()
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
        until = self._clock() + self._wait
        while (first := await self._tell(name, me)) != me:
            if self._clock() > until:
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
        while not over.is_set():
            await asyncio.sleep(LIFE / 4)
            try:
                await lock.extend(LIFE, replace_ttl=True)
            except LockNotOwnedError:
                return  # it has ended by itself, and another process may hold it
            except LOST as error:  # the next try comes before it ends
                logger.warning("A lock was not renewed: %s", type(error).__name__)

    async def close(self) -> None:
        """Closes the connections."""
        await self._redis.close()
