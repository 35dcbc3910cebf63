"""A message that is sent again, because its reply was lost on the way, is answered and not taken a second time. Imports no Rasa."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")
CONVERSATIONS = 500  # whose newest replies are kept, in this process
EACH = 4  # replies of one conversation
SECONDS = 600


@dataclass
class _Kept(Generic[T]):
    used: float = 0.0
    replies: OrderedDict[Hashable, asyncio.Task[T]] = field(default_factory=OrderedDict)


class Replies(Generic[T]):
    """The newest replies of each conversation, in memory, until it is silent for ten minutes.

    The work goes on when the sender hangs up.
    """

    def __init__(self, *, keep: Callable[[T], bool], clock: Callable[[], float] = time.monotonic) -> None:
        self._keep = keep
        self._clock = clock
        self._kept: OrderedDict[str, _Kept[T]] = OrderedDict()
        self._working: set[asyncio.Task[T]] = set()  # the loop itself holds tasks weakly

    async def once(self, conversation: str, message: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """The outcome of `work` for this message; of an earlier call where there was one that `keep` accepts."""
        mine = self._mine(conversation)
        task = mine.replies.get(message)
        if task is None:
            task = mine.replies[message] = asyncio.ensure_future(self._run(work))
            self._working.add(task)
            task.add_done_callback(lambda done: self._done(mine, message, done))
            while len(mine.replies) > EACH:
                mine.replies.popitem(last=False)
        return await asyncio.shield(task)

    @staticmethod
    async def _run(work: Callable[[], Awaitable[T]]) -> T:
        return await work()

    def _mine(self, conversation: str) -> _Kept[T]:
        now = self._clock()
        while self._kept and next(iter(self._kept.values())).used < now - SECONDS:
            self._kept.popitem(last=False)
        mine = self._kept.setdefault(conversation, _Kept())
        mine.used = now
        self._kept.move_to_end(conversation)
        if len(self._kept) > CONVERSATIONS:
            self._kept.popitem(last=False)
        return mine

    def _done(self, mine: _Kept[T], message: Hashable, task: asyncio.Task[T]) -> None:
        self._working.discard(task)
        failed = task.cancelled() or task.exception() is not None
        if (failed or not self._keep(task.result())) and mine.replies.get(message) is task:
            del mine.replies[message]
