"""Answers in the order of the questions: in one conversation the next is begun when the one before is sent. Imports no Rasa."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from bot.channels.turns.named_locks import NamedLocks
from bot.channels.turns.shared_locks import SharedLocks


class Order:
    """One at a time in the order of arrival, in this process; with `shared` among several processes."""

    def __init__(self, *, shared: SharedLocks | None = None) -> None:
        self._here, self._shared = NamedLocks(), shared

    @asynccontextmanager
    async def turn(self, conversation: str, *, urgent: bool) -> AsyncIterator[None]:
        """Waits until what was asked before is answered; what is urgent waits for nothing."""
        if urgent:
            yield
            return
        async with AsyncExitStack() as held:
            if self._shared:  # first, so that it has its place in the line of all processes from its arrival on
                with suppress(asyncio.TimeoutError):  # an answer out of order is better than none
                    await held.enter_async_context(self._shared.hold(f"slack:{conversation}"))
            await held.enter_async_context(self._here.of(conversation))
            yield

    async def close(self) -> None:
        """Closes the connections."""
        if self._shared:
            await self._shared.close()
