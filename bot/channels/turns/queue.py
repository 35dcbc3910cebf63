"""Whose turn it is: one message at a time of each conversation, and only so many conversations in work at once. Imports no Rasa.

A turn's time limit counts from when its work begins, so that a rush makes people wait and does not turn them away.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext

from bot.channels.turns.named_locks import NamedLocks
from bot.channels.turns.shared_locks import SharedLocks

IN_WORK = 8  # more at once would only make each of them slower
LONGEST_WAIT = 20.0  # seconds for a place; after that the person is told


class Queue:
    """Everyone waits in the order of arrival. What waits for its own conversation takes no place.

    With `shared`, a conversation is also held against the other processes.
    """

    def __init__(self, *, places: int = IN_WORK, wait: float = LONGEST_WAIT, shared: SharedLocks | None = None) -> None:
        self._shared = shared
        self._places, self._long, self._wait = asyncio.Semaphore(places), asyncio.Semaphore(1), wait
        self._conversations = NamedLocks()
        self._closed = False

    def close(self) -> None:
        """From here on nobody gets a place any more; who has one keeps it."""
        self._closed = True

    @asynccontextmanager
    async def turn(self, conversation: str, *, urgent: Callable[[], bool], long: bool = False) -> AsyncIterator[None]:
        """Holds the conversation's turn and a place. Raises asyncio.TimeoutError when none is free for too long, or after `close`.

        `urgent` is asked when all places are taken; a message for which it is true does not wait for other people. Of `long`
        ones only one is in work: they wait for each other before they take a place.
        """
        alone = self._shared.hold(conversation) if self._shared else nullcontext()
        # Against the other processes first: there a message has its place in the line from its arrival on.
        async with alone, self._conversations.of(conversation):
            wanted = [self._long, self._places] if long else [self._places]
            if any(place.locked() for place in wanted) and urgent():
                yield
                return
            async with AsyncExitStack() as held:
                for place in wanted:
                    await asyncio.wait_for(place.acquire(), timeout=self._wait)
                    held.callback(place.release)
                if self._closed:
                    raise asyncio.TimeoutError
                yield
