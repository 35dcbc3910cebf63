"""Understands messages beside the event loop: a long one does not hold up what others are sent in the meantime."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

THREADS = 2
LONG = 600  # characters; such a message takes up to a second or two, and waits only for others like it


class Reader:
    """Stands where Rasa would ask a separate server for understanding (`http_interpreter`); runs the same model in a thread."""

    def __init__(self, processor: MessageProcessor) -> None:
        self._processor = processor
        self._short = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="understanding")
        self._long = ThreadPoolExecutor(max_workers=1, thread_name_prefix="understanding-long")

    def close(self) -> None:
        """Drops what waits to be understood; Python would else do it all before it ends."""
        for threads in (self._short, self._long):
            threads.shutdown(wait=False, cancel_futures=True)

    async def parse(self, message: UserMessage) -> dict[str, Any]:
        """What the pipeline understood of `message`."""
        threads = self._long if len(str(message.text)) > LONG else self._short
        return await asyncio.get_running_loop().run_in_executor(threads, self._parse, message)

    def _parse(self, message: UserMessage) -> dict[str, Any]:
        nobody = DialogueStateTracker.from_events(message.sender_id, [])  # no component of the pipeline looks at it
        return self._processor._parse_message_with_graph(message, nobody)
