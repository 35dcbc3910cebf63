"""One message at a time for each conversation, in the order of arrival; other conversations do not wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock_store import LockStore

from bot.channels.turns.named_locks import NamedLocks


class ConversationLocks(LockStore):
    """In place of Rasa's lock in memory, which looks once a second whether the message before is done."""

    def __init__(self, endpoint_config: Any = None) -> None:
        super().__init__()
        self._locks = NamedLocks()

    @asynccontextmanager
    async def lock(self, conversation_id: str, *_: Any, **__: Any) -> AsyncIterator[asyncio.Lock]:  # type: ignore[override]
        """Waits for its turn."""
        async with (mine := self._locks.of(conversation_id)):
            yield mine
